import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { assertMayGrant, domainsSchema, regionsSchema, roleSchema } from '@/server/access/grant';
import { assertCan } from '@/server/access/roles';
import { TOKEN_PREFIX } from '@/server/auth/actor';
import { hashSecret, randomSecret } from '@/server/auth/secret';
import type { Context } from '@/server/context';
import { apiToken } from '@/server/db/schema/access';
import { AppError } from '@/server/errors';
import { recordAudit } from '@/server/services/audit/record';

const DAY_MS = 24 * 3_600_000;

export const createTokenInput = z.object({
  name: z.string().trim().min(1, '名称不能为空').max(64, '名称最多 64 字'),
  role: roleSchema,
  regions: regionsSchema,
  domains: domainsSchema.default(null),
  /** Absent: until revoked. */
  validDays: z.number().int().min(1).max(3650).optional(),
});
export type CreateTokenInput = z.input<typeof createTokenInput>;

export interface CreatedToken {
  id: string;
  /** `yp_…`; shown this once, only its SHA-256 is kept. */
  token: string;
  expiresAt: Date | null;
}

export async function createToken(ctx: Context, input: CreateTokenInput): Promise<CreatedToken> {
  assertCan(ctx.actor, 'token:write');
  const { validDays, ...given } = createTokenInput.parse(input);
  assertMayGrant(ctx.actor, given);
  const nowMs = ctx.clock.nowMs();
  const id = randomUUID();
  const token = `${TOKEN_PREFIX}${randomSecret()}`;
  const expiresAt = validDays === undefined ? null : new Date(nowMs + validDays * DAY_MS);
  await ctx.db.transaction(async (tx) => {
    await tx.insert(apiToken).values({
      ...given,
      id,
      tokenHash: hashSecret(token),
      createdBy: ctx.actor.name,
      createdAt: new Date(nowMs),
      expiresAt,
    });
    await recordAudit(
      { ...ctx, db: tx },
      { action: 'token.create', entity: 'token', entityId: id, details: { ...given, expiresAt } },
    );
  });
  return { id, token, expiresAt };
}

export type TokenRow = Omit<typeof apiToken.$inferSelect, 'tokenHash'>;

export async function listTokens(ctx: Context): Promise<TokenRow[]> {
  assertCan(ctx.actor, 'token:read');
  const rows = await ctx.db.select().from(apiToken).orderBy(desc(apiToken.createdAt));
  return rows.map(({ tokenHash: _, ...row }) => row);
}

/** From now on the token is refused, and its open streams close. Revoking twice changes nothing. */
export async function revokeToken(ctx: Context, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, 'token:write');
  const { id } = input;
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx.select({ id: apiToken.id }).from(apiToken).where(eq(apiToken.id, id));
    if (!found) throw new AppError('not_found', '没有这个令牌', { place: 'id' });
    const revoked = await tx
      .update(apiToken)
      .set({ revokedAt: new Date(ctx.clock.nowMs()) })
      .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)))
      .returning({ id: apiToken.id });
    if (revoked.length > 0)
      await recordAudit({ ...ctx, db: tx }, { action: 'token.revoke', entity: 'token', entityId: id });
  });
  ctx.bus.emit('revoked', { actorId: id });
}

import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { assertMayGrant, domainsSchema, regionsSchema } from '@/server/access/grant';
import { assertCan } from '@/server/access/roles';
import { hashSecret, randomSecret } from '@/server/auth/secret';
import type { Context, Stores } from '@/server/context';
import { deviceLink } from '@/server/db/schema/access';
import { AppError } from '@/server/errors';
import { recordAudit } from '@/server/services/audit/record';

const DAY_MS = 24 * 3_600_000;
/** A wall only shows: what a leader may read, and nothing else. */
const DEVICE_ROLE = 'leader';

export const createDeviceInput = z.object({
  name: z.string().trim().min(1, '名称不能为空').max(64, '名称最多 64 字'),
  regions: regionsSchema,
  domains: domainsSchema.default(null),
  validDays: z.number().int().min(1).max(3650).optional(),
});
export type CreateDeviceInput = z.input<typeof createDeviceInput>;

export interface CreatedDevice {
  id: string;
  /** Opened once in the wall's browser; shown this once, only the secret's SHA-256 is kept. */
  path: string;
  /** The whole address, when PUBLIC_URL says how people reach the cockpit. */
  url: string | null;
}

export async function createDevice(ctx: Context, input: CreateDeviceInput): Promise<CreatedDevice> {
  assertCan(ctx.actor, 'device:write');
  const { validDays, ...given } = createDeviceInput.parse(input);
  assertMayGrant(ctx.actor, given);
  const nowMs = ctx.clock.nowMs();
  const id = randomUUID();
  const secret = randomSecret();
  const expiresAt = validDays === undefined ? null : new Date(nowMs + validDays * DAY_MS);
  await ctx.db.transaction(async (tx) => {
    await tx.insert(deviceLink).values({
      ...given,
      id,
      role: DEVICE_ROLE,
      secretHash: hashSecret(secret),
      createdBy: ctx.actor.name,
      createdAt: new Date(nowMs),
      expiresAt,
    });
    await recordAudit(
      { ...ctx, db: tx },
      { action: 'device.create', entity: 'device', entityId: id, details: { ...given, expiresAt } },
    );
  });
  const path = `/device/${secret}`;
  return { id, path, url: ctx.network.publicUrl ? new URL(path, ctx.network.publicUrl).href : null };
}

export type DeviceRow = Omit<typeof deviceLink.$inferSelect, 'secretHash'>;

export async function listDevices(ctx: Context): Promise<DeviceRow[]> {
  assertCan(ctx.actor, 'device:read');
  const rows = await ctx.db.select().from(deviceLink).orderBy(desc(deviceLink.createdAt));
  return rows.map(({ secretHash: _, ...row }) => row);
}

/** The wall is signed out with its next event or read. Revoking twice changes nothing. */
export async function revokeDevice(ctx: Context, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, 'device:write');
  const { id } = input;
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx.select({ id: deviceLink.id }).from(deviceLink).where(eq(deviceLink.id, id));
    if (!found) throw new AppError('not_found', '没有这个大屏链接', { place: 'id' });
    const revoked = await tx
      .update(deviceLink)
      .set({ revokedAt: new Date(ctx.clock.nowMs()) })
      .where(and(eq(deviceLink.id, id), isNull(deviceLink.revokedAt)))
      .returning({ id: deviceLink.id });
    if (revoked.length > 0)
      await recordAudit({ ...ctx, db: tx }, { action: 'device.revoke', entity: 'device', entityId: id });
  });
  ctx.bus.emit('revoked', { actorId: id });
}

/**
 * What opening the link does: tells how long the wall's browser may keep the secret (seconds), or null when the link
 * is unknown, revoked or over.
 */
export async function enterDevice(
  stores: Stores,
  secret: string,
  address: string | null,
): Promise<{ maxAgeS: number } | null> {
  const [row] = await stores.db
    .select()
    .from(deviceLink)
    .where(eq(deviceLink.secretHash, hashSecret(secret)));
  const nowMs = stores.clock.nowMs();
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt.getTime() <= nowMs)) return null;
  const actor = {
    kind: 'device' as const,
    id: row.id,
    name: row.name,
    role: 'leader' as const,
    scope: { regions: row.regions, domains: row.domains },
  };
  await recordAudit(
    { ...stores, actor },
    { action: 'auth.device_enter', entity: 'device', entityId: row.id, address },
  );
  // Browsers cap a cookie's life at 400 days; opening the link again renews it.
  const untilMs = row.expiresAt?.getTime() ?? nowMs + 400 * DAY_MS;
  return { maxAgeS: Math.floor((untilMs - nowMs) / 1000) };
}

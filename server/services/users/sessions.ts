import { and, desc, eq, gt } from 'drizzle-orm';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { session } from '@/server/db/schema/auth';
import { recordAudit } from '@/server/services/audit/record';
import { accountById, endSessions } from '@/server/services/users/accounts';

export interface SessionRow {
  id: string;
  createdAt: Date;
  lastActiveAt: Date;
  expiresAt: Date;
  address: string | null;
  userAgent: string | null;
}

/** Open sessions of one person, the one used last first. */
export async function listUserSessions(ctx: Context, input: { id: string }): Promise<SessionRow[]> {
  assertCan(ctx.actor, 'user:read');
  await accountById(ctx.db, input.id);
  return ctx.db
    .select({
      id: session.id,
      createdAt: session.createdAt,
      lastActiveAt: session.updatedAt,
      expiresAt: session.expiresAt,
      address: session.ipAddress,
      userAgent: session.userAgent,
    })
    .from(session)
    .where(and(eq(session.userId, input.id), gt(session.expiresAt, new Date(ctx.clock.nowMs()))))
    .orderBy(desc(session.updatedAt));
}

/** Signs the person out everywhere; the account stays as it is. */
export async function endUserSessions(ctx: Context, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, 'user:write');
  await ctx.db.transaction(async (tx) => {
    await accountById(tx, input.id);
    await endSessions(tx, input.id);
    await recordAudit(
      { ...ctx, db: tx },
      { action: 'user.end_sessions', entity: 'user', entityId: input.id },
    );
  });
  ctx.bus.emit('revoked', { actorId: input.id });
}

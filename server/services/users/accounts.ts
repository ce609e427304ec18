import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Database, Transaction } from '@/server/db/client';
import { session, user } from '@/server/db/schema/auth';
import { AppError } from '@/server/errors';

export type Account = typeof user.$inferSelect;

/** @throws AppError `not_found`. */
export async function accountById(db: Database | Transaction, id: string): Promise<Account> {
  const [row] = await db.select().from(user).where(eq(user.id, id));
  if (!row) throw new AppError('not_found', '没有这个用户', { place: 'id' });
  return row;
}

/** @throws AppError `not_found`. */
export async function accountByUsername(db: Database | Transaction, username: string): Promise<Account> {
  const [row] = await db.select().from(user).where(eq(user.username, username.trim().toLowerCase()));
  if (!row) throw new AppError('not_found', `没有用户 ${username}`, { place: 'username' });
  return row;
}

/**
 * Someone must always be able to administer. Takes a lock, so that two administrators cannot disable each other at
 * the same instant.
 */
export async function assertAnotherAdmin(tx: Transaction, exceptId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('yiping.last_admin'))`);
  const [other] = await tx
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.role, 'admin'), isNull(user.disabledAt), ne(user.id, exceptId)))
    .limit(1);
  if (!other) throw new AppError('conflict', '这是最后一个可用的管理员,不能停用或改变角色', { place: 'id' });
}

/** Signs the person out everywhere; the caller emits `revoked` once the change is committed. */
export async function endSessions(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(session).where(eq(session.userId, userId));
}

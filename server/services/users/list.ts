import { asc, max } from 'drizzle-orm';
import { assertCan } from '@/server/access/roles';
import { lockedNames } from '@/server/auth/lockout';
import type { Context } from '@/server/context';
import { session, user } from '@/server/db/schema/auth';

export interface UserRow {
  id: string;
  username: string;
  name: string;
  role: string;
  regions: number[];
  domains: string[] | null;
  disabledAt: Date | null;
  lockedUntil: Date | null;
  /** Of the sessions that are still open. */
  lastActiveAt: Date | null;
}

export async function listUsers(ctx: Context): Promise<UserRow[]> {
  assertCan(ctx.actor, 'user:read');
  const users = await ctx.db.select().from(user).orderBy(asc(user.username));
  const active = await ctx.db
    .select({ userId: session.userId, at: max(session.updatedAt) })
    .from(session)
    .groupBy(session.userId);
  const lastActive = new Map(active.map((row) => [row.userId, row.at]));
  const locked = await lockedNames(
    ctx,
    users.map((row) => row.username),
  );
  return users.map((row) => {
    const untilMs = locked.get(row.username);
    return {
      id: row.id,
      username: row.username,
      name: row.name,
      role: row.role,
      regions: row.regions,
      domains: row.domains,
      disabledAt: row.disabledAt,
      lockedUntil: untilMs === undefined ? null : new Date(untilMs),
      lastActiveAt: lastActive.get(row.id) ?? null,
    };
  });
}

import { eq, inArray, lt, sql } from 'drizzle-orm';
import { hashSecret } from '@/server/auth/secret';
import type { Stores } from '@/server/context';
import { signInAttempt } from '@/server/db/schema/auth';

export const MAX_FAILED = 5;
export const LOCK_MS = 15 * 60_000;
/** Rows of names that nobody tried for this long are dropped. */
const FORGET_MS = 24 * 3_600_000;

type Db = Pick<Stores, 'db' | 'clock'>;

/** Names are compared without regard to case. */
function keyOf(username: string): string {
  return hashSecret(username.toLowerCase());
}

export type Attempt = { allowed: true; number: number } | { allowed: false; untilMs: number };

/**
 * Counts an attempt before the password is looked at: guesses sent at the same time cannot outrun the count. A lock
 * that ran out, or a pause as long as one, starts over.
 */
export async function takeAttempt({ db, clock }: Db, username: string): Promise<Attempt> {
  const nowMs = clock.nowMs();
  const now = new Date(nowMs);
  const quietSince = new Date(nowMs - LOCK_MS);
  const until = new Date(nowMs + LOCK_MS);
  const t = signInAttempt;
  const locked = sql`${t.lockedUntil} > ${now}`;
  const over = sql`${t.lockedUntil} IS NOT NULL OR ${t.updatedAt} <= ${quietSince}`;
  const [row] = await db
    .insert(t)
    .values({ nameHash: keyOf(username), failed: 1, updatedAt: now })
    .onConflictDoUpdate({
      target: t.nameHash,
      set: {
        failed: sql`CASE WHEN ${locked} THEN ${t.failed} WHEN ${over} THEN 1 ELSE ${t.failed} + 1 END`,
        lockedUntil: sql`CASE WHEN ${locked} THEN ${t.lockedUntil} WHEN ${over} THEN NULL
          WHEN ${t.failed} >= ${MAX_FAILED} THEN ${until}::timestamptz ELSE NULL END`,
        updatedAt: sql`CASE WHEN ${locked} THEN ${t.updatedAt} ELSE ${now}::timestamptz END`,
      },
    })
    .returning();
  if (!row) throw new Error('counting a sign-in attempt returned no row');
  return row.lockedUntil
    ? { allowed: false, untilMs: row.lockedUntil.getTime() }
    : { allowed: true, number: row.failed };
}

/** Notes that the counted attempt was wrong; the last one locks. */
export async function noteFailure(
  { db, clock }: Db,
  username: string,
  number: number,
): Promise<number | null> {
  if (number < MAX_FAILED) return null;
  const untilMs = clock.nowMs() + LOCK_MS;
  await db
    .update(signInAttempt)
    .set({ lockedUntil: new Date(untilMs) })
    .where(eq(signInAttempt.nameHash, keyOf(username)));
  return untilMs;
}

/** Takes back a counted attempt whose password was never looked at. */
export async function returnAttempt({ db }: Db, username: string): Promise<void> {
  await db
    .update(signInAttempt)
    .set({ failed: sql`greatest(${signInAttempt.failed} - 1, 0)` })
    .where(eq(signInAttempt.nameHash, keyOf(username)));
}

/** After a right password, or when an administrator unlocks. */
export async function clearAttempts({ db, clock }: Db, username: string): Promise<void> {
  await db.delete(signInAttempt).where(eq(signInAttempt.nameHash, keyOf(username)));
  await db.delete(signInAttempt).where(lt(signInAttempt.updatedAt, new Date(clock.nowMs() - FORGET_MS)));
}

/** Which of these names are locked now, and until when (epoch milliseconds). */
export async function lockedNames(
  { db, clock }: Db,
  usernames: readonly string[],
): Promise<Map<string, number>> {
  if (usernames.length === 0) return new Map();
  const nameOf = new Map(usernames.map((name) => [keyOf(name), name]));
  const rows = await db
    .select()
    .from(signInAttempt)
    .where(inArray(signInAttempt.nameHash, [...nameOf.keys()]));
  const locked = new Map<string, number>();
  for (const row of rows) {
    const name = nameOf.get(row.nameHash);
    const untilMs = row.lockedUntil?.getTime() ?? 0;
    if (name !== undefined && untilMs > clock.nowMs()) locked.set(name, untilMs);
  }
  return locked;
}

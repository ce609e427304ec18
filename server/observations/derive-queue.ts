import { asc, inArray } from 'drizzle-orm';
import type { Stores } from '@/server/context';
import { deriveQueue } from '@/server/db/schema/ingest';

/** Runs whose observations may have dependents, oldest first. */
export async function takeDeriveQueue(stores: Pick<Stores, 'db'>): Promise<string[]> {
  const rows = await stores.db
    .select()
    .from(deriveQueue)
    .orderBy(asc(deriveQueue.createdAt), asc(deriveQueue.runId));
  return rows.map(({ runId }) => runId);
}

/**
 * Says that a run is about to append. Written before it does: killed in between, the run is looked at again and what
 * it appended is found by its id.
 */
export async function announceAppend(stores: Pick<Stores, 'db' | 'clock'>, runId: string): Promise<void> {
  await stores.db
    .insert(deriveQueue)
    .values({ runId, createdAt: new Date(stores.clock.nowMs()) })
    .onConflictDoNothing();
}

export async function dropDeriveQueue(stores: Pick<Stores, 'db'>, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  await stores.db.delete(deriveQueue).where(inArray(deriveQueue.runId, [...runIds]));
}

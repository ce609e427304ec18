import { asc, eq, inArray } from 'drizzle-orm';
import type { Window } from '@/metrics/compile/types';
import { mergeWindows } from '@/metrics/compile/windows';
import type { Stores } from '@/server/context';
import { computeQueue } from '@/server/db/schema/ingest';

/** Rows of the queue as taken: exactly these are removed once their stretches are computed and appended. */
export interface QueueTake {
  ids: readonly number[];
  windows: readonly Window[];
}

/** What waits for a dataset: half-open stretches of whole civil days (an hour's label belongs to the day it closes). */
export async function takeQueue(stores: Pick<Stores, 'db'>, dataset: string): Promise<QueueTake> {
  const rows = await stores.db
    .select()
    .from(computeQueue)
    .where(eq(computeQueue.dataset, dataset))
    .orderBy(asc(computeQueue.id));
  return {
    ids: rows.map((row) => row.id),
    windows: mergeWindows(
      rows.map((row) => ({ fromMs: row.windowStart.getTime(), toMs: row.windowEnd.getTime() })),
    ),
  };
}

export async function dropQueue(stores: Pick<Stores, 'db'>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await stores.db.delete(computeQueue).where(inArray(computeQueue.id, [...ids]));
}

/** Stretches that are to be computed again although no row of theirs changed. */
export async function queueStretches(
  stores: Pick<Stores, 'db' | 'clock'>,
  dataset: string,
  stretches: readonly Window[],
): Promise<void> {
  if (stretches.length === 0) return;
  await stores.db.insert(computeQueue).values(
    stretches.map(({ fromMs, toMs }) => ({
      dataset,
      windowStart: new Date(fromMs),
      windowEnd: new Date(toMs),
      createdAt: new Date(stores.clock.nowMs()),
    })),
  );
}

/** Datasets with something waiting. */
export async function waitingDatasets(stores: Pick<Stores, 'db'>): Promise<string[]> {
  const rows = await stores.db
    .selectDistinct({ dataset: computeQueue.dataset })
    .from(computeQueue)
    .orderBy(asc(computeQueue.dataset));
  return rows.map((row) => row.dataset);
}

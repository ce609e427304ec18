import { sql } from 'drizzle-orm';
import type { Stores } from '@/server/context';

const waiting = new Map<string, Promise<unknown>>();

/**
 * One load of a dataset at a time is compared and committed: within this process by a queue, between processes by an
 * advisory lock (its connection is held, hence the queue first, so that waiting loads hold none).
 */
export function withDatasetLock<T>(
  stores: Pick<Stores, 'db'>,
  dataset: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = waiting.get(dataset) ?? Promise.resolve();
  const locked = () =>
    stores.db.transaction(async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`dataset:${dataset}`}))`);
      return work();
    });
  const mine = before.then(locked, locked);
  const settled = mine.catch(() => undefined);
  waiting.set(dataset, settled);
  void settled.then(() => {
    if (waiting.get(dataset) === settled) waiting.delete(dataset);
  });
  return mine;
}

import { and, inArray } from 'drizzle-orm';
import type { Stores } from '@/server/context';
import { jobRun } from '@/server/db/schema/ingest';
import { bumpDataVersion } from '@/server/observations/append';

/**
 * A run that ended between its append and the count of it left answers that differ under one data version, and doing it
 * again appends nothing that would be counted. So whatever such runs may have appended is counted once more.
 */
export async function countAfterBrokenRuns(stores: Stores, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  const broken = await stores.db
    .select({ id: jobRun.id })
    .from(jobRun)
    .where(and(inArray(jobRun.id, [...runIds]), inArray(jobRun.outcome, ['failed', 'interrupted'])));
  if (broken.length > 0) await bumpDataVersion(stores);
}

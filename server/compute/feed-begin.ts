import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { ITEM_FUNCTIONS } from '@/metrics/compile/rows/items';
import type { Window } from '@/metrics/compile/types';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { addPeriods, periodStart } from '@/metrics/time/period';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { setting } from '@/server/db/schema/registry';
import { putSetting } from '@/server/db/settings';
import { firstRow } from './window';

const KEY = 'rows_begin:';

const feedBeginSchema = z.object({
  /** Earliest business time that the engine's metadata knows, of rows that were taken back as well. */
  lowMs: z.number().int(),
  /** Day of the first row that counts; null while there is none. */
  firstDayMs: z.number().int().nullable(),
});

/** Where the rows of a dataset begin. */
export type FeedBegin = z.infer<typeof feedBeginSchema>;

/** Whether some metric places rows by what comes after their business time, or counts what is still open. */
export function isPlacedLater(
  definitions: readonly AggregatedDefinition[],
  { contract }: DatasetEntry,
): boolean {
  return definitions.some(
    ({ time, rows, fn }) =>
      rows === 'as_of' ||
      (time !== undefined && time !== contract.businessTime) ||
      (fn !== undefined && ITEM_FUNCTIONS.includes(fn.name)),
  );
}

/** What the cells of a dataset were marked by. */
export async function readFeedBegin(
  { db }: Pick<Stores, 'db'>,
  dataset: string,
): Promise<FeedBegin | undefined> {
  const [row] = await db
    .select()
    .from(setting)
    .where(eq(setting.key, KEY + dataset));
  return row && feedBeginSchema.parse(row.value);
}

export async function rememberFeedBegin(
  stores: Pick<Stores, 'db' | 'clock'>,
  dataset: string,
  value: FeedBegin,
): Promise<void> {
  await putSetting(stores, KEY + dataset, value);
}

/**
 * Where the rows begin now. They are read for it only when the first of them may have changed: what the metadata say is
 * no longer the same, or a changed stretch reaches back to the first day.
 */
export async function presentFeedBegin(
  stores: Stores,
  entry: DatasetEntry,
  { known, lowMs, changed }: { known: FeedBegin | undefined; lowMs: number; changed: readonly Window[] },
): Promise<FeedBegin> {
  const firstDayMs = known?.lowMs === lowMs ? known.firstDayMs : null;
  if (firstDayMs !== null && changed.every(({ fromMs }) => fromMs >= addPeriods('D', firstDayMs, 1)))
    return { lowMs, firstDayMs };
  const firstMs = await firstRow(stores, entry, lowMs);
  return { lowMs, firstDayMs: firstMs === null ? null : periodStart('D', firstMs) };
}

/** Until when cells that are placed later lack what came before the first row. */
export function settledFrom({ settleDays = 0 }: DatasetEntry, { firstDayMs }: FeedBegin): number | undefined {
  return firstDayMs === null ? undefined : addPeriods('D', firstDayMs, settleDays);
}

/** The stretch whose cells were marked by another beginning, wherever the changed rows lie. */
export function movedBegin(
  entry: DatasetEntry,
  known: FeedBegin | undefined,
  present: FeedBegin,
  nowMs: number,
): Window[] {
  const [before, after] = [known?.firstDayMs ?? null, present.firstDayMs];
  if (before === null || after === null || before === after) return [];
  const fromMs = Math.min(before, after);
  const untilMs = addPeriods('D', Math.max(before, after), entry.settleDays ?? 0);
  return fromMs < nowMs ? [{ fromMs, toMs: Math.min(untilMs, nowMs + 1) }] : [];
}

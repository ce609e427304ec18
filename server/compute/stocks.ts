import { ITEM_FUNCTIONS } from '@/metrics/compile/rows/items';
import type { Window } from '@/metrics/compile/types';
import { mergeWindows } from '@/metrics/compile/windows';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { nextPeriod, periodStart } from '@/metrics/time/period';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { rowBefore } from './window';

/**
 * Stretches for which stocks are counted again: from a changed row's day up to the newest day that has arrived, which
 * rows tell by themselves (`newestMs`, the end of the dataset's span).
 *
 * A register that is delivered as events (supervised items) is known to the end of the month of its newest event: that
 * nothing happened on a day is no lack of data, what was open on the day before is still open. A month without any event
 * is not known to have been delivered. Its stretch begins at the event before, whose run could not know the days
 * between nor the end of a month that it saw running.
 */
export async function stockWindows(
  stores: Stores,
  { entry, changed }: { entry: DatasetEntry; changed: readonly Window[] },
  definitions: readonly AggregatedDefinition[],
  newestMs: number,
): Promise<Window[]> {
  const nowMs = stores.clock.nowMs();
  const isRegister = definitions.some(({ fn }) => fn !== undefined && ITEM_FUNCTIONS.includes(fn.name));
  const knownMs = isRegister && newestMs > 0 ? nextPeriod('M', periodStart('M', newestMs - 1)) : newestMs;
  const arrivedMs = Math.min(knownMs, nowMs);
  const windows: Window[] = [];
  for (const { fromMs } of changed) {
    const beforeMs = isRegister ? await rowBefore(stores, entry, fromMs) : null;
    const beginsMs = Math.min(fromMs, beforeMs ?? fromMs);
    if (beginsMs < arrivedMs) windows.push({ fromMs: beginsMs, toMs: arrivedMs });
  }
  return mergeWindows(windows);
}

import { ITEM_FUNCTIONS } from '@/metrics/compile/rows/items';
import type { Window } from '@/metrics/compile/types';
import { mergeWindows } from '@/metrics/compile/windows';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { nextPeriod, periodStart } from '@/metrics/time/period';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { newestOf, rowBefore } from './window';

/**
 * Stretches for which stocks are counted again: from a changed row's day up to the newest day that has arrived, which
 * rows tell by themselves: the end of the dataset's span (`newestMs`), and of what rows in their latest state say to have
 * happened since (`times`). A former run could not know the days before its next row, so that these are counted too.
 *
 * A register that is delivered as events (supervised items) is known to the end of the month of its newest event: that
 * nothing happened on a day is no lack of data, what was open on the day before is still open. A month without any event
 * is not known to have been delivered. Its stretch begins at the event before, whose run could not know the end of a
 * month that it saw running either.
 */
export async function stockWindows(
  stores: Stores,
  { entry, changed, times }: { entry: DatasetEntry; changed: readonly Window[]; times: readonly string[] },
  definitions: readonly AggregatedDefinition[],
  newestMs: number,
): Promise<Window[]> {
  const nowMs = stores.clock.nowMs();
  const isRegister = definitions.some(({ fn }) => fn !== undefined && ITEM_FUNCTIONS.includes(fn.name));
  const countsStates = definitions.some(({ rows }) => rows === 'as_of');
  const arrivedMs = Math.min(isRegister ? endOfMonth(newestMs) : newestMs, nowMs);
  const past = times.filter((time) => !entry.mayBeFuture.includes(time));
  const toldMs = countsStates ? Math.min(await newestOf(stores, entry, past, newestMs), nowMs) : arrivedMs;
  const toMs = Math.max(arrivedMs, toldMs);
  const windows: Window[] = [];
  for (const { fromMs } of changed) {
    const beforeMs = isRegister || countsStates ? await rowBefore(stores, entry, fromMs) : null;
    const sinceMs = beforeMs === null || isRegister ? beforeMs : nextPeriod('D', periodStart('D', beforeMs));
    const beginsMs = Math.min(fromMs, sinceMs ?? fromMs);
    if (beginsMs < toMs) windows.push({ fromMs: beginsMs, toMs });
  }
  return mergeWindows(windows);
}

function endOfMonth(newestMs: number): number {
  return newestMs > 0 ? nextPeriod('M', periodStart('M', newestMs - 1)) : newestMs;
}

import { ITEM_FUNCTIONS } from '@/metrics/compile/rows/items';
import type { Window } from '@/metrics/compile/types';
import { mergeWindows } from '@/metrics/compile/windows';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { nextPeriod, periodStart } from '@/metrics/time/period';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { firstOfItems, newestOf, newestStockDay, rowBefore } from './window';

/**
 * Stretches for which stocks are counted again: from a changed row's day up to the newest day that has arrived, which
 * rows tell by themselves: the end of the dataset's span (`newestMs`), and of what rows in their latest state say to have
 * happened since (`times`). A former run could not know the days before its next row, so that these are counted too.
 *
 * A register that is delivered as events (supervised items) is known to the end of the month of its newest event: that
 * nothing happened on a day is no lack of data, what was open on the day before is still open. A month without any event
 * is not known to have been delivered. Its stretch begins at the event before, whose run could not know the end of a
 * month that it saw running either. An item is seen at the place and in the slices of its newest event, on all of its days:
 * where its events differ in these, its stretch begins at its first one.
 *
 * A day that a stock was once told of stays told of: when the row that told of it is taken back, it is counted again with
 * what is left.
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
  const countedMs = await newestStockDay(stores, entry.contract.name, stockCodes(definitions));
  const toMs = Math.max(arrivedMs, toldMs, Math.min(countedMs, nowMs));
  const items = [...new Set(definitions.flatMap(itemOf))];
  const windows: Window[] = [];
  for (const window of changed) {
    const fromMs = Math.min(
      window.fromMs,
      ...(await Promise.all(items.map((item) => firstOfItems(stores, entry, item, window)))),
    );
    const beforeMs = isRegister || countsStates ? await rowBefore(stores, entry, fromMs) : null;
    const sinceMs = beforeMs === null || isRegister ? beforeMs : nextPeriod('D', periodStart('D', beforeMs));
    const beginsMs = Math.min(fromMs, sinceMs ?? fromMs);
    if (beginsMs < toMs) windows.push({ fromMs: beginsMs, toMs });
  }
  return mergeWindows(windows);
}

function stockCodes(definitions: readonly AggregatedDefinition[]): string[] {
  return definitions.flatMap(({ code, accumulation }) => (accumulation === 'stock' ? [code] : []));
}

/** The column of the items whose states a definition counts. */
function itemOf({ fn }: AggregatedDefinition): string[] {
  return fn !== undefined && ITEM_FUNCTIONS.includes(fn.name) ? [String(fn.args.item)] : [];
}

function endOfMonth(newestMs: number): number {
  return newestMs > 0 ? nextPeriod('M', periodStart('M', newestMs - 1)) : newestMs;
}

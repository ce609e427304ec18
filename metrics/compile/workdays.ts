import { type Fragment, param, sql } from './sql/fragment';
import type { WorkdayTable } from './types';

/**
 * Working days after the first day up to and including the second; the same day is 0. Weekdays are counted by
 * arithmetic, then the tables' free weekdays are taken off and make-up weekend days put on.
 */
export function workdaysBetween(from: Fragment, to: Fragment, table: WorkdayTable): Fragment {
  const a = sql`toDate(${from})`;
  const b = sql`toDate(${to})`;
  const inside = (days: readonly string[]) =>
    days.length === 0
      ? sql`0`
      : sql`arrayCount(x -> x > assumeNotNull(${a}) AND x <= assumeNotNull(${b}), ${param(days, 'Array(Date)')})`;
  const count = sql`(${weekdaysThrough(b)} - ${weekdaysThrough(a)} - ${inside(table.offWeekdays)} + ${inside(table.extraWorkdays)})`;
  return sql`if(isNull(${from}) OR isNull(${to}), NULL, toInt64(${count}))`;
}

/** Mondays to Fridays from Monday 1970-01-05 through a day. */
function weekdaysThrough(day: Fragment): Fragment {
  const days = sql`(toInt32(${day}) - 3)`;
  return sql`(intDiv(${days}, 7) * 5 + least(${days} % 7, 5))`;
}

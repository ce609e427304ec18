import { walk } from '@/metrics/expression/ast';
import { parseExpression } from '@/metrics/expression/parser';
import type { AggregatedDefinition, MetricDefinition } from '@/metrics/model/definition';
import type { WorkCalendar } from '@/metrics/time/calendar';
import { DAY_MS, weekdayOf } from '@/metrics/time/zone';
import { type Fragment, integer, param, sql } from './sql/fragment';
import type { Window, WorkdayTable } from './types';

/** Whether the values of a metric depend on the holiday tables: by what it computes, not by what its words speak of. */
export function usesWorkdays(definition: MetricDefinition): boolean {
  return definition.kind === 'aggregated' && rowExpressions(definition).some(countsWorkdays);
}

/** Everything in a definition that is evaluated over rows. Arguments that are names of columns are expressions as well. */
function rowExpressions(definition: AggregatedDefinition): string[] {
  const { where, measure, numerator, denominator, slice_expr: slices, fn } = definition;
  const aggregates = [measure, numerator, denominator].flatMap((one) => [one?.expr, one?.where]);
  const args = Object.values(fn?.args ?? {}).filter((arg) => typeof arg === 'string');
  return [where, ...aggregates, ...Object.values(slices ?? {}), ...args].filter((text) => text !== undefined);
}

function countsWorkdays(text: string): boolean {
  const { ast } = parseExpression(text);
  return [...walk(ast)].some((node) => node.type === 'call' && node.name === 'workdays');
}

/** What the tables of a calendar change in the plain week. */
export function workdayTableOf(calendar: WorkCalendar): WorkdayTable {
  const tables = [...calendar.values()];
  return {
    offWeekdays: tables.flatMap(({ off }) => off.filter(isWeekday)),
    extraWorkdays: tables.flatMap(({ work }) => work),
    years: tables.map(({ year }) => year),
  };
}

/** What the tables change in the months of a window: enough to count between two of its days. */
export function workdaysWithin(table: WorkdayTable, { fromMs, toMs }: Window): WorkdayTable {
  const [first, last] = [fromMs - 31 * DAY_MS, toMs + 31 * DAY_MS].map((ms) =>
    new Date(ms).toISOString().slice(0, 10),
  ) as [string, string];
  const near = (days: readonly string[]) => days.filter((day) => day >= first && day <= last);
  return { ...table, offWeekdays: near(table.offWeekdays), extraWorkdays: near(table.extraWorkdays) };
}

/**
 * Working days after the first day up to and including the second; the same day is 0. Weekdays are counted by
 * arithmetic; what the tables change is looked up as a running sum, so that a row costs the same with ten years of
 * tables as with none.
 */
export function workdaysBetween(from: Fragment, to: Fragment, table: WorkdayTable): Fragment {
  const sums = changesByDay(table);
  const through = (instant: Fragment) => {
    const day = sql`toInt32(toDate(${instant}))`;
    return sql`(${weekdaysThrough(day)} + ${changesThrough(day, sums)})`;
  };
  return sql`if(isNull(${from}) OR isNull(${to}), NULL, toInt64(${through(to)} - ${through(from)}))`;
}

/** Mondays to Fridays from Monday 1970-01-05 through a day. */
function weekdaysThrough(dayNumber: Fragment): Fragment {
  const days = sql`(${dayNumber} - 3)`;
  return sql`(intDiv(${days}, 7) * 5 + least(${days} % 7, 5))`;
}

interface RunningSums {
  /** Days since 1970-01-01 of the first entry, whose sum is 0. */
  firstDay: number;
  /** Make-up days less free weekdays through each day. */
  sums: readonly number[];
}

function changesThrough(dayNumber: Fragment, { firstDay, sums }: RunningSums): Fragment {
  if (sums.length === 0) return sql`0`;
  const place = sql`assumeNotNull(${dayNumber}) - ${integer(firstDay)} + 1`;
  return sql`arrayElement(${param(sums, 'Array(Int16)')}, least(greatest(${place}, 1), ${integer(sums.length)}))`;
}

function changesByDay({ offWeekdays, extraWorkdays }: WorkdayTable): RunningSums {
  const changes = new Map<number, number>();
  for (const key of offWeekdays) changes.set(dayNumberOf(key), -1);
  for (const key of extraWorkdays) changes.set(dayNumberOf(key), 1);
  if (changes.size === 0) return { firstDay: 0, sums: [] };
  const days = [...changes.keys()];
  const firstDay = Math.min(...days) - 1;
  let sum = 0;
  const sums = Array.from({ length: Math.max(...days) - firstDay + 1 }, (_, index) => {
    sum += changes.get(firstDay + index) ?? 0;
    return sum;
  });
  return { firstDay, sums };
}

function dayNumberOf(key: string): number {
  return Date.parse(key) / DAY_MS;
}

function isWeekday(key: string): boolean {
  const [year = 0, month = 0, day = 0] = key.split('-').map(Number);
  return weekdayOf(year, month, day) <= 5;
}

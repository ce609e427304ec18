import type { DatasetContract } from '@/metrics/model/dataset';
import { type Fragment, ident, integer, join, render, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { CompileInput, Window } from '../types';
import type { AggregateState, RowMetric } from './resolve';

/** Metrics that one pass over the rows serves, with their states deduplicated and named. */
export interface Scan {
  contract: DatasetContract;
  nowMs: number;
  /** The time is a deadline: one that has not passed yet says nothing. */
  isDeadline: boolean;
  time: string;
  window: Window;
  /** What rows are gathered by before regions and longer periods are made of it: days only where a day is asked for. */
  gatherBy: 'day' | 'month';
  metrics: readonly RowMetric[];
  slices: readonly { name: string; value: Fragment }[];
  /** Name of a state's number after merging. */
  resultOf(state: AggregateState): Fragment;
  states: readonly { alias: Fragment; result: Fragment; state: AggregateState }[];
}

export function planScan(
  input: Pick<CompileInput, 'contract' | 'nowMs' | 'deadlines'>,
  time: string,
  window: Window,
  gatherBy: Scan['gatherBy'],
  metrics: readonly RowMetric[],
): Scan {
  const states = new Map<string, { alias: Fragment; result: Fragment; state: AggregateState }>();
  const keyOf = (state: AggregateState) => JSON.stringify(render(state.state));
  for (const metric of metrics) {
    for (const state of [metric.numerator, metric.denominator, metric.samples]) {
      if (state === undefined || states.has(keyOf(state))) continue;
      const number = states.size;
      states.set(keyOf(state), { alias: ident(`s${number}`), result: ident(`v${number}`), state });
    }
  }
  const slices = new Map<string, { name: string; value: Fragment }>();
  for (const metric of metrics) for (const slice of metric.slices) slices.set(slice.name, slice);
  return {
    contract: input.contract,
    nowMs: input.nowMs,
    isDeadline: input.deadlines.includes(time),
    time,
    window,
    gatherBy,
    metrics,
    slices: [...slices.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    states: [...states.values()],
    resultOf: (state) => {
      const found = states.get(keyOf(state));
      if (!found) throw new Error('state of another scan');
      return found.result;
    },
  };
}

/** The columns of a row that place it: region, civil day (or the first one of its month), and whether it is generated. */
function placement(scan: Scan): Fragment {
  return sql`${ident(scan.contract.regionColumn)} AS rc, ${civilDay(scan)} AS day, is_demo AS row_demo`;
}

function civilDay(scan: Scan): Fragment {
  const day = sql`assumeNotNull(toDate(${ident(scan.time)}))`;
  return scan.gatherBy === 'day' ? day : sql`toStartOfMonth(${day})`;
}

/** Rows of the window up to now, deduplicated by FINAL (deleted ones left out). */
function rowsOfWindow(scan: Scan): Fragment {
  const { contract, time, window, nowMs, isDeadline } = scan;
  const name = ident(time);
  const from = contract.columns.find((one) => one.name === time)?.type === 'date' ? 'date' : 'datetime';
  const edge = (ms: number) => (from === 'date' ? sql`toDate(${instant(ms)})` : instant(ms));
  const upToNow =
    from === 'date' && !isDeadline ? sql`${name} <= ${edge(nowMs)}` : sql`${name} < ${edge(nowMs)}`;
  return sql`${ident(contract.name)} FINAL WHERE ${name} >= ${edge(window.fromMs)} AND ${name} < ${edge(window.toMs)} AND ${upToNow}`;
}

/**
 * One pass: states by region, day and at most one slice. Grouping sets keep every slice in the same pass; an empty
 * slice value is 未知, so that the slices still add up to the whole. `dim` is the place of the slice in the scan's list,
 * from 1, and 0 for the whole: numbers are grouped and joined by faster than words.
 */
export function scanSql(scan: Scan): Fragment {
  const dims = scan.slices.map((slice, i) => ({ ...slice, alias: ident(`d${i}`) }));
  const sets = [sql`(rc, day)`, ...dims.map(({ alias }) => sql`(rc, day, ${alias})`)];
  const states = scan.states.map(({ alias, state }) => sql`${state.state} AS ${alias}`);
  const place =
    dims.length === 0
      ? sql`0`
      : sql`multiIf(${dims.map(({ alias }, i) => sql`grouping(${alias}) = 0, ${integer(i + 1)}`)}, 0)`;
  const dimValue =
    dims.length === 0
      ? sql`''`
      : sql`multiIf(${dims.map(({ alias }) => sql`grouping(${alias}) = 0, ${alias}`)}, '')`;
  const values = dims.map(
    ({ alias, value }) => sql`, ifNull(nullIf(toString(${value}), ''), '未知') AS ${alias}`,
  );
  return sql`
    SELECT rc, day, toUInt8(${place}) AS dim, ${dimValue} AS dim_value, max(row_demo) AS demo, count() AS row_count, ${states}
    FROM (SELECT *, ${placement(scan)}, ${ident(scan.time)} AS placed_at${join(values, '')} FROM ${rowsOfWindow(scan)})
    GROUP BY GROUPING SETS (${sets})`;
}

/** A row counts for its own unit and those above it: GB/T 2260 digits, county → city → province. */
export const LEVELS_OF_ROW = sql`arrayDistinct([toUInt32(intDiv(rc, 10000) * 10000), toUInt32(intDiv(rc, 100) * 100), toUInt32(rc)])`;

/**
 * Where something has arrived: a unit that reported in a month is known to report, and a day on which its province has
 * any row has arrived. Only there is "nothing found" an observed zero; everything else stays absent.
 */
export function arrivalSql(scan: Scan): Fragment {
  return sql`
    SELECT arrayJoin(${LEVELS_OF_ROW}) AS region, month, cities, days, max(demo) AS region_demo
    FROM (
      SELECT month, cities, days, reporter.1 AS rc, reporter.2 AS demo
      FROM (
        SELECT intDiv(rc, 10000) AS province, month, arraySort(groupUniqArrayArray(row_days)) AS days,
          uniqExactIf(intDiv(rc, 100), rc % 10000 != 0) AS cities, groupArray((rc, demo)) AS reporters
        FROM (
          SELECT rc, toStartOfMonth(day) AS month, groupUniqArray(day) AS row_days, max(row_demo) AS demo
          FROM (SELECT ${placement(scan)} FROM ${rowsOfWindow(scan)})
          GROUP BY rc, month
        )
        GROUP BY province, month
      )
      ARRAY JOIN reporters AS reporter
    )
    GROUP BY region, month, cities, days`;
}

export const dayOf = (day: Fragment): Fragment => sql`toDateTime(${day}, ${text(ZONE)})`;

import type { DatasetContract } from '@/metrics/model/dataset';
import { regionsWithin } from '../scope';
import { type Fragment, ident, join, render, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { CompileInput, CompileScope, Window } from '../types';
import { type AggregateState, HELD_SECONDS } from './aggregate';
import type { RowMetric, RowSlice } from './resolve';

/** States and slices of metrics that one pass over the rows serves, each once and named. */
export interface StateTable {
  slices: readonly RowSlice[];
  /** One column each in the pass over the rows. */
  states: readonly { alias: Fragment; state: Fragment }[];
  /** One number each after merging. */
  results: readonly { result: Fragment; merged: Fragment; isZeroWithoutRows: boolean }[];
  /** Name of an aggregate's number. */
  resultOf(aggregate: AggregateState): Fragment;
}

/** Metrics placed by the same time over the same stretch. */
export interface Scan extends StateTable {
  contract: DatasetContract;
  compileScope: CompileScope;
  nowMs: number;
  /** The time is a deadline: one that has not passed yet says nothing. */
  isDeadline: boolean;
  /** Some metric asks how long a row's value holds. */
  needsHeld: boolean;
  time: string;
  window: Window;
  /** What rows are gathered by before regions and longer periods are made of it: days only where a day is asked for. */
  gatherBy: 'day' | 'month';
  metrics: readonly RowMetric[];
}

export function stateTable(metrics: readonly RowMetric[]): StateTable {
  const states = new Map<string, { alias: Fragment; state: Fragment }>();
  const results = new Map<string, StateTable['results'][number]>();
  const keyOf = (fragment: Fragment) => JSON.stringify(render(fragment));
  const aliasOf = (state: Fragment): Fragment => {
    const key = keyOf(state);
    const known = states.get(key)?.alias;
    if (known) return known;
    const alias = ident(`s${states.size}`);
    states.set(key, { alias, state });
    return alias;
  };
  const mergedOf = (aggregate: AggregateState) => aggregate.finish(...aggregate.states.map(aliasOf));
  for (const metric of metrics) {
    for (const aggregate of [metric.numerator, metric.denominator, metric.samples]) {
      if (aggregate === undefined) continue;
      const merged = mergedOf(aggregate);
      const { isZeroWithoutRows } = aggregate;
      if (!results.has(keyOf(merged)))
        results.set(keyOf(merged), { result: ident(`v${results.size}`), merged, isZeroWithoutRows });
    }
  }
  const slices = new Map<string, RowSlice>();
  for (const metric of metrics)
    for (const slice of metric.slices) slices.set(`${slice.name} ${keyOf(slice.value)}`, slice);
  return {
    slices: [...slices.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, slice]) => slice),
    states: [...states.values()],
    results: [...results.values()],
    resultOf: (aggregate) => {
      const found = results.get(keyOf(mergedOf(aggregate)));
      if (!found) throw new Error('aggregate of another scan');
      return found.result;
    },
  };
}

export function planScan(
  input: Pick<CompileInput, 'contract' | 'nowMs' | 'deadlines' | 'scope'>,
  time: string,
  window: Window,
  gatherBy: Scan['gatherBy'],
  metrics: readonly RowMetric[],
): Scan {
  return {
    ...stateTable(metrics),
    contract: input.contract,
    compileScope: input.scope,
    nowMs: input.nowMs,
    isDeadline: input.deadlines.includes(time),
    needsHeld: metrics.some((metric) => metric.needsHeld),
    time,
    window,
    gatherBy,
    metrics,
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
 * Seconds until the next row of the same unit, at most to the end of the civil day and to now. Rows of one unit differ
 * in time, so a next row is later; where there is none the engine gives 1970.
 */
function heldSeconds({ contract, time, nowMs }: Scan): Fragment {
  const name = ident(time);
  const unit = [contract.regionColumn, ...contract.key.filter((key) => key !== time)].map(ident);
  const next = sql`leadInFrame(${name}) OVER (PARTITION BY ${unit}, toDate(${name}) ORDER BY ${name} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)`;
  const dayEnd = dayOf(sql`toDate(${name}) + 1`);
  const until = sql`least(if(${next} > ${name}, ${next}, ${dayEnd}), ${instant(nowMs)})`;
  return sql`, dateDiff('second', ${name}, ${until}) AS ${HELD_SECONDS}`;
}

/** Name and value of the one slice of a grouping set: '' for the whole. */
export function sliceOfSet(slices: readonly RowSlice[]): {
  columns: readonly Fragment[];
  sets: readonly Fragment[];
  dim: Fragment;
  value: Fragment;
} {
  const dims = slices.map((slice, i) => ({ ...slice, alias: ident(`d${i}`) }));
  const pick = (branches: readonly Fragment[]) =>
    branches.length === 0 ? sql`''` : sql`multiIf(${branches}, '')`;
  return {
    // An empty slice value is 未知, so that the slices still add up to the whole.
    columns: dims.map(
      ({ alias, value }) => sql`, ifNull(nullIf(toString(${value}), ''), '未知') AS ${alias}`,
    ),
    sets: dims.map(({ alias }) => sql`, ${alias}`),
    dim: pick(dims.map(({ alias, name }) => sql`grouping(${alias}) = 0, ${text(name)}`)),
    value: pick(dims.map(({ alias }) => sql`grouping(${alias}) = 0, ${alias}`)),
  };
}

/**
 * One pass: states by place, stretch and at most one slice. Grouping sets keep every slice in the same pass, none of them
 * finer than it is kept: slices of days by city, those of longer periods by month. The slices of every unit's days would
 * be nearly as many as the rows.
 */
export function scanSql(scan: Scan): Fragment {
  const { columns, sets, dim, value } = sliceOfSet(scan.slices);
  const states = scan.states.map(({ alias, state }) => sql`${state} AS ${alias}`);
  const held = scan.needsHeld ? heldSeconds(scan) : sql``;
  const own = regionsWithin(scan.compileScope, ident(scan.contract.regionColumn));
  const rows = own ? sql`${rowsOfWindow(scan)} AND ${own}` : rowsOfWindow(scan);
  const splits = scan.gatherBy === 'day' && sets.length > 0;
  const sliced = sets.flatMap((set) =>
    splits ? [sql`(city, day${set})`, sql`(rc, month${set})`] : [sql`(rc, day${set})`],
  );
  const placed = splits
    ? sql`if(grouping(rc) = 0, rc, city) AS place, if(grouping(day) = 0, day, month) AS start, ${dim} != '' AND grouping(day) = 0 AS only_day`
    : sql`rc AS place, day AS start, 0 AS only_day`;
  return sql`
    SELECT ${placed}, ${dim} AS dim, ${value} AS dim_value, max(row_demo) AS demo, count() AS row_count, ${states}
    FROM (SELECT *, ${placement(scan)}, toUInt32(intDiv(rc, 100) * 100) AS city, toStartOfMonth(day) AS month,
      ${ident(scan.time)} AS placed_at${held}${join(columns, '')} FROM ${rows})
    GROUP BY GROUPING SETS (${[sql`(rc, day)`, ...sliced]})`;
}

/** A row counts for its own unit and those above it: GB/T 2260 digits, county → city → province. */
export const LEVELS_OF_ROW = sql`arrayDistinct([toUInt32(intDiv(rc, 10000) * 10000), toUInt32(intDiv(rc, 100) * 100), toUInt32(rc)])`;

/** Encoded value of a slice: `%`, `;` and `=` are the syntax of a slice (metrics/model/slice.ts). */
export function sliceText(): Fragment {
  return sql`if(dim = '', '', concat(dim, '=', replaceAll(replaceAll(replaceAll(dim_value, '%', '%25'), ';', '%3B'), '=', '%3D')))`;
}

/**
 * Where something has arrived (read over all regions whoever asks: it is a fact of the feed, no figure): a unit that reported in a month is known to report, and a day on which its province has
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

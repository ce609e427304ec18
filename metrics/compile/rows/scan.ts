import type { DatasetContract } from '@/metrics/model/dataset';
import { regionsWithin } from '../scope';
import { type Fragment, ident, integer, join, render, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { CompileInput, CompileScope, Window } from '../types';
import { type AggregateState, HELD_SECONDS } from './aggregate';
import type { RowMetric, RowSlice } from './resolve';
import { datasetRows, type RowTable } from './row-table';
import { toldElsewhere } from './told';

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

/** What rows are gathered by before regions and longer periods are made of it. */
export type GatherBy = 'minute' | 'hour' | 'day' | 'month';

/** Metrics of the same rows placed by the same time over the same stretch. */
export interface Scan extends StateTable {
  contract: DatasetContract;
  table: RowTable;
  compileScope: CompileScope;
  nowMs: number;
  /** The time is a deadline: one that has not passed yet says nothing. */
  isDeadline: boolean;
  /** Some metric asks how long a row's value holds. */
  needsHeld: boolean;
  time: string;
  window: Window;
  /** No finer than what is asked for. */
  gatherBy: GatherBy;
  /** The time labels the end of an hour. */
  labelsHourEnd: boolean;
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
  input: Pick<CompileInput, 'contract' | 'nowMs' | 'deadlines' | 'scope' | 'labelsHourEnd'>,
  time: string,
  window: Window,
  gatherBy: Scan['gatherBy'],
  metrics: readonly RowMetric[],
): Scan {
  return {
    ...stateTable(metrics),
    contract: input.contract,
    table: metrics[0]?.table ?? datasetRows(input.contract),
    compileScope: input.scope,
    nowMs: input.nowMs,
    isDeadline: input.deadlines.includes(time),
    needsHeld: metrics.some((metric) => metric.needsHeld),
    time,
    window,
    gatherBy,
    labelsHourEnd: input.labelsHourEnd === true && time === input.contract.businessTime,
    metrics,
  };
}

/** Seconds of a step in which a value that holds is counted; a day at least is left whole. */
const STEP_SECONDS = { minute: 60, hour: 3600 } as const;

/**
 * Rows of the window with what places them: region (`rc`), the stretch they are gathered by (`gathered`: a minute,
 * an hour, a civil day or the first one of its month), instant (`placed_at`), and for how long a value holds (`held_s`). Below a day
 * a value that holds counts in every hour or minute in which it does, for the part that lies in it.
 */
export function placedRows(scan: Scan, columns: Fragment): Fragment {
  const { gatherBy, needsHeld, contract } = scan;
  const base = sql`*, ${ident(contract.regionColumn)} AS rc, is_demo AS row_demo, ${beginning(scan)} AS placed_at${columns}`;
  // A condition of the window must see the columns, not what is named below.
  const rows = sql`SELECT * FROM ${rowsOfWindow(scan)}`;
  if (!needsHeld) return sql`SELECT ${base}, ${gathered(scan)} AS gathered FROM (${rows})`;
  const held = sql`SELECT ${base}, ${heldUntil(scan)} AS held_until FROM (${rows})`;
  if (gatherBy === 'day' || gatherBy === 'month')
    return sql`SELECT *, ${gathered(scan)} AS gathered, dateDiff('second', placed_at, held_until) AS ${HELD_SECONDS} FROM (${held})`;
  const step = integer(STEP_SECONDS[gatherBy]);
  const first = sql`(intDiv(toUnixTimestamp(placed_at), ${step}) * ${step})`;
  const many = sql`toUInt32(intDiv(greatest(toUnixTimestamp(held_until) - ${first}, 0) + ${step} - 1, ${step}))`;
  return sql`
    SELECT *, least(toUnixTimestamp(held_until), step_s + ${step}) - greatest(toUnixTimestamp(placed_at), step_s) AS ${HELD_SECONDS},
      toDateTime(step_s, ${text(ZONE)}) AS gathered
    FROM (${held})
    ARRAY JOIN arrayMap(i -> ${first} + i * ${step}, range(${many})) AS step_s`;
}

/** The instant from which a row speaks: its time, or the beginning of the hour that its time closes. */
function beginning({ time, labelsHourEnd }: Scan): Fragment {
  return labelsHourEnd ? sql`(${ident(time)} - INTERVAL 1 HOUR)` : ident(time);
}

function gathered(scan: Scan): Fragment {
  const time = beginning(scan);
  if (scan.gatherBy === 'minute') return sql`assumeNotNull(toStartOfMinute(${asInstant(time)}))`;
  if (scan.gatherBy === 'hour') return sql`assumeNotNull(toStartOfHour(${asInstant(time)}))`;
  const day = sql`assumeNotNull(toDate(${time}))`;
  return scan.gatherBy === 'day' ? day : sql`toStartOfMonth(${day})`;
}

const asInstant = (time: Fragment): Fragment => sql`toDateTime(${time}, ${text(ZONE)})`;

/** Rows of the window up to now, deduplicated by FINAL (deleted ones left out). */
function rowsOfWindow(scan: Scan): Fragment {
  const { contract, table, time, window, nowMs, isDeadline, labelsHourEnd } = scan;
  const name = ident(time);
  const rows = table.from(window);
  if (labelsHourEnd)
    return sql`${rows} WHERE ${name} > ${instant(window.fromMs)} AND ${name} <= ${instant(Math.min(window.toMs, nowMs))}`;
  const from = contract.columns.find((one) => one.name === time)?.type === 'date' ? 'date' : 'datetime';
  const edge = (ms: number) => (from === 'date' ? sql`toDate(${instant(ms)})` : instant(ms));
  const upToNow =
    from === 'date' && !isDeadline ? sql`${name} <= ${edge(nowMs)}` : sql`${name} < ${edge(nowMs)}`;
  return sql`${rows} WHERE ${name} >= ${edge(window.fromMs)} AND ${name} < ${edge(window.toMs)} AND ${upToNow}`;
}

/**
 * Until when the value of a row holds: the next row of the same unit, at most to the end of the civil day and to now.
 * Rows of one unit differ in time, so a next row is later; where there is none the engine gives 1970.
 */
function heldUntil({ contract, time, nowMs }: Scan): Fragment {
  const name = ident(time);
  const unit = [contract.regionColumn, ...contract.key.filter((key) => key !== time)].map(ident);
  const next = sql`leadInFrame(${name}) OVER (PARTITION BY ${unit}, toDate(${name}) ORDER BY ${name} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)`;
  const dayEnd = dayOf(sql`toDate(${name}) + 1`);
  return sql`least(if(${next} > ${name}, ${next}, ${dayEnd}), ${instant(nowMs)})`;
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
  const placed = placedRows(scan, join(columns, ''));
  const own = regionsWithin(scan.compileScope, sql`rc`);
  const within = own ? sql` WHERE ${own}` : sql``;
  const start = { place: sql`rc`, start: sql`gathered`, onlyDay: sql`0` };
  if (scan.gatherBy !== 'day' || sets.length === 0)
    return grouped(
      start,
      sql`FROM (${placed})${within}`,
      sets.map((set) => sql`(rc, gathered${set})`),
    );
  const split = {
    place: sql`if(grouping(rc) = 0, rc, city)`,
    start: sql`if(grouping(gathered) = 0, gathered, month)`,
    onlyDay: sql`${dim} != '' AND grouping(gathered) = 0`,
  };
  return grouped(
    split,
    sql`FROM (SELECT *, toUInt32(intDiv(rc, 100) * 100) AS city, toStartOfMonth(gathered) AS month FROM (${placed})${within})`,
    sets.flatMap((set) => [sql`(city, gathered${set})`, sql`(rc, month${set})`]),
  );

  function grouped(by: typeof start, from: Fragment, sliced: readonly Fragment[]): Fragment {
    return sql`
    SELECT ${by.place} AS place, ${by.start} AS start, ${by.onlyDay} AS only_day, ${dim} AS dim, ${value} AS dim_value,
      max(row_demo) AS demo, count() AS row_count, ${states}
    ${from}
    GROUP BY GROUPING SETS (${[sql`(rc, gathered)`, ...sliced]})`;
  }
}

/** A row counts for its own unit and those above it: GB/T 2260 digits, county → city → province. */
export const LEVELS_OF_ROW = sql`arrayDistinct([toUInt32(intDiv(rc, 10000) * 10000), toUInt32(intDiv(rc, 100) * 100), toUInt32(rc)])`;

/** Encoded value of a slice: `%`, `;` and `=` are the syntax of a slice (metrics/model/slice.ts). */
export function sliceText(): Fragment {
  return sql`if(dim = '', '', concat(dim, '=', replaceAll(replaceAll(replaceAll(dim_value, '%', '%25'), ';', '%3B'), '=', '%3D')))`;
}

/**
 * Where something has arrived (read over all regions whoever asks: it is a fact of the feed, no figure): a unit that
 * reported in a month is known to report, and a day on which its province has any row has arrived. Only there is "nothing
 * found" an observed zero; everything else stays absent. Of hours the stretch is the day, so that a day can be computed
 * without the rest of its month; of minutes it is the minute: nobody reports every minute, so none is a zero. A unit of
 * which rows came that the pass places elsewhere (`told.ts`) has reported as well, but is not `is_placed`: it has no zeros.
 * One of which the pass places rows in a month of which nothing came is not `is_heard` of: what was due over from before is
 * no report.
 * `reporting` are the counties that did, `expecting` those that should; `quiet` is a number of the province's days, its
 * `told_days`, and its month, made once for all of its units.
 */
export function arrivalSql(
  given: Scan,
  { reporting, expecting, quiet }: Readonly<Record<'reporting' | 'expecting' | 'quiet', Fragment>>,
): Fragment {
  // A month is judged by its days, however coarse the cells are.
  const scan: Scan = given.gatherBy === 'month' ? { ...given, gatherBy: 'day' } : given;
  // How long a value holds decides below a day only where it counts.
  const needsHeld = scan.needsHeld && (scan.gatherBy === 'minute' || scan.gatherBy === 'hour');
  const span =
    scan.gatherBy === 'minute'
      ? sql`day`
      : scan.gatherBy === 'hour'
        ? sql`toDate(day)`
        : sql`toStartOfMonth(day)`;
  const placed = sql`SELECT rc, gathered AS day, row_demo, true AS row_placed FROM (${placedRows({ ...scan, needsHeld }, sql``)})`;
  const told = scan.gatherBy === 'day' ? toldElsewhere(scan) : undefined;
  const rows = told
    ? sql`${placed} UNION ALL SELECT rc, gathered AS day, row_demo, false AS row_placed FROM (${told})`
    : placed;
  return sql`
    SELECT arrayJoin(${LEVELS_OF_ROW}) AS region, month, cities, days, max(demo) AS region_demo, max(placed) AS is_placed, max(heard) AS is_heard,
      ${reporting} AS reporting, ${expecting} AS expecting, any(quiet_of_province) AS quiet
    FROM (
      SELECT month, cities, days, quiet_of_province, reporter.1 AS rc, reporter.2 AS demo, reporter.3 AS placed, reporter.4 AS heard
      FROM (SELECT *, ${quiet} AS quiet_of_province FROM (
        SELECT intDiv(rc, 10000) AS province, month, arraySort(groupUniqArrayArray(row_days)) AS days,
          arraySort(groupUniqArrayArray(all_days)) AS told_days,
          uniqExactIf(intDiv(rc, 100), rc % 10000 != 0) AS cities, groupArray((rc, demo, placed, heard)) AS reporters
        FROM (
          SELECT rc, ${span} AS month, groupUniqArray(day) AS all_days, groupUniqArrayIf(day, row_placed) AS row_days,
            max(row_placed) AS placed, max(row_demo) AS demo, ${told ? sql`max(NOT row_placed)` : sql`true`} AS heard
          FROM (${rows})
          GROUP BY rc, month
        )
        GROUP BY province, month
      ))
      ARRAY JOIN reporters AS reporter
    )
    GROUP BY region, month, cities, days`;
}

export const dayOf = (day: Fragment): Fragment => sql`toDateTime(${day}, ${text(ZONE)})`;

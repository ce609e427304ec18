import type { DatasetContract } from '@/metrics/model/dataset';
import { findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { dayKey } from '@/metrics/time/calendar';
import { DAY_MS } from '@/metrics/time/zone';
import { compileCondition, type ExpressionScope, NotCompilable } from '../expression';
import { asValue, NO_VALUE } from '../sql/decimal';
import { type Fragment, ident, integer, param, sql, text } from '../sql/fragment';
import { dayStart, instant } from '../sql/time';
import type { CompileInput, OpeningStock, StatementDraft, Window } from '../types';
import { widen } from '../windows';
import { lackOfCounties, WHOLE } from './coverage';
import { dayOf, LEVELS_OF_ROW } from './scan';

/** A stock counted from its last published figure, its names resolved. */
export interface StockBalance {
  code: string;
  version: number;
  time: string;
  key: string;
  /** What begins or ends a unit: once each, however often it is said. */
  plus: Fragment;
  minus: Fragment;
  /** Moves of a unit, each of which counts: what a place loses another one gains. */
  movedIn: Fragment;
  movedOut: Fragment;
  openings: readonly OpeningStock[];
  /** Quarters are asked for by what is made of it. */
  byQuarter: boolean;
}

export const BALANCE_FUNCTION = 'stock_balance';

/** @throws NotCompilable with the reason in words, `no_opening_stock` when nothing was published to count from. */
export function resolveBalance(
  definition: AggregatedDefinition,
  version: number,
  contract: DatasetContract,
  scope: ExpressionScope,
  openings: readonly OpeningStock[],
): StockBalance {
  const args = definition.fn?.args ?? {};
  const key = String(args.distinct ?? '');
  if (!findColumn(contract, key)) throw new NotCompilable(`没有列“${key}”`);
  const time = definition.time ?? contract.businessTime;
  if (!findColumn(contract, time)) throw new NotCompilable(`没有列“${time}”`);
  if (definition.rollup !== 'sum')
    throw new NotCompilable(`上卷方式 ${definition.rollup} 不能用于期末存量`, 'unsupported_rollup');
  const of = (condition: unknown) =>
    sql`(${compileCondition(definition.where, scope)} AND ${compileCondition(String(condition ?? ''), scope)})`;
  const [plus, minus] = [of(args.plus), of(args.minus)];
  const [movedIn, movedOut] = [of(args.moved_in ?? 'false'), of(args.moved_out ?? 'false')];
  const own = openings.filter((one) => one.metric === args.opening);
  if (own.length === 0)
    throw new NotCompilable(
      `没有公布的期初存量(${String(args.opening)}),期末存量无从算起`,
      'no_opening_stock',
    );
  return {
    ...{ code: definition.code, version, time, key, plus, minus, movedIn, movedOut },
    openings: own,
    byQuarter: false,
  };
}

/**
 * Stock at the end of each day: the last published stock + units that came − units that went since, each unit once, and
 * + moves in − moves out, each move: above both of its places a move changes nothing, whatever else the unit does. A
 * region has a stock of its own publication only, and only from its first row after it: before that nothing says that
 * its movements arrive. A whole month without any row of it is no month without movements: from there on nobody knows the
 * stock, until one is published again. One of which only parts of the region have rows leaves a stock that is `partial`
 * from its end on, for as long: what moved in the others then is never in it. Every region counts from its own opening, so
 * regions need not add up.
 */
export function balanceStatement(input: CompileInput, metric: StockBalance, window: Window): StatementDraft {
  const { contract, nowMs } = input;
  const days = widen('D', window);
  const time = ident(metric.time);
  const rows = sql`
      SELECT ${ident(contract.regionColumn)} AS rc, toDate(${time}) AS day, is_demo, ${ident(metric.key)} AS unit,
        ${metric.plus} AS comes, ${metric.minus} AS goes, ${metric.movedIn} AS moves_in, ${metric.movedOut} AS moves_out
      FROM ${ident(contract.name)} FINAL
      WHERE ${dayStart(time)} < ${instant(days.toMs)} AND ${dayStart(time)} <= ${instant(nowMs)}`;
  const units = sql`
    SELECT region, since, any(last_day) AS last_day_of_stock, any(stock) AS opening, any(opening_marks) AS marks_of_stock, unit,
      min(day) AS seen, max(is_demo) AS row_demo, groupUniqArray((toStartOfMonth(day), rc)) AS unit_reports,
      minIf(day, comes != 0) AS came, countIf(comes != 0) > 0 AS has_come, minIf(day, goes != 0) AS went, countIf(goes != 0) > 0 AS has_gone,
      groupArrayIf(day, moves_in != 0) AS in_moves, groupArrayIf(day, moves_out != 0) AS out_moves
    FROM (SELECT *, arrayJoin(${LEVELS_OF_ROW}) AS region FROM (${rows})) AS r
    INNER JOIN (${openingTable(metric.openings)}) AS o ON r.region = o.region
    WHERE day >= since AND day <= last_day
    GROUP BY region, since, unit`;
  const regions = sql`
    SELECT *, arraySort(arrayDistinct(arrayMap(r -> r.1, reports))) AS months, least(through, ${lastKnownDay(sql`since`, sql`months`)}) AS until,
      ${lackingFrom(input)} AS lacking_from, length(arrayDistinct(arrayMap(r -> intDiv(r.2, 100), arrayFilter(r -> r.2 % 10000 != 0, reports)))) AS cities
    FROM (
      SELECT region, since, any(last_day_of_stock) AS through, any(opening) AS stock, any(marks_of_stock) AS marks, min(seen) AS first_day,
        max(row_demo) AS demo, groupUniqArrayArray(unit_reports) AS reports,
        arrayConcat(groupArrayIf(came, has_come), arrayFlatten(groupArray(in_moves))) AS in_days,
        arrayConcat(groupArrayIf(went, has_gone), arrayFlatten(groupArray(out_moves))) AS out_days
      FROM (${units})
      GROUP BY region, since
    )`;
  const within = (list: Fragment) => sql`arrayCount(x -> x <= at_day, ${list})`;
  const running = sql`${dayStart(sql`at_day + 1`)} > ${instant(nowMs)}`;
  const select = sql`
SELECT ${text(metric.code)} AS metric, 'D' AS freq, region, '' AS slice, 'point' AS basis, 'level' AS measure, ${dayOf(sql`at_day`)} AS period,
  ${asValue(sql`stock + toDecimal128(${within(sql`in_days`)}, 10) - toDecimal128(${within(sql`out_days`)}, 10)`)} AS value,
  ${NO_VALUE} AS numerator, ${NO_VALUE} AS denominator,
  toUInt64(greatest(${within(sql`in_days`)} + ${within(sql`out_days`)}, 1)) AS sample_count, if(${running}, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', arrayDistinct(arrayConcat(splitByChar(',', marks), [if(demo, 'demo', ''), if(at_day >= lacking_from OR (region % 10000 = 0 AND cities < ${integer(input.cities.length)}), 'partial', ''), if(${running}, 'running', ''), if(${saidOtherwise(metric.openings)}, 'stock_replaced', '')]))) AS flags,
  ${text(contract.name)} AS source, toUInt32(${integer(metric.version)}) AS definition_version
FROM (${regions})
ARRAY JOIN arrayMap(i -> first_day + i, range(toUInt32(greatest(dateDiff('day', first_day, least(until, toDate(${instant(days.toMs - 1)}))) + 1, 0)))) AS at_day
WHERE at_day >= toDate(${instant(days.fromMs)})`;
  return {
    name: `rows ${contract.name} balance ${metric.code}`,
    metrics: [metric.code],
    complete: [{ metric: metric.code, freq: 'D', basis: 'point', ...days }],
    select,
  };
}

/**
 * Whether another stock was published of the end of the day than the one that was counted up to it: the next day goes on
 * from the published one.
 */
function saidOtherwise(openings: readonly OpeningStock[]): Fragment {
  const regions = param(
    openings.map(({ region }) => region),
    'Array(UInt32)',
  );
  const since = param(
    openings.map(({ endMs }) => dayKey(endMs)),
    'Array(Date)',
  );
  const stocks = param(
    openings.map(({ value }) => value),
    'Array(String)',
  );
  return sql`arrayExists((place, day, said) -> place = region AND day = at_day + 1 AND toDecimal128(said, 10) != value, ${regions}, ${since}, ${stocks})`;
}

/**
 * The last day of the first month that is over and lacks counties of the region, or a whole city of the province: of `months`,
 * by the places with a row in each (`reports`). Without such a month none lacks.
 */
function lackingFrom(input: CompileInput): Fragment {
  const counties = param([...input.counties], 'Array(UInt32)');
  const placesOf = (only: Fragment) =>
    sql`arrayMap(m -> arrayMap(r -> r.2, arrayFilter(r -> r.1 = m AND ${only}, reports)), months)`;
  const ofCounties = placesOf(sql`has(${counties}, r.2)`);
  const citiesOf = (places: Fragment) => sql`arrayDistinct(arrayMap(place -> intDiv(place, 100), ${places}))`;
  const expecting = sql`arrayMap(places -> arrayCount(county -> has(${citiesOf(sql`places`)}, intDiv(county, 100)), ${counties}), ${ofCounties})`;
  const cities = sql`arrayMap(places -> length(${citiesOf(sql`places`)}), ${placesOf(sql`r.2 % 10000 != 0`)})`;
  const lacks = sql`${lackOfCounties(input)} != ${WHOLE} OR (region % 10000 = 0 AND present < ${integer(input.cities.length)})`;
  return sql`arrayMin(arrayPushBack(arrayMap(month -> toLastDayOfMonth(month),
      arrayFilter((month, reporting, expecting, present) -> ${dayStart(sql`addMonths(month, 1)`)} <= ${instant(input.nowMs)} AND (${lacks}),
        months, arrayMap(places -> length(places), ${ofCounties}), ${expecting}, ${cities})), toDate(${text(NO_END)})))`;
}

/** The end of the month before the first whole one without a row since the opening; without such a month there is no end. */
function lastKnownDay(since: Fragment, months: Fragment): Fragment {
  const known = sql`arrayPushFront(${months}, addMonths(toStartOfMonth(${since}), -1))`;
  const gap = sql`arrayFirst((month, next) -> next > addMonths(month, 1), ${known}, arrayPushBack(arrayPopFront(${known}), toDate('1970-01-01')))`;
  return sql`if(${gap} = toDate('1970-01-01'), toDate(${text(NO_END)}), addMonths(${gap}, 1) - 1)`;
}

/** Far enough for the last opening; a Date ends in 2149. */
const NO_END = '2148-12-31';

/** Region, stock, first day it counts for (`since`) and the last one before the next opening takes over. */
function openingTable(openings: readonly OpeningStock[]): Fragment {
  const sorted = [...openings].sort((a, b) => a.region - b.region || a.endMs - b.endMs);
  const lines = sorted.map((one, i) => {
    const next = sorted[i + 1];
    const last = next?.region === one.region ? dayKey(next.endMs - DAY_MS) : NO_END;
    return { ...one, since: dayKey(one.endMs), last };
  });
  const regions = param(
    lines.map(({ region }) => region),
    'Array(UInt32)',
  );
  const since = param(
    lines.map((line) => line.since),
    'Array(Date)',
  );
  const last = param(
    lines.map((line) => line.last),
    'Array(Date)',
  );
  const stocks = param(
    lines.map(({ value }) => value),
    'Array(String)',
  );
  const marks = param(
    lines.map(({ flags }) => flags.join(',')),
    'Array(String)',
  );
  return sql`SELECT o.1 AS region, o.2 AS since, o.3 AS last_day, toDecimal128(o.4, 10) AS stock, o.5 AS opening_marks
      FROM (SELECT arrayJoin(arrayZip(${regions}, ${since}, ${last}, ${stocks}, ${marks})) AS o)`;
}

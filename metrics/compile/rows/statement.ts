import type { Freq } from '@/metrics/model/cell';
import { asValue, NO_VALUE, quotient, VALUE_TYPE } from '../sql/decimal';
import { type Fragment, integer, param, sql, text } from '../sql/fragment';
import { instant, periodEnd, ZONE } from '../sql/time';
import type { CompileInput, CompleteWindow, StatementDraft, Window } from '../types';
import { withCityMeans } from './city-mean';
import {
  coverageSql,
  LACK,
  LACKS,
  lackFlags,
  lacksEarlier,
  MONTHS_ARRIVED,
  monthsExpected,
  WHOLE,
} from './coverage';
import type { RowMetric } from './resolve';
import { dayOf, LEVELS_OF_ROW, type Scan, type StateTable, scanSql, sliceText } from './scan';
import { isShareOfCounted } from './told';

/** A frequency with its own period, or with 本年累计 (`ytd` by month, `Qytd` by quarter). */
export type Grain = 'N' | 'H' | 'D' | 'M' | 'ytd' | 'Q' | 'Qytd' | 'A';

const BASIS_OF: Readonly<Record<Grain, 'period' | 'ytd'>> = {
  N: 'period',
  H: 'period',
  D: 'period',
  M: 'period',
  ytd: 'ytd',
  Q: 'period',
  Qytd: 'ytd',
  A: 'period',
};
const FREQ_OF = { N: 'N', H: 'H', D: 'D', M: 'M', ytd: 'M', Q: 'Q', Qytd: 'Q', A: 'A' } as const;

/** Frequencies of metrics that exist at a grain: none is finer than its metric's own. */
const EXISTS_FOR: Readonly<Record<Grain, readonly Freq[]>> = {
  N: ['N'],
  H: ['N', 'H'],
  D: ['N', 'H', 'D'],
  M: ['N', 'H', 'D', 'M'],
  ytd: ['N', 'H', 'D', 'M'],
  Q: ['N', 'H', 'D', 'M', 'Q'],
  Qytd: ['N', 'H', 'D', 'M', 'Q'],
  A: ['N', 'H', 'D', 'M', 'Q', 'A'],
};

/** Grains a metric exists at; quarters only where they are asked for. */
export function grainsOf(
  { definition: { freq }, byQuarter }: Pick<RowMetric, 'definition' | 'byQuarter'>,
  grains: readonly Grain[],
): Grain[] {
  return grains.filter((grain) => EXISTS_FOR[grain].includes(freq) && (byQuarter || FREQ_OF[grain] !== 'Q'));
}

/**
 * All metrics of one scan, every grain and region level. Slices by hour and day are given for the changed `days` and for
 * cities and above only: further down most of them would be single rows. Minutes have none.
 */
export function rowStatement(
  input: CompileInput,
  scan: Scan,
  grains: readonly Grain[],
  covered: Window,
  days: Window,
): StatementDraft {
  const byCity = scan.metrics.some((metric) => metric.byCity);
  const facts = factsOf(input, scan, grains, days);
  const lack = sql`if(region % 10000 = 0 AND cities < ${integer(input.cities.length)}, ${LACKS}, lack)`;
  const select = sql`
SELECT metric, freq, region, ${sliceText()} AS slice, basis, 'level' AS measure, period, fact AS value,
  top AS numerator, bottom AS denominator, samples AS sample_count, multiIf(isNull(fact), 'missing', running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), ${lackFlags(lack, sql`is_rate`)},
    if(running, 'running', ''), if(isNull(fact), 'div0', ''), mark]) AS flags,
  ${text(input.contract.name)} AS source, version AS definition_version
FROM (${byCity ? withCityMeans(facts) : facts})`;
  return {
    name: `rows ${input.contract.name} ${scan.time} ${grains.join(' ')}`,
    metrics: scan.metrics.map((metric) => metric.code),
    complete: completeWindows(scan.metrics, grains, covered, days),
    select,
  };
}

/**
 * One line a metric, place and period, before coverage and status become flags. A share of nothing is one without a value
 * where rows came: that nothing was due is known, and its parts, 0 of 0, add up to those of longer periods.
 */
function factsOf(input: CompileInput, scan: Scan, grains: readonly Grain[], days: Window): Fragment {
  const isPlacedLater = scan.time !== input.contract.businessTime;
  const begins = sql`if(u.basis = 'ytd', ${dayOf(sql`toStartOfYear(u.period)`)}, u.period)`;
  const isProvinceMean = sql`m.10 AND region % 10000 = 0`;
  // A day without anything due is no lack that anybody would look for.
  const isOfNothing = sql`m.15 AND m.2 IS NULL AND ifNull(m.4 = 0, false) AND dim = '' AND freq IN ('M', 'Q', 'A')`;
  return sql`
  SELECT m.1 AS metric, freq, basis, region, period, dim, dim_value, m.2 AS fact, m.3 AS top, m.4 AS bottom,
    toUInt64(if(m.5 > 0, m.5, greatest(row_count, 1))) AS samples, toUInt32(m.6) AS version, demo, cities, running,
    m.9 AS mark, m.10 AS by_city, if((m.13 AND fewer_months) OR lacks_earlier, ${LACKS}, if(m.12, arrived_lack, ${WHOLE})) AS lack, m.14 AS is_rate
  FROM (
    SELECT u.region AS region, u.freq AS freq, u.basis AS basis, u.period AS period, u.cities AS cities,
      c.dim AS dim, c.dim_value AS dim_value, c.row_count AS row_count,
      if(c.row_count > 0, c.demo, u.demo) AS demo, ${ending(grains)} > ${instant(input.nowMs)} AS running,
      u.placed AS placed, u.arrived_lack AS arrived_lack, u.freq IN ('M', 'Q', 'A') AND u.months < ${monthsExpected(ending(grains), input.nowMs)} AS fewer_months,
      ${isPlacedLater ? lacksEarlier(input, begins) : sql`0`} AS lacks_earlier,
      ${scan.results.map(({ result, isZeroWithoutRows }) => sql`${isZeroWithoutRows ? sql`if(c.row_count > 0, c.${result}, CAST(0 AS ${VALUE_TYPE}))` : sql`c.${result}`} AS ${result}`)}
    FROM (${universe(input, scan, grains)}) AS u
    LEFT JOIN (${cells(scan, grains, days)}) AS c ON u.region = c.region AND u.freq = c.freq AND u.basis = c.basis AND u.period = c.period
  )
  ARRAY JOIN [${scan.metrics.map((metric) => metricTuple(input, scan, metric, grains))}] AS m
  WHERE ((m.2 IS NOT NULL AND placed) OR (${isProvinceMean}) OR (${isOfNothing})) AND (dim = '' OR has(m.7, dim)) AND has(m.8, concat(freq, '/', basis))
    AND NOT (freq = 'M' AND has(m.11, concat(basis, '/', toString(toMonth(period)))))`;
}

function completeWindows(
  metrics: readonly RowMetric[],
  grains: readonly Grain[],
  covered: Window,
  days: Window,
): CompleteWindow[] {
  return metrics.flatMap((metric) =>
    grainsOf(metric, grains).flatMap((grain): CompleteWindow[] => {
      const window = { metric: metric.code, freq: FREQ_OF[grain], basis: BASIS_OF[grain] };
      if (grain === 'H' || grain === 'N') return [{ ...window, ...days }];
      if (grain !== 'D') return [{ ...window, ...covered }];
      // A unit whose last row of the month was moved away has observed no zero on the other days either.
      return [
        { ...window, ...days },
        { ...window, ...covered, unsliced: true },
      ];
    }),
  );
}

/** Region × period that may carry a value, with its coverage. */
function universe(input: CompileInput, scan: Scan, grains: readonly Grain[]): Fragment {
  const month = dayOf(sql`month`);
  const parts: Fragment[] = [];
  for (const fine of grains.filter(isFine))
    parts.push(sql`arrayMap(d -> (${text(fine)}, 'period', ${dayOf(sql`d`)}), days)`);
  if (grains.includes('M')) parts.push(sql`[('M', 'period', ${month})]`);
  if (grains.includes('ytd')) parts.push(sql`[('M', 'ytd', ${month})]`);
  if (grains.includes('Q')) parts.push(sql`[('Q', 'period', ${dayOf(sql`toStartOfQuarter(month)`)})]`);
  if (grains.includes('Qytd')) parts.push(sql`[('Q', 'ytd', ${dayOf(sql`toStartOfQuarter(month)`)})]`);
  if (grains.includes('A')) parts.push(sql`[('A', 'period', ${dayOf(sql`toStartOfYear(month)`)})]`);
  return sql`
    SELECT region, g.1 AS freq, g.2 AS basis, g.3 AS period, max(cities) AS cities, max(region_demo) AS demo, max(is_placed) AS placed,
      ${LACK} AS arrived_lack, ${MONTHS_ARRIVED} AS months
    FROM (${coverageSql(input, scan)})
    ARRAY JOIN arrayConcat(${parts}) AS g
    GROUP BY region, freq, basis, period`;
}

/** Merged states; a slice that was gathered for its day makes no longer period, and only changed days keep slices. */
function cells(scan: Scan, grains: readonly Grain[], days: Window): Fragment {
  const month = sql`toStartOfMonth(day)`;
  const longer: Fragment[] = [];
  if (grains.includes('M')) longer.push(sql`[('M', 'period', ${dayOf(month)})]`);
  if (grains.includes('ytd'))
    longer.push(
      sql`arrayMap(i -> ('M', 'ytd', ${dayOf(sql`addMonths(${month}, i)`)}), range(toUInt32(13 - toMonth(day))))`,
    );
  if (grains.includes('Q')) longer.push(sql`[('Q', 'period', ${dayOf(sql`toStartOfQuarter(day)`)})]`);
  if (grains.includes('Qytd'))
    longer.push(
      sql`arrayMap(i -> ('Q', 'ytd', ${dayOf(sql`addQuarters(toStartOfQuarter(day), i)`)}), range(toUInt32(5 - toQuarter(day))))`,
    );
  if (grains.includes('A')) longer.push(sql`[('A', 'period', ${dayOf(sql`toStartOfYear(day)`)})]`);
  const parts = longer.map((part) => sql`if(only_day, [], ${part})`);
  for (const fine of grains.filter(isFine)) {
    const day = dayOf(sql`day`);
    const changed = sql`${day} >= ${instant(days.fromMs)} AND ${day} < ${instant(days.toMs)}`;
    const sliced = { N: sql`0`, H: sql`region % 100 = 0 AND ${changed}`, D: sql`only_day AND ${changed}` }[
      fine
    ];
    parts.push(sql`if(dim = '' OR (${sliced}), [(${text(fine)}, 'period', ${day})], [])`);
  }
  const merged = scan.results.map(({ result, merged: number }) => sql`${number} AS ${result}`);
  return sql`
    SELECT region, g.1 AS freq, g.2 AS basis, g.3 AS period, dim, dim_value,
      max(day_demo) AS demo, sum(day_rows) AS row_count, ${merged}
    FROM (SELECT * EXCEPT (place, start, demo, row_count), place AS rc, start AS day, demo AS day_demo, row_count AS day_rows FROM (${scanSql(scan)}))
    ARRAY JOIN ${LEVELS_OF_ROW} AS region
    ARRAY JOIN arrayConcat(${parts}) AS g
    GROUP BY region, g, dim, dim_value`;
}

/** (code, value, numerator, denominator, samples, version, slices, freq/basis, extra flag, by city, withheld months, by day, by month, rate, share of counted). */
function metricTuple(input: CompileInput, scan: Scan, metric: RowMetric, grains: readonly Grain[]): Fragment {
  const { value, numerator, denominator } = numbersOf(scan, metric);
  const slices = param(metric.slices.map(({ name }) => name).sort(), 'Array(String)');
  const at = param(
    grainsOf(metric, grains).map((grain) => `${FREQ_OF[grain]}/${BASIS_OF[grain]}`),
    'Array(String)',
  );
  return sql`
    tuple(${text(metric.code)}, ${value}, ${numerator}, ${denominator},
      toUInt64(${scan.resultOf(metric.samples)}), ${integer(metric.version)}, ${slices}, ${at}, ${calendarMark(input, metric)},
      ${integer(metric.byCity ? 1 : 0)}, ${param(metric.withheld, 'Array(String)')},
      ${integer(comesDaily(input, metric) ? 1 : 0)}, ${integer(EXISTS_FOR.M.includes(metric.definition.freq) ? 1 : 0)}, ${isRate(metric)},
      ${integer(isShareOfCounted(metric) ? 1 : 0)})`;
}

/** Whether rows that the metric counts are expected on every day: it has days itself, or others of its dataset have. */
function comesDaily({ fedDaily = false }: CompileInput, { definition: { freq, fn } }: RowMetric): boolean {
  return EXISTS_FOR.D.includes(freq) || (fedDaily && freq === 'M' && fn === undefined);
}

/** Whether it stands on nearly all of its parts: what is no rate lacks each of them. */
export function isRate({ definition: { accumulation } }: RowMetric): Fragment {
  return integer(accumulation === 'rate' ? 1 : 0);
}

/** Flag of values that count working days of a year whose holidays are not known. */
export function calendarMark({ workdays }: CompileInput, { usesWorkdays }: RowMetric): Fragment {
  if (!usesWorkdays) return sql`''`;
  return sql`if(has(${param([...workdays.years], 'Array(UInt32)')}, toUInt32(toYear(period))), '', 'weekday_calendar')`;
}

/** Value in the metric's unit, and what a rollup divides: only a ratio carries its parts. */
export function numbersOf(
  table: StateTable,
  metric: RowMetric,
): { value: Fragment; numerator: Fragment; denominator: Fragment } {
  const numerator = table.resultOf(metric.numerator);
  if (!metric.denominator)
    return { value: scaled(metric, numerator), numerator: NO_VALUE, denominator: NO_VALUE };
  const denominator = table.resultOf(metric.denominator);
  return {
    value: quotient(sql`${numerator} * toDecimal256(${metric.factor}, 10)`, denominator),
    numerator: asValue(numerator),
    denominator: asValue(denominator),
  };
}

function scaled(metric: RowMetric, result: Fragment): Fragment {
  if (metric.definition.factor === 1) return asValue(result);
  return asValue(sql`round(toDecimal256(${result}, 10) * toDecimal256(${metric.factor}, 10), 10)`);
}

function isFine(grain: Grain): grain is 'N' | 'H' | 'D' {
  return grain === 'N' || grain === 'H' || grain === 'D';
}

function ending(grains: readonly Grain[]): Fragment {
  const start = sql`toDateTime(u.period, ${text(ZONE)})`;
  const freqs = [...new Set(grains.map((grain) => FREQ_OF[grain]))];
  const branches = freqs.map((freq) => sql`u.freq = ${text(freq)}, ${periodEnd(freq, start)}`);
  return sql`multiIf(${branches}, ${start})`;
}

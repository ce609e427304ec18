import { asValue, NO_VALUE, quotient } from '../sql/decimal';
import { type Fragment, integer, param, render, sql, text } from '../sql/fragment';
import { instant, periodEnd, ZONE } from '../sql/time';
import type { CompiledStatement, CompileInput, CompleteWindow, Window } from '../types';
import type { RowMetric } from './resolve';
import { arrivalSql, dayOf, LEVELS_OF_ROW, type Scan, scanSql } from './scan';

export type Grain = 'D' | 'M' | 'ytd' | 'A';

const BASIS_OF: Readonly<Record<Grain, 'period' | 'ytd'>> = {
  D: 'period',
  M: 'period',
  ytd: 'ytd',
  A: 'period',
};
const FREQ_OF = { D: 'D', M: 'M', ytd: 'M', A: 'A' } as const;
/** Grains by number inside a statement, from 1, as slices are. */
const GRAINS = ['D', 'M', 'ytd', 'A'] as const satisfies readonly Grain[];
const numberOf = (grain: Grain): Fragment => sql`toUInt8(${integer(GRAINS.indexOf(grain) + 1)})`;
const wordOf = (words: Readonly<Record<Grain, string>>): Fragment =>
  sql`${param(
    GRAINS.map((grain) => words[grain]),
    'Array(String)',
  )}[grain]`;

/** Grains a metric exists at: never finer than its own frequency. */
export function grainsOf(metric: RowMetric, grains: readonly Grain[]): Grain[] {
  const daily = metric.definition.freq === 'D' || metric.definition.freq === 'H';
  return grains.filter((grain) => (grain === 'D' ? daily : true));
}

/**
 * All metrics of one scan, every grain and region level. Slices by day are given for the changed `days` and for cities
 * and above only: further down most of them would be single rows.
 */
export function rowStatement(
  input: CompileInput,
  scan: Scan,
  grains: readonly Grain[],
  covered: Window,
  days: Window,
): CompiledStatement {
  const dims = param(
    scan.slices.map(({ name }) => name),
    'Array(String)',
  );
  const select = sql`
SELECT m.1 AS metric, ${wordOf(FREQ_OF)} AS freq, region, if(dim = 0, '', concat(${dims}[dim], '=', ${encodeSliceValue(sql`dim_value`)})) AS slice,
  ${wordOf(BASIS_OF)} AS basis, 'level' AS measure, period, m.2 AS value, m.3 AS numerator, m.4 AS denominator,
  toUInt64(if(m.5 > 0, m.5, greatest(row_count, 1))) AS sample_count, if(running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), if(region % 10000 = 0 AND cities < ${integer(input.cities.length)}, 'partial', ''),
    if(running, 'running', ''), m.9]) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(m.6) AS definition_version
FROM (
  SELECT u.region AS region, u.grain AS grain, u.period AS period, u.cities AS cities,
    c.dim AS dim, c.dim_value AS dim_value, c.row_count AS row_count,
    if(c.row_count > 0, c.demo, u.demo) AS demo, ${ending()} > ${instant(input.nowMs)} AS running,
    ${scan.states.map(({ result }) => sql`c.${result} AS ${result}`)}
  FROM (${universe(scan, grains)}) AS u
  LEFT JOIN (${cells(scan, grains, days)}) AS c ON u.region = c.region AND u.grain = c.grain AND u.period = c.period
)
ARRAY JOIN [${scan.metrics.map((metric) => metricTuple(input, scan, metric, grains))}] AS m
WHERE m.2 IS NOT NULL AND (dim = 0 OR has(m.7, dim)) AND has(m.8, grain)`;
  return {
    name: `rows ${input.contract.name} ${scan.time} ${grains.join(' ')}`,
    metrics: scan.metrics.map((metric) => metric.code),
    complete: completeWindows(scan.metrics, grains, covered, days),
    select: render(select),
  };
}

function completeWindows(
  metrics: readonly RowMetric[],
  grains: readonly Grain[],
  covered: Window,
  days: Window,
): CompleteWindow[] {
  return metrics.flatMap((metric) =>
    grainsOf(metric, grains).map((grain) => ({
      metric: metric.code,
      freq: FREQ_OF[grain],
      basis: BASIS_OF[grain],
      // Other days of the month are compared (an observed zero may have come up), but only the changed ones are whole.
      ...(grain === 'D' ? days : covered),
    })),
  );
}

/** Region × period that may carry a value, with the coverage by cities. */
function universe(scan: Scan, grains: readonly Grain[]): Fragment {
  const month = dayOf(sql`month`);
  const parts: Fragment[] = [];
  if (grains.includes('D')) parts.push(sql`arrayMap(d -> (${numberOf('D')}, ${dayOf(sql`d`)}), days)`);
  if (grains.includes('M')) parts.push(sql`[(${numberOf('M')}, ${month})]`);
  if (grains.includes('ytd')) parts.push(sql`[(${numberOf('ytd')}, ${month})]`);
  if (grains.includes('A')) parts.push(sql`[(${numberOf('A')}, ${dayOf(sql`toStartOfYear(month)`)})]`);
  return sql`
    SELECT region, g.1 AS grain, g.2 AS period, max(cities) AS cities, max(region_demo) AS demo
    FROM (${arrivalSql(scan)})
    ARRAY JOIN arrayConcat(${parts}) AS g
    GROUP BY region, grain, period`;
}

function cells(scan: Scan, grains: readonly Grain[], days: Window): Fragment {
  const month = sql`toStartOfMonth(day)`;
  const parts: Fragment[] = [];
  if (grains.includes('D')) {
    const day = dayOf(sql`day`);
    const sliced = sql`region % 100 = 0 AND ${day} >= ${instant(days.fromMs)} AND ${day} < ${instant(days.toMs)}`;
    parts.push(sql`if(dim = 0 OR (${sliced}), [(${numberOf('D')}, ${day})], [])`);
  }
  if (grains.includes('M')) parts.push(sql`[(${numberOf('M')}, ${dayOf(month)})]`);
  if (grains.includes('ytd'))
    parts.push(
      sql`arrayMap(i -> (${numberOf('ytd')}, ${dayOf(sql`addMonths(${month}, i)`)}), range(toUInt32(13 - toMonth(day))))`,
    );
  if (grains.includes('A')) parts.push(sql`[(${numberOf('A')}, ${dayOf(sql`toStartOfYear(day)`)})]`);
  const merged = scan.states.map(({ alias, result, state }) => sql`${state.finish(alias)} AS ${result}`);
  return sql`
    SELECT region, g.1 AS grain, g.2 AS period, dim, dim_value,
      max(day_demo) AS demo, sum(day_rows) AS row_count, ${merged}
    FROM (SELECT * EXCEPT (demo, row_count), demo AS day_demo, row_count AS day_rows FROM (${scanSql(scan)}))
    ARRAY JOIN ${LEVELS_OF_ROW} AS region
    ARRAY JOIN arrayConcat(${parts}) AS g
    GROUP BY region, grain, period, dim, dim_value`;
}

/** (code, value, numerator, denominator, samples, version, slices, grains, extra flag). */
function metricTuple(input: CompileInput, scan: Scan, metric: RowMetric, grains: readonly Grain[]): Fragment {
  const numerator = scan.resultOf(metric.numerator);
  const denominator = metric.denominator && scan.resultOf(metric.denominator);
  const value = denominator
    ? quotient(sql`${numerator} * toDecimal256(${metric.factor}, 10)`, denominator)
    : scaled(metric, numerator);
  const own = new Set(metric.slices.map(({ name }) => name));
  const slices = param(
    scan.slices.flatMap(({ name }, i) => (own.has(name) ? [i + 1] : [])),
    'Array(UInt32)',
  );
  const at = param(
    grainsOf(metric, grains).map((grain) => GRAINS.indexOf(grain) + 1),
    'Array(UInt32)',
  );
  const calendar = metric.usesWorkdays
    ? sql`if(has(${param([...input.workdays.years], 'Array(UInt32)')}, toUInt32(toYear(period))), '', 'weekday_calendar')`
    : sql`''`;
  return sql`
    tuple(${text(metric.code)}, ${value}, ${denominator ? asValue(numerator) : NO_VALUE}, ${denominator ? asValue(denominator) : NO_VALUE},
      toUInt64(${scan.resultOf(metric.samples)}), ${integer(metric.version)}, ${slices}, ${at}, ${calendar})`;
}

function scaled(metric: RowMetric, result: Fragment): Fragment {
  if (metric.definition.factor === 1) return asValue(result);
  return asValue(sql`round(toDecimal256(${result}, 10) * toDecimal256(${metric.factor}, 10), 10)`);
}

/** `%`, `;` and `=` are the syntax of a slice (metrics/model/slice.ts). */
function encodeSliceValue(value: Fragment): Fragment {
  return sql`replaceAll(replaceAll(replaceAll(${value}, '%', '%25'), ';', '%3B'), '=', '%3D')`;
}

function ending(): Fragment {
  const start = sql`toDateTime(u.period, ${text(ZONE)})`;
  return sql`multiIf(u.grain = ${numberOf('D')}, ${periodEnd('D', start)}, u.grain = ${numberOf('A')}, ${periodEnd('A', start)}, ${periodEnd('M', start)})`;
}

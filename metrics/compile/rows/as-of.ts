import { asValue } from '../sql/decimal';
import { type Fragment, ident, integer, join, param, render, sql, text } from '../sql/fragment';
import { dayStart, instant, ZONE } from '../sql/time';
import type { CompiledStatement, CompileInput, Window } from '../types';
import type { RowMetric } from './resolve';
import { LEVELS_OF_ROW } from './scan';

/**
 * A stock at the end of each day: every row that had begun by then is looked at, `where` says whether it belongs. A
 * unit with rows before the day's end has an observed zero when none belongs; days are given, because the rows cannot
 * say which days have arrived.
 */
export function asOfStatement(
  input: CompileInput,
  metric: RowMetric,
  days: readonly string[],
  covered: Window,
): CompiledStatement {
  const { contract } = input;
  const slices = metric.slices.map((slice, i) => ({ ...slice, alias: ident(`d${i}`) }));
  const begun = sql`${dayStart(ident(metric.time))} < ${dayStart(sql`as_of_day + 1`)}`;
  const sets = [sql`(region, as_of_day)`, ...slices.map(({ alias }) => sql`(region, as_of_day, ${alias})`)];
  const named = slices.map(({ alias, name }) => sql`grouping(${alias}) = 0, ${text(name)}`);
  const valued = slices.map(({ alias }) => sql`grouping(${alias}) = 0, ${alias}`);
  const pick = (branches: readonly Fragment[]) =>
    branches.length === 0 ? sql`''` : sql`multiIf(${branches}, '')`;
  const values = slices.map(
    ({ alias, value }) => sql`, ifNull(nullIf(toString(${value}), ''), '未知') AS ${alias}`,
  );
  const number = metric.numerator.finish(sql`state`);
  const select = sql`
SELECT ${text(metric.code)} AS metric, 'D' AS freq, region, if(dim = '', '', concat(dim, '=', replaceAll(replaceAll(replaceAll(dim_value, '%', '%25'), ';', '%3B'), '=', '%3D'))) AS slice,
  'point' AS basis, 'level' AS measure, toDateTime(as_of_day, ${text(ZONE)}) AS period, ${asValue(sql`result`)} AS value,
  NULL AS numerator, NULL AS denominator, row_count AS sample_count, if(running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), if(region % 10000 = 0 AND cities < ${integer(input.cities.length)}, 'partial', ''), if(running, 'running', '')]) AS flags,
  ${text(contract.name)} AS source, toUInt32(${integer(metric.version)}) AS definition_version
FROM (
  SELECT region, as_of_day, dim, dim_value, ${number} AS result, sum(day_rows) AS row_count, max(row_demo) AS demo,
    max(row_cities) AS cities, ${dayStart(sql`as_of_day + 1`)} > ${instant(input.nowMs)} AS running
  FROM (
    SELECT region, as_of_day, ${pick(named)} AS dim, ${pick(valued)} AS dim_value, ${metric.numerator.state} AS state,
      count() AS day_rows, max(is_demo) AS row_demo, uniqExactIf(intDiv(rc, 100), rc % 10000 != 0) AS row_cities
    FROM (
      SELECT *, as_of_day, ${ident(contract.regionColumn)} AS rc${join(values, '')} FROM ${ident(contract.name)} FINAL
      ARRAY JOIN ${param(days, 'Array(Date)')} AS as_of_day
      WHERE ${begun}
    )
    ARRAY JOIN ${LEVELS_OF_ROW} AS region
    GROUP BY GROUPING SETS (${sets})
  )
  GROUP BY region, as_of_day, dim, dim_value
)
WHERE dim = '' OR (region % 100 = 0 AND result > 0)`;
  return {
    name: `rows ${contract.name} as of ${metric.code}`,
    metrics: [metric.code],
    complete: [{ metric: metric.code, freq: 'D', basis: 'point', ...covered }],
    select: render(select),
  };
}

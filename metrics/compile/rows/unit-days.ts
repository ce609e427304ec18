import { unitSlices } from '@/metrics/model/judged-unit';
import { type Fragment, integer, join, param, sql, text } from '../sql/fragment';
import { instant, periodEnd } from '../sql/time';
import type { CompileInput, StatementDraft, Window } from '../types';
import { lacksEarlier } from './coverage';
import type { RowMetric } from './resolve';
import { dayOf, placedRows, planScan, type Scan, sliceOfSet, sliceText } from './scan';
import { calendarMark, grainsOf, numbersOf } from './statement';

/**
 * Days of the units that a metric is judged by: one county and one value of one dimension. A narrow pass of its own over
 * the changed days, so that metrics that are judged by regions cost what they did. Beside the statement of the same days,
 * never without it: that one completes the days, slices included.
 */
export function unitStatement(
  input: CompileInput,
  metrics: readonly RowMetric[],
  days: Window,
): StatementDraft | undefined {
  const judged = metrics.flatMap((metric): RowMetric[] => {
    const units = unitSlices(metric.definition);
    const slices = metric.slices.filter(({ name }) => units.has(name));
    return slices.length > 0 && grainsOf(metric, ['D']).length > 0 ? [{ ...metric, slices }] : [];
  });
  const [first] = judged;
  if (!first) return undefined;
  const scan = planScan(input, first.time, days, 'day', judged);
  const lacks = scan.time === input.contract.businessTime ? sql`0` : lacksEarlier(input, sql`period`);
  const select = sql`
SELECT m.1 AS metric, 'D' AS freq, region, ${sliceText()} AS slice, 'period' AS basis, 'level' AS measure, period, m.2 AS value,
  m.3 AS numerator, m.4 AS denominator, toUInt64(if(m.5 > 0, m.5, row_count)) AS sample_count, if(running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), if(${lacks}, 'partial', ''), if(running, 'running', ''), m.7]) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(m.6) AS definition_version
FROM (${unitCells(input, scan)})
ARRAY JOIN [${judged.map((metric) => unitTuple(input, scan, metric))}] AS m
WHERE m.2 IS NOT NULL AND m.8`;
  return {
    name: `units ${input.contract.name} ${scan.time}`,
    metrics: judged.map(({ code }) => code),
    complete: judged.map(({ code }) => ({ metric: code, freq: 'D', basis: 'period', ...days })),
    select,
  };
}

/** Numbers by county, day and one value of a dimension; rows coded above a county are no unit's. */
function unitCells(input: CompileInput, scan: Scan): Fragment {
  const { columns, sets, dim, value } = sliceOfSet(scan.slices);
  const states = scan.states.map(({ alias, state }) => sql`${state} AS ${alias}`);
  const merged = scan.results.map(({ result, merged: number }) => sql`${number} AS ${result}`);
  const period = dayOf(sql`day`);
  return sql`
  SELECT toUInt32(rc) AS region, ${period} AS period, ${periodEnd('D', period)} > ${instant(input.nowMs)} AS running, dim, dim_value,
    max(day_demo) AS demo, sum(day_rows) AS row_count, ${merged}
  FROM (
    SELECT rc, gathered AS day, ${dim} AS dim, ${value} AS dim_value, max(row_demo) AS day_demo, count() AS day_rows, ${states}
    FROM (${placedRows(scan, join(columns, ''))})
    WHERE rc % 100 != 0
    GROUP BY GROUPING SETS (${sets.map((set) => sql`(rc, gathered${set})`)})
  )
  GROUP BY rc, day, dim, dim_value`;
}

/** (code, value, numerator, denominator, samples, version, extra flag, judged). */
function unitTuple(input: CompileInput, scan: Scan, metric: RowMetric): Fragment {
  const { value, numerator, denominator } = numbersOf(scan, metric);
  const units = [...unitSlices(metric.definition)].filter(([name]) =>
    metric.slices.some((slice) => slice.name === name),
  );
  const judged = units.map(([name, values]) =>
    values === null
      ? sql`dim = ${text(name)}, 1`
      : sql`dim = ${text(name)}, has(${param([...values], 'Array(String)')}, dim_value)`,
  );
  return sql`
    tuple(${text(metric.code)}, ${value}, ${numerator}, ${denominator}, toUInt64(${scan.resultOf(metric.samples)}),
      ${integer(metric.version)}, ${calendarMark(input, metric)}, multiIf(${judged}, 0))`;
}

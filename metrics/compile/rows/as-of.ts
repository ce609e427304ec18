import type { Freq } from '@/metrics/model/cell';
import { dayKey } from '@/metrics/time/calendar';
import { nextPeriod, periodRange, periodStart } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';
import { ident, integer, join, param, sql, text } from '../sql/fragment';
import { dayStart, instant, periodEnd } from '../sql/time';
import type { CompileInput, StatementDraft, Window } from '../types';
import { widen } from '../windows';
import type { RowMetric } from './resolve';
import { dayOf, LEVELS_OF_ROW, sliceOfSet, sliceText, stateTable } from './scan';
import { numbersOf } from './statement';

/** The finest frequency at which a stock is counted from rows: its own, and nothing finer than a day. */
export function stockFreq({ definition: { freq } }: RowMetric): 'D' | 'M' | 'A' {
  return freq === 'M' || freq === 'A' ? freq : 'D';
}

/**
 * Stocks at the end of each day, all metrics in one pass: every row that had begun by then is looked at, `where` says
 * whether it belongs. A unit with rows before the day's end has an observed zero when none belongs; days are given,
 * because the rows cannot say which days have arrived. A monthly or yearly stock is counted on the last day at hand, and
 * is `partial` when a period is over but its last day has not arrived.
 */
export function asOfStatement(
  input: CompileInput,
  metrics: readonly RowMetric[],
  window: Window,
): StatementDraft | undefined {
  const { contract } = input;
  const days = new Map(metrics.map((metric) => [metric.code, daysOf(stockFreq(metric), window)]));
  const all = [...new Set([...days.values()].flat())].sort();
  if (all.length === 0) return undefined;
  const time = ident(contract.businessTime);
  const table = stateTable(metrics);
  const { columns, sets, dim, value } = sliceOfSet(table.slices);
  const placed = sql`(region, as_of_day)`;
  const states = table.states.map(({ alias, state }) => sql`${state} AS ${alias}`);
  const merged = table.results.map(({ result, merged: number }) => sql`${number} AS ${result}`);
  const tuples = metrics.map((metric) => {
    const numbers = numbersOf(table, metric);
    const freq = stockFreq(metric);
    const start = { D: sql`as_of_day`, M: sql`toStartOfMonth(as_of_day)`, A: sql`toStartOfYear(as_of_day)` }[
      freq
    ];
    const end = periodEnd(freq, dayOf(start));
    return sql`
  tuple(${text(metric.code)}, ${numbers.value}, ${numbers.numerator}, ${numbers.denominator}, ${integer(metric.version)},
    ${param(metric.slices.map(({ name }) => name).sort(), 'Array(String)')}, ${text(freq)}, ${dayOf(start)},
    ${end} > ${instant(input.nowMs)}, ${param(days.get(metric.code) ?? [], 'Array(Date)')}, ${table.resultOf(metric.numerator)} > 0,
    ${end} <= ${instant(input.nowMs)} AND ${dayStart(sql`as_of_day + 1`)} < ${end})`;
  });
  const select = sql`
SELECT m.1 AS metric, m.7 AS freq, region, ${sliceText()} AS slice,
  'point' AS basis, 'level' AS measure, m.8 AS period, m.2 AS value,
  m.3 AS numerator, m.4 AS denominator, row_count AS sample_count, if(m.9, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), if(m.12 OR (region % 10000 = 0 AND cities < ${integer(input.cities.length)}), 'partial', ''), if(m.9, 'running', '')]) AS flags,
  ${text(contract.name)} AS source, toUInt32(m.5) AS definition_version
FROM (
  SELECT region, as_of_day, dim, dim_value, ${merged}, sum(day_rows) AS row_count, max(row_demo) AS demo,
    max(row_cities) AS cities
  FROM (
    SELECT region, as_of_day, ${dim} AS dim, ${value} AS dim_value, ${states},
      count() AS day_rows, max(is_demo) AS row_demo, uniqExactIf(intDiv(rc, 100), rc % 10000 != 0) AS row_cities
    FROM (
      SELECT *, as_of_day, ${time} AS placed_at, ${ident(contract.regionColumn)} AS rc${join(columns, '')} FROM ${ident(contract.name)} FINAL
      ARRAY JOIN ${param(all, 'Array(Date)')} AS as_of_day
      WHERE ${dayStart(time)} < ${dayStart(sql`as_of_day + 1`)}
    )
    ARRAY JOIN ${LEVELS_OF_ROW} AS region
    GROUP BY GROUPING SETS (${[placed, ...sets.map((set) => sql`(region, as_of_day${set})`)]})
  )
  GROUP BY region, as_of_day, dim, dim_value
)
ARRAY JOIN [${tuples}] AS m
WHERE has(m.10, as_of_day) AND m.2 IS NOT NULL AND (dim = '' OR (has(m.6, dim) AND region % 100 = 0 AND m.11))`;
  return {
    name: `rows ${contract.name} as of`,
    metrics: metrics.map(({ code }) => code),
    complete: metrics.map((metric) => {
      const freq = stockFreq(metric);
      return { metric: metric.code, freq, basis: 'point', ...widen(freq, window) };
    }),
    select,
  };
}

/** Days on which a stock of the frequency is counted: each one, or the last at hand of each month or year. */
function daysOf(freq: Freq, window: Window): string[] {
  const days = widen('D', window);
  if (freq === 'D') return periodRange('D', days.fromMs, days.toMs).map((ms) => dayKey(ms));
  const starts = periodRange(freq, periodStart(freq, days.fromMs), days.toMs);
  return starts.map((ms) => dayKey(Math.min(nextPeriod(freq, ms), days.toMs) - DAY_MS / 2));
}

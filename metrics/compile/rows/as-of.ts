import { dayKey } from '@/metrics/time/calendar';
import { addPeriods, nextPeriod, periodRange, periodStart } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';
import { ident, integer, join, param, sql, text } from '../sql/fragment';
import { dayStart, instant, periodEnd } from '../sql/time';
import type { CompileInput, StatementDraft, Window } from '../types';
import { widen } from '../windows';
import {
  expectedCounties,
  LACKS,
  lackFlags,
  lackOfCounties,
  lacksEarlier,
  reportingCounties,
  WHOLE,
} from './coverage';
import type { RowMetric } from './resolve';
import { datasetRows } from './row-table';
import { dayOf, LEVELS_OF_ROW, sliceOfSet, sliceText, stateTable } from './scan';
import { isRate, numbersOf } from './statement';
import { isShareOfCounted } from './told';

/** The finest frequency at which a stock is counted from rows: its own, and nothing finer than a day. */
export function stockFreq({ definition: { freq } }: RowMetric): 'D' | 'M' | 'Q' | 'A' {
  return freq === 'H' || freq === 'N' ? 'D' : freq;
}

/** The school year begins on 1 September: its stock is that of the end of 31 August (学年初). */
const SCHOOL_YEAR_MONTH = 9;

const isSchoolYear = ({ definition }: RowMetric): boolean => definition.period_rule === 'SY';

/**
 * Stocks at the end of each day, all metrics in one pass: every row that had begun by then is looked at, `where` says
 * whether it belongs. A unit with rows before the day's end has an observed zero when none belongs, and no share of nothing; days are given,
 * because the rows cannot say which days have arrived. A monthly or yearly stock is counted on the last day at hand, and
 * is `partial` when a period is over but its last day has not arrived. So is every stock of a day before what was open
 * ahead of the first row is settled, and one of a region some of whose counties never had a row by then: one that had is
 * known to have nothing open.
 */
export function asOfStatement(
  input: CompileInput,
  metrics: readonly RowMetric[],
  window: Window,
): StatementDraft | undefined {
  const { contract } = input;
  const days = new Map(metrics.map((metric) => [metric.code, daysOf(metric, window)]));
  const all = [...new Set([...days.values()].flat())].sort();
  if (all.length === 0) return undefined;
  const time = ident(contract.businessTime);
  const rows = metrics[0]?.table ?? datasetRows(contract);
  const table = stateTable(metrics);
  const { columns, sets, dim, value } = sliceOfSet(table.slices);
  const placed = sql`(region, as_of_day)`;
  const states = table.states.map(({ alias, state }) => sql`${state} AS ${alias}`);
  const merged = table.results.map(({ result, merged: number }) => sql`${number} AS ${result}`);
  const tuples = metrics.map((metric) => {
    const numbers = numbersOf(table, metric);
    const freq = stockFreq(metric);
    const start = {
      D: sql`as_of_day`,
      M: sql`toStartOfMonth(as_of_day)`,
      Q: sql`toStartOfQuarter(as_of_day)`,
      A: sql`toStartOfYear(as_of_day)`,
    }[freq];
    const end = isSchoolYear(metric) ? dayStart(sql`as_of_day + 1`) : periodEnd(freq, dayOf(start));
    return sql`
  tuple(${text(metric.code)}, ${numbers.value}, ${numbers.numerator}, ${numbers.denominator}, ${integer(metric.version)},
    ${param(metric.slices.map(({ name }) => name).sort(), 'Array(String)')}, ${text(freq)}, ${dayOf(start)},
    ${end} > ${instant(input.nowMs)}, ${param(days.get(metric.code) ?? [], 'Array(Date)')}, ${table.resultOf(metric.denominator ?? metric.numerator)} > 0,
    ${end} <= ${instant(input.nowMs)} AND ${dayStart(sql`as_of_day + 1`)} < ${end}, ${isRate(metric)},
    ${integer(isShareOfCounted(metric) && freq !== 'D' ? 1 : 0)})`;
  });
  const cutsShort = sql`m.12 OR ${lacksEarlier(input, dayStart(sql`as_of_day`))} OR (region % 10000 = 0 AND cities < ${integer(input.cities.length)})`;
  const lack = sql`if(${cutsShort}, ${LACKS}, if(dim = '', ${lackOfCounties(input)}, ${WHOLE}))`;
  const select = sql`
SELECT m.1 AS metric, m.7 AS freq, region, ${sliceText()} AS slice,
  'point' AS basis, 'level' AS measure, m.8 AS period, m.2 AS value,
  m.3 AS numerator, m.4 AS denominator, row_count AS sample_count, multiIf(isNull(m.2), 'missing', m.9, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), ${lackFlags(lack, sql`m.13`)}, if(m.9, 'running', ''), if(isNull(m.2), 'div0', '')]) AS flags,
  ${text(contract.name)} AS source, toUInt32(m.5) AS definition_version
FROM (
  SELECT region, as_of_day, dim, dim_value, ${merged}, sum(day_rows) AS row_count, max(row_demo) AS demo,
    max(row_cities) AS cities, max(row_counties) AS reporting, max(row_expected) AS expecting
  FROM (
    SELECT region, as_of_day, ${dim} AS dim, ${value} AS dim_value, ${states},
      count() AS day_rows, max(is_demo) AS row_demo, uniqExactIf(intDiv(rc, 100), rc % 10000 != 0) AS row_cities,
      ${reportingCounties(input)} AS row_counties, ${expectedCounties(input)} AS row_expected
    FROM (
      SELECT *, as_of_day, ${time} AS placed_at, ${ident(contract.regionColumn)} AS rc${join(columns, '')} FROM ${rows.from()}
      ARRAY JOIN ${param(all, 'Array(Date)')} AS as_of_day
      WHERE ${dayStart(time)} < ${dayStart(sql`as_of_day + 1`)}
    )
    ARRAY JOIN ${LEVELS_OF_ROW} AS region
    GROUP BY GROUPING SETS (${[placed, ...sets.map((set) => sql`(region, as_of_day${set})`)]})
  )
  GROUP BY region, as_of_day, dim, dim_value
)
ARRAY JOIN [${tuples}] AS m
WHERE has(m.10, as_of_day) AND (m.2 IS NOT NULL OR (m.14 AND dim = '' AND ifNull(m.4 = 0, false))) AND (dim = '' OR (has(m.6, dim) AND region % 100 = 0 AND m.11))`;
  return {
    name: `rows ${contract.name} as of`,
    metrics: metrics.map(({ code }) => code),
    complete: metrics.flatMap((metric) => {
      const freq = stockFreq(metric);
      const at = { metric: metric.code, freq, basis: 'point' };
      if (!isSchoolYear(metric)) return [{ ...at, ...widen(freq, window) }];
      // A year whose beginning of school lies outside was not counted.
      return schoolYears(window).map((ms) => ({ ...at, fromMs: ms, toMs: nextPeriod('A', ms) }));
    }),
    select,
  };
}

/** Days on which a stock is counted: each one, the last at hand of each month, quarter or year, or the last before school. */
function daysOf(metric: RowMetric, window: Window): string[] {
  const freq = stockFreq(metric);
  const days = widen('D', window);
  if (isSchoolYear(metric))
    return schoolYears(window).map((ms) => dayKey(beginningOfSchool(ms) - DAY_MS / 2));
  if (freq === 'D') return periodRange('D', days.fromMs, days.toMs).map((ms) => dayKey(ms));
  const starts = periodRange(freq, periodStart(freq, days.fromMs), days.toMs);
  return starts.map((ms) => dayKey(Math.min(nextPeriod(freq, ms), days.toMs) - DAY_MS / 2));
}

/** Years, by their first instant, in which school begins on a day at hand. */
function schoolYears(window: Window): number[] {
  const days = widen('D', window);
  return periodRange('A', days.fromMs, days.toMs).filter((ms) => {
    const beginsMs = beginningOfSchool(ms);
    return beginsMs > days.fromMs && beginsMs <= days.toMs;
  });
}

const beginningOfSchool = (yearMs: number): number => addPeriods('M', yearMs, SCHOOL_YEAR_MONTH - 1);

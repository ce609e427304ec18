import type { RowMetric } from '../rows/resolve';
import { asValue, NO_VALUE, quotient } from '../sql/decimal';
import { type Fragment, integer, param, sql, text } from '../sql/fragment';
import { instant, periodEnd, ZONE } from '../sql/time';
import type { CompileInput, StatementDraft, Window } from '../types';
import { newestCells } from './source';

/**
 * 本年累计 by month and the year, out of the months: only for metrics whose parts add up. A month that is missing
 * makes the sum `partial`, never smaller in silence.
 */
export function accumulateStatement(
  input: CompileInput,
  metrics: readonly RowMetric[],
  years: Window,
): StatementDraft {
  const codes = metrics.map((metric) => metric.code);
  const months = newestCells({
    metrics: codes,
    freq: 'M',
    bases: ['period'],
    window: years,
    source: input.contract.name,
  });
  const at = (over: Fragment) => sql`sum(value) OVER ${over} AS total, sum(numerator) OVER ${over} AS top,
    sum(denominator) OVER ${over} AS bottom, sum(samples) OVER ${over} AS counted, count() OVER ${over} AS months,
    max(has(cell_flags, 'demo')) OVER ${over} AS demo, max(has(cell_flags, 'partial')) OVER ${over} AS incomplete,
    max(has(cell_flags, 'weekday_calendar')) OVER ${over} AS weekdays`;
  const year = sql`toStartOfYear(toDate(period))`;
  const month = sql`toDateTime(period, ${text(ZONE)})`;
  const yearStart = sql`toDateTime(${year}, ${text(ZONE)})`;
  const select = sql`
SELECT metric, g.1 AS freq, region, '' AS slice, g.2 AS basis, 'level' AS measure, g.3 AS period,
  ${ratioOrTotal(metrics)} AS value, ${asValue(sql`top`)} AS numerator, ${asValue(sql`bottom`)} AS denominator,
  toUInt64(counted) AS sample_count, if(running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), if(incomplete OR months < expected, 'partial', ''),
    if(running, 'running', ''), if(weekdays, 'weekday_calendar', '')]) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(${versions(metrics)}) AS definition_version
FROM (
  SELECT metric, region, ('M', 'ytd', ${month}) AS g, total, top, bottom, counted, months, demo, incomplete, weekdays,
    toMonth(period) AS expected, ${periodEnd('M', month)} > ${instant(input.nowMs)} AS running
  FROM (SELECT *, ${at(sql`(PARTITION BY metric, region, ${year} ORDER BY period)`)} FROM (${months}))
  UNION ALL
  SELECT metric, region, ('A', 'period', ${yearStart}) AS g, total, top, bottom, counted, months, demo, incomplete, weekdays,
    if(running, toMonth(${instant(input.nowMs)}), 12) AS expected, ${periodEnd('A', yearStart)} > ${instant(input.nowMs)} AS running
  FROM (
    SELECT *, ${at(sql`(PARTITION BY metric, region, ${year})`)},
      row_number() OVER (PARTITION BY metric, region, ${year} ORDER BY period) AS place
    FROM (${months})
  )
  WHERE place = 1
)`;
  return {
    name: `cells ${input.contract.name} accumulate`,
    metrics: codes,
    complete: codes.flatMap((metric) => [
      { metric, freq: 'M' as const, basis: 'ytd', ...years },
      { metric, freq: 'A' as const, basis: 'period', ...years },
    ]),
    select,
  };
}

function ratioOrTotal(metrics: readonly RowMetric[]): Fragment {
  const ratios = metrics.filter((metric) => metric.denominator !== undefined);
  if (ratios.length === 0) return asValue(sql`total`);
  const branches = ratios.map(
    (metric) =>
      sql`metric = ${text(metric.code)}, ${quotient(sql`top * toDecimal256(${metric.factor}, 10)`, sql`bottom`)}`,
  );
  return sql`multiIf(${branches}, ${asValue(sql`total`)})`;
}

/** The last day (or month) at hand of each month and year: how a stock is seen at the coarser frequencies. */
export function pointStatement(
  input: CompileInput,
  metrics: readonly { code: string; version: number }[],
  years: Window,
  from: 'D' | 'M' = 'D',
): StatementDraft {
  const codes = metrics.map((metric) => metric.code);
  const days = newestCells({
    metrics: codes,
    freq: from,
    bases: ['point'],
    window: years,
    source: input.contract.name,
  });
  const month = sql`toDateTime(toStartOfMonth(toDate(period)), ${text(ZONE)})`;
  const year = sql`toDateTime(toStartOfYear(toDate(period)), ${text(ZONE)})`;
  const select = sql`
SELECT metric, g.1 AS freq, region, '' AS slice, 'point' AS basis, 'level' AS measure, g.2 AS period, last.1 AS value,
  ${NO_VALUE} AS numerator, ${NO_VALUE} AS denominator, last.2 AS sample_count, if(running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != 'running' OR running, arrayConcat(last.3, if(running AND NOT has(last.3, 'running'), ['running'], []))) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(${versions(metrics)}) AS definition_version
FROM (
  SELECT metric, region, g, argMax((value, samples, CAST(cell_flags AS Array(String))), period) AS last,
    if(g.1 = 'M', ${periodEnd('M', sql`g.2`)}, ${periodEnd('A', sql`g.2`)}) > ${instant(input.nowMs)} AS running
  FROM (${days})
  ARRAY JOIN ${from === 'D' ? sql`[('M', ${month}), ('A', ${year})]` : sql`[('A', ${year})]`} AS g
  GROUP BY metric, region, g
)`;
  return {
    name: `cells ${input.contract.name} point ${from}`,
    metrics: codes,
    complete: codes.flatMap((metric) => [
      ...(from === 'D' ? [{ metric, freq: 'M' as const, basis: 'point', ...years }] : []),
      { metric, freq: 'A' as const, basis: 'point', ...years },
    ]),
    select,
  };
}

export function versions(metrics: readonly { code: string; version: number }[]): Fragment {
  const codes = param(
    metrics.map(({ code }) => code),
    'Array(String)',
  );
  return sql`[${metrics.map(({ version }) => integer(version))}][indexOf(${codes}, metric)]`;
}

import { INHERITED_FLAGS } from '@/metrics/model/inherited-flags';
import type { RowMetric } from '../rows/resolve';
import { asValue, quotient } from '../sql/decimal';
import { type Fragment, integer, join, param, sql, text } from '../sql/fragment';
import { instant, periodEnd, ZONE } from '../sql/time';
import type { CompileInput, StatementDraft, Window } from '../types';
import { wants } from '../wants';
import { newestCells } from './source';

/** What is said of a month and as true of the sum; whether that is still running is its own affair. */
const CARRIED = INHERITED_FLAGS.filter((flag) => flag !== 'running');

/** A sum lacks little only while each of its months does, and all of them are there. */
const MARKS = sql`arrayFilter(f -> f != 'nearly_whole' OR NOT (any_lacks OR months < expected), marks)`;

/** What summing up needs to know of a metric: only a ratio has a denominator, and a factor of its own. */
type Summed = Pick<RowMetric, 'code' | 'version' | 'byQuarter'> &
  Partial<Pick<RowMetric, 'denominator' | 'factor'>>;

/**
 * 本年累计 by month, the year, and the quarters that are asked for, out of the months: only for metrics whose parts add
 * up. A month that its publisher gives counts as published (calculus.md §5). One that is missing makes the sum `partial`,
 * never smaller in silence; one in which nothing was due is not missing and changes no share.
 */
export function accumulateStatement(
  input: CompileInput,
  metrics: readonly Summed[],
  years: Window,
): StatementDraft | undefined {
  const stretches: Stretch[] = [
    ...(wants(input, 'A') ? [MONTH_YTD, YEAR] : []),
    ...(wants(input, 'Q') ? [QUARTER, QUARTER_YTD] : []),
  ];
  const asked = stretches.filter(({ freq }) => metrics.some((metric) => freq !== 'Q' || metric.byQuarter));
  const served = metrics.filter((metric) => asked.some(({ freq }) => freq !== 'Q' || metric.byQuarter));
  if (served.length === 0) return undefined;
  const codes = served.map((metric) => metric.code);
  const quarterly = served.filter(({ byQuarter }) => byQuarter).map(({ code }) => code);
  const months = newestCells({
    metrics: codes,
    freq: 'M',
    bases: ['period'],
    window: years,
    source: input.contract.name,
    alsoPublished: true,
    withoutValue: 'ofNothing',
  });
  const ratios = served.filter((metric) => metric.denominator !== undefined).map(({ code }) => code);
  const select = sql`
SELECT metric, g.1 AS freq, region, '' AS slice, g.2 AS basis, 'level' AS measure, g.3 AS period,
  ${ratioOrTotal(served)} AS value, ${asValue(sql`top`)} AS numerator, ${asValue(sql`bottom`)} AS denominator,
  toUInt64(counted) AS sample_count, multiIf(isNull(value), 'missing', running, 'prelim', 'final') AS status,
  arrayDistinct(arrayConcat(${MARKS}, if(months < expected, ['partial'], []), if(running, ['running'], []), if(isNull(value), ['div0'], []))) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(${versions(served)}) AS definition_version
FROM (
  ${join(
    asked.map((stretch) => {
      const of = stretch.freq === 'Q' ? quarterly : codes;
      return stretchOf(
        input,
        stretch,
        // A share that was published without its parts cannot be added to others.
        sql`SELECT * FROM (${months}) WHERE metric IN (${param(of, 'Array(String)')}) AND (isNotNull(denominator) OR NOT has(${param(ratios, 'Array(String)')}, metric))`,
      );
    }),
    '\n  UNION ALL ',
  )}
)`;
  return {
    name: `cells ${input.contract.name} accumulate`,
    metrics: codes,
    complete: asked.flatMap(({ freq, basis }) =>
      (freq === 'Q' ? quarterly : codes).map((metric) => ({ metric, freq, basis, ...years })),
    ),
    select,
  };
}

/** A stretch of months that one cell sums up. */
interface Stretch {
  freq: 'M' | 'Q' | 'A';
  basis: 'period' | 'ytd';
  /** Period of the cell that a month belongs to, as a date. */
  start: Fragment;
  /** What separates the sums from each other: the year, or the period itself. */
  within: Fragment;
  /** Months of the stretch before `within` is over. */
  monthsBefore: Fragment;
  /** Months in a period of the frequency. */
  length: number;
}

const MONTH = sql`toStartOfMonth(toDate(period))`;
const YEAR_START = sql`toStartOfYear(toDate(period))`;
const QUARTER_START = sql`toStartOfQuarter(toDate(period))`;
const MONTH_YTD: Stretch = {
  freq: 'M',
  basis: 'ytd',
  start: MONTH,
  within: YEAR_START,
  monthsBefore: sql`toMonth(at) - 1`,
  length: 1,
};
const QUARTER: Stretch = {
  freq: 'Q',
  basis: 'period',
  start: QUARTER_START,
  within: QUARTER_START,
  monthsBefore: sql`0`,
  length: 3,
};
const QUARTER_YTD: Stretch = {
  ...QUARTER,
  basis: 'ytd',
  within: YEAR_START,
  monthsBefore: sql`toMonth(at) - 1`,
};
const YEAR: Stretch = {
  freq: 'A',
  basis: 'period',
  start: YEAR_START,
  within: YEAR_START,
  monthsBefore: sql`0`,
  length: 12,
};

/** Sums up to the end of each period; of a running one only the months that have begun are expected. */
function stretchOf(input: CompileInput, stretch: Stretch, months: Fragment): Fragment {
  const { freq, basis, start, within, monthsBefore, length } = stretch;
  const now = instant(input.nowMs);
  const over = sql`(PARTITION BY metric, region, ${within} ORDER BY ${start} RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
  return sql`
  SELECT metric, region, (${text(freq)}, ${text(basis)}, at) AS g, total, top, bottom, counted, months, marks, any_lacks,
    toUInt64(${monthsBefore} + if(running, dateDiff('month', at, ${now}) + 1, ${integer(length)})) AS expected, running
  FROM (
    SELECT metric, region, toDateTime(${start}, ${text(ZONE)}) AS at, ${periodEnd(freq, sql`at`)} > ${now} AS running,
      row_number() OVER (PARTITION BY metric, region, ${start} ORDER BY period) AS place,
      sum(value) OVER ${over} AS total, sum(numerator) OVER ${over} AS top, sum(denominator) OVER ${over} AS bottom,
      sum(samples) OVER ${over} AS counted, count() OVER ${over} AS months,
      max(has(cell_flags, 'partial') AND NOT has(cell_flags, 'nearly_whole')) OVER ${over} AS any_lacks,
      arrayFilter(f -> has(${param([...CARRIED], 'Array(String)')}, f), arraySort(groupUniqArrayArray(cell_flags) OVER ${over})) AS marks
    FROM (${months})
  )
  WHERE place = 1`;
}

function ratioOrTotal(metrics: readonly Summed[]): Fragment {
  const ratios = metrics.filter((metric) => metric.denominator !== undefined);
  if (ratios.length === 0) return asValue(sql`total`);
  const branches = ratios.map(
    ({ code, factor = sql`1` }) =>
      sql`metric = ${text(code)}, ${quotient(sql`top * toDecimal256(${factor}, 10)`, sql`bottom`)}`,
  );
  return sql`multiIf(${branches}, ${asValue(sql`total`)})`;
}

/** Frequencies that are seen by the last cell of a finer one. */
const COARSER = { D: ['M', 'Q', 'A'], M: ['Q', 'A'], Q: ['A'] } as const;

/**
 * The last day (month, quarter) at hand of each longer period, as published where its publisher gives it: how a stock is
 * seen at the coarser frequencies, quarters where they are asked for.
 */
export function pointStatement(
  input: CompileInput,
  metrics: readonly { code: string; version: number; byQuarter: boolean }[],
  years: Window,
  from: 'D' | 'M' | 'Q' = 'D',
): StatementDraft | undefined {
  const isAsked = (freq: 'M' | 'Q' | 'A') => wants(input, freq === 'Q' ? 'Q' : 'A');
  const pairs = COARSER[from]
    .filter(isAsked)
    .flatMap((freq) =>
      metrics.filter(({ byQuarter }) => freq !== 'Q' || byQuarter).map(({ code }) => ({ code, freq })),
    );
  if (pairs.length === 0) return undefined;
  const served = metrics.filter(({ code }) => pairs.some((pair) => pair.code === code));
  const codes = served.map((metric) => metric.code);
  const cells = newestCells({
    metrics: codes,
    freq: from,
    bases: ['point'],
    window: years,
    source: input.contract.name,
    alsoPublished: true,
  });
  const starts = { M: MONTH, Q: QUARTER_START, A: YEAR_START };
  const freqs = [...new Set(pairs.map(({ freq }) => freq))];
  const parts = freqs.map((freq) => {
    const of = param(
      pairs.filter((pair) => pair.freq === freq).map(({ code }) => code),
      'Array(String)',
    );
    return sql`if(has(${of}, metric), [(${text(freq)}, toDateTime(${starts[freq]}, ${text(ZONE)}))], [])`;
  });
  const ends = freqs.map((freq) => sql`g.1 = ${text(freq)}, ${periodEnd(freq, sql`g.2`)}`);
  const select = sql`
SELECT metric, g.1 AS freq, region, '' AS slice, 'point' AS basis, 'level' AS measure, g.2 AS period, last.1 AS value,
  last.4 AS numerator, last.5 AS denominator, last.2 AS sample_count, if(running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != 'running' OR running, arrayConcat(last.3, if(running AND NOT has(last.3, 'running'), ['running'], []))) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(${versions(served)}) AS definition_version
FROM (
  SELECT metric, region, g, argMax((value, samples, CAST(cell_flags AS Array(String)), numerator, denominator), period) AS last,
    multiIf(${ends}, g.2) > ${instant(input.nowMs)} AS running
  FROM (${cells})
  ARRAY JOIN arrayConcat(${parts}) AS g
  GROUP BY metric, region, g
)`;
  return {
    name: `cells ${input.contract.name} point ${from}`,
    metrics: codes,
    complete: pairs.map(({ code, freq }) => ({ metric: code, freq, basis: 'point', ...years })),
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

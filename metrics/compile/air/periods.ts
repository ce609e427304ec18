import type { Freq } from '@/metrics/model/cell';
import { newestCells } from '../cells/source';
import { asValue, halfEven, NO_VALUE, quotient } from '../sql/decimal';
import { type Fragment, ident, integer, join, sql, text } from '../sql/fragment';
import { percentile } from '../sql/percentile';
import { instant, periodEnd, ZONE } from '../sql/time';
import type { CompileInput, CompleteWindow, StatementDraft, Window } from '../types';
import { byEdition, POLLUTANTS, type Pollutant, unitsPerMeasure } from './aqi';
import type { AirMetric, AirPeriodMetric } from './resolve';

type Daily = AirMetric & { kind: 'mean' | 'mda8' | 'day_count' };

interface Column {
  code: string;
  version: number;
  /** Value of one unit over the period, from the arrays of its days. */
  value: Fragment;
  alias: Fragment;
  days: Fragment;
  /** Basis of the period's own value; its 累计 is `ytd`. */
  basis: 'mean' | 'period';
  isCount: boolean;
  /** Condition on a unit's value to be one of those that make the province. */
  counts: Fragment;
}

/**
 * Months, years and 本年累计 of the air, out of finished daily cells: means need their number of valid days, percentiles
 * are of daily values (HJ 663), the composite index of the rounded period values. The province is the equal mean of its
 * cities in every case, the composite index included (T46).
 */
export function airPeriodStatement(
  input: CompileInput,
  base: readonly AirMetric[],
  periods: readonly AirPeriodMetric[],
  years: Window,
): StatementDraft {
  const daily = base.filter((metric): metric is Daily => metric.kind !== 'aqi');
  const columns = columnsOf(input, daily, periods);
  const cells = newestCells({
    metrics: daily.map((metric) => metric.code),
    freq: 'D',
    bases: ['mean', 'period'],
    window: years,
    source: input.contract.name,
  });
  const arrays = daily.flatMap((metric, i) => [
    sql`groupArrayIf(assumeNotNull(value), metric = ${text(metric.code)}) AS ${ident(`a${i}`)}`,
  ]);
  const month = sql`toStartOfMonth(toDate(period))`;
  const grains = sql`arrayConcat(
    [('M', 'own', toDateTime(${month}, ${text(ZONE)})), ('A', 'own', toDateTime(toStartOfYear(toDate(period)), ${text(ZONE)}))],
    arrayMap(i -> ('M', 'ytd', toDateTime(addMonths(${month}, i), ${text(ZONE)})), range(toUInt32(last_month - toMonth(period) + 1))))`;
  const units = sql`
    SELECT region, g.1 AS freq, g.2 AS span, g.3 AS at, max(has(cell_flags, 'demo')) AS demo, ${arrays}
    FROM (
      SELECT *, max(toMonth(period)) OVER (PARTITION BY toYear(period)) AS last_month
      FROM (${cells})
      WHERE region % 10000 != 0 AND NOT has(cell_flags, 'running')
    )
    ARRAY JOIN ${grains} AS g
    GROUP BY region, g`;
  const valued = sql`
    SELECT *, ${ending()} > ${instant(input.nowMs)} AS running, ${neededDays(input)} AS needed,
      dateDiff('day', toDateTime(toStartOfYear(toDate(at)), ${text(ZONE)}), least(${ending()}, ${instant(input.nowMs)})) AS elapsed
    FROM (${units})`;
  const withValues = columns.reduce(
    (from, column) => sql`SELECT *, ${column.value} AS ${column.alias} FROM (${from})`,
    valued,
  );
  const targets = sql`
    SELECT target AS region, freq, span, at, running, max(demo) AS any_demo, any(needed) AS whole, any(elapsed) AS gone,
      ${join(
        columns.map(
          ({ alias, days, counts }, i) =>
            sql`sum(${alias}) AS ${ident(`t${i}`)}, countIf(isNotNull(${alias}) AND (target % 10000 != 0 OR ${counts})) AS ${ident(`u${i}`)}, sum(${days}) AS ${ident(`n${i}`)}, min(${days}) AS ${ident(`f${i}`)}`,
        ),
        ', ',
      )}
    FROM (SELECT *, arrayJoin(if(region % 100 = 0, [region, toUInt32(intDiv(region, 10000) * 10000)], [region])) AS target FROM (${withValues}))
    GROUP BY target, freq, span, at, running`;
  const tuples = columns.map((column, i) => {
    const [total, units_, days, fewest] = [`t${i}`, `u${i}`, `n${i}`, `f${i}`].map(ident) as [
      Fragment,
      Fragment,
      Fragment,
      Fragment,
    ];
    const numerator = column.isCount ? asValue(total) : NO_VALUE;
    const denominator = column.isCount ? asValue(sql`toDecimal128(${units_}, 10)`) : NO_VALUE;
    return sql`
  tuple(${text(column.code)}, ${quotient(sql`ifNull(${total}, 0)`, units_)}, ${numerator}, ${denominator}, toUInt64(${days}),
    ${integer(column.version)}, if(span = 'ytd', 'ytd', ${text(column.basis)}), toUInt64(${units_}), toUInt64(${fewest}), ${column.isCount ? sql`1` : sql`0`})`;
  });
  const { daysPerYear } = input.air.validity;
  const select = sql`
SELECT m.1 AS metric, freq, region, '' AS slice, m.7 AS basis, 'level' AS measure, at AS period, m.2 AS value, m.3 AS numerator,
  m.4 AS denominator, m.5 AS sample_count, multiIf(isNull(m.2), 'missing', running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(any_demo, 'demo', ''), if(isNull(m.2), 'insufficient', ''),
    if(isNotNull(m.2) AND ((region % 10000 = 0 AND m.8 < ${integer(input.cities.length)}) OR ((span = 'ytd' OR (running AND freq = 'A')) AND m.9 * 365 < gone * ${integer(daysPerYear)}) OR (m.10 AND m.9 < whole)), 'partial', ''),
    if(running, 'running', '')]) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(m.6) AS definition_version
FROM (${targets})
ARRAY JOIN [${tuples}] AS m
WHERE m.5 > 0`;
  return {
    name: 'air periods',
    metrics: columns.map(({ code }) => code),
    complete: columns.flatMap(({ code, basis }) => coveredBy(code, basis, years)),
    select,
  };
}

function coveredBy(metric: string, basis: string, years: Window): CompleteWindow[] {
  const at = (freq: Freq, of: string) => ({ metric, freq, basis: of, ...years });
  return [at('M', basis), at('M', 'ytd'), at('A', basis)];
}

/** Valid days a finished period needs; a running one shows what it has, a cumulative one is flagged instead. */
export function neededDays(input: CompileInput): Fragment {
  const { daysPerMonth, daysPerFebruary, daysPerYear } = input.air.validity;
  return sql`multiIf(running OR span = 'ytd', 1, freq = 'A', ${integer(daysPerYear)}, toMonth(at) = 2, ${integer(daysPerFebruary)}, ${integer(daysPerMonth)})`;
}

function columnsOf(
  input: CompileInput,
  daily: readonly Daily[],
  periods: readonly AirPeriodMetric[],
): Column[] {
  const columns: Column[] = [];
  const values = new Map<string, { alias: Fragment; days: Fragment }>();
  const add = (
    metric: { code: string; version: number },
    value: Fragment,
    days: Fragment,
    basis: Column['basis'],
    { isCount = false, counts = sql`1` as Fragment } = {},
  ) => {
    const alias = ident(`c${columns.length}`);
    values.set(metric.code, { alias, days });
    columns.push({ code: metric.code, version: metric.version, value, alias, days, basis, isCount, counts });
  };
  const arrayOf = (code: string) => ident(`a${daily.findIndex((metric) => metric.code === code)}`);
  for (const metric of daily) {
    const list = arrayOf(metric.code);
    const days = sql`length(${list})`;
    if (metric.kind === 'day_count')
      add(metric, sql`if(${days} > 0, ${asValue(sql`arraySum(${list})`)}, NULL)`, days, 'period', {
        isCount: true,
        // A city without a valid day is none of those that are averaged, by whatever is counted of its days.
        counts: metric.judgesMissing ? sql`arraySum(${list}) > 0` : sql`1`,
      });
    // The mean of daily maxima is no figure of the standard: a period's ozone is its percentile.
    if (metric.kind === 'mean')
      add(metric, sql`if(${days} >= needed, ${quotient(sql`arraySum(${list})`, days)}, NULL)`, days, 'mean');
  }
  for (const metric of periods) {
    if (metric.kind !== 'percentile') continue;
    const list = arrayOf(metric.of);
    const days = sql`length(${list})`;
    add(metric, sql`if(${days} >= needed, ${percentile(list, metric.percent)}, NULL)`, days, 'period');
  }
  for (const metric of periods) {
    if (metric.kind !== 'composite') continue;
    const of = (pollutant: Pollutant) => values.get(metric.parts[pollutant]);
    const days = sql`least(${POLLUTANTS.map((pollutant) => of(pollutant)?.days ?? sql`0`)})`;
    add(
      metric,
      composite(
        input,
        (pollutant) => of(pollutant)?.alias ?? NO_VALUE,
        sql`(${ending()} - INTERVAL 1 SECOND)`,
      ),
      days,
      'period',
    );
  }
  return columns;
}

/** Exclusive end of a stretch `at` of frequency `freq`: that of its month for 累计, too. */
export function ending(): Fragment {
  return sql`if(freq = 'M', ${periodEnd('M', sql`at`)}, ${periodEnd('A', sql`at`)})`;
}

/**
 * Every sub-index is rounded half-even to two places before the sum (T43); all six are needed. A stretch is judged as a
 * whole, by the limits in force at its last instant: 2026, and 累计 from 2026-03 on, by those of 2026-03-01.
 *
 * @param judgedAt instant whose limits hold
 */
export function composite(
  input: Pick<CompileInput, 'air'>,
  of: (pollutant: Pollutant) => Fragment,
  judgedAt: Fragment,
): Fragment {
  const hundredths = POLLUTANTS.map((pollutant) => {
    const scale = unitsPerMeasure(pollutant);
    const above = sql`(${halfEven(sql`assumeNotNull(${of(pollutant)})`, scale)} * 100)`;
    return byEdition(
      input.air.limits.map(({ fromMs, divisors }) => {
        const limit = integer(Math.round((divisors[pollutant] ?? 0) * scale));
        const whole = sql`intDiv(${above}, ${limit})`;
        const rest = sql`(2 * (${above} % ${limit}))`;
        return {
          fromMs,
          value: sql`(${whole} + multiIf(${rest} > ${limit}, 1, ${rest} < ${limit}, 0, ${whole} % 2))`,
        };
      }),
      judgedAt,
    );
  });
  const known = join(
    POLLUTANTS.map((pollutant) => sql`isNotNull(${of(pollutant)})`),
    ' AND ',
  );
  return sql`if(${known}, ${asValue(sql`toDecimal128(${join(hundredths, ' + ')}, 10) / 100`)}, NULL)`;
}

import type { Freq } from '@/metrics/model/cell';
import { versions } from '../cells/accumulate';
import { newestCells } from '../cells/source';
import { asValue, NO_VALUE, quotient } from '../sql/decimal';
import { type Fragment, ident, integer, join, param, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { AirCounting, AirTrack, CompileInput, CompleteWindow, StatementDraft, Window } from '../types';
import { POLLUTANTS } from './aqi';
import { countedDays } from './counted-days';
import { composite, ending, neededDays } from './periods';
import { rulesOf } from './prune';
import type { AirMetric, AirPeriodMetric } from './resolve';

type Composite = Extract<AirPeriodMetric, { kind: 'composite' }>;

/** Stretches of time: frequency, whether the period's own or 累计, and the bases that concentrations have there. */
const SPANS: readonly (readonly ['M' | 'A', 'own' | 'ytd', readonly string[]])[] = [
  ['M', 'own', ['mean', 'period']],
  ['M', 'ytd', ['ytd']],
  ['A', 'own', ['mean', 'period']],
];

/**
 * What one edition makes of months, years and 累计: the composite index out of the period's concentrations, which are
 * stored and the same under every edition, and counts out of the days as it judged them. The province is the mean of
 * its cities. Where a publisher speaks for some concentrations of a city and period alone, the others are what rows say of
 * them, and the index says so. Periods without enough days have no value here: the one under the edition of the date says why.
 * A counting that is no edition has its counts alone.
 */
export function trackPeriodStatement(
  input: CompileInput,
  track: AirTrack | AirCounting,
  base: readonly AirMetric[],
  periods: readonly AirPeriodMetric[],
  years: Window,
): StatementDraft | undefined {
  const edition = 'divisors' in track ? track : undefined;
  const composites = edition
    ? periods.filter((metric): metric is Composite => metric.kind === 'composite')
    : [];
  const counts = base.filter((metric) => metric.kind === 'day_count');
  const metrics = [...composites, ...counts];
  if (metrics.length === 0) return undefined;
  const units = [
    ...(edition
      ? composites.flatMap((metric) =>
          SPANS.map((span) => compositeUnits(input, edition, metric, span, years)),
        )
      : []),
    ...(counts.length > 0
      ? [
          countUnits(
            input,
            track,
            counts.map(({ code }) => code),
            years,
          ),
        ]
      : []),
  ];
  const isCount = sql`metric IN (${param(
    counts.map(({ code }) => code),
    'Array(String)',
  )})`;
  // A city without a valid day is none of those that are averaged.
  const judging = param(
    counts.filter(({ judgesMissing }) => judgesMissing).map(({ code }) => code),
    'Array(String)',
  );
  const provincial = sql`region % 10000 = 0 AND units < ${integer(input.cities.length)}`;
  const select = sql`
SELECT metric, freq, region, '' AS slice, if(span = 'ytd', ${text(track.ytdBasis)}, ${text(track.basis)}) AS basis, 'level' AS measure, at AS period,
  ${quotient(sql`total`, sql`units`)} AS value, if(${isCount}, ${asValue(sql`total`)}, ${NO_VALUE}) AS numerator,
  if(${isCount}, ${asValue(sql`toDecimal128(units, 10)`)}, ${NO_VALUE}) AS denominator, toUInt64(all_days) AS sample_count,
  if(running, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(any_demo, 'demo', ''), if((${provincial}) OR any_incomplete, 'partial', ''), if(all_told, 'of_published', ''), if(any_mixed, 'mixed_origin', ''), if(running, 'running', '')]) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(${versions(metrics)}) AS definition_version
FROM (
  SELECT metric, freq, span, at, target AS region, sum(value) AS total, count() AS units, sum(days) AS all_days,
    max(demo) AS any_demo, max(incomplete) AS any_incomplete, min(published) AS all_told, max(mixed) OR max(published) != min(published) AS any_mixed, ${ending()} > ${instant(input.nowMs)} AS running
  FROM (
    SELECT *, arrayJoin(if(region % 100 = 0, [region, toUInt32(intDiv(region, 10000) * 10000)], [region])) AS target
    FROM (${join(units, ' UNION ALL ')})
  )
  WHERE isNotNull(value) AND NOT (target % 10000 = 0 AND value = 0 AND has(${judging}, metric))
  GROUP BY metric, freq, span, at, target
)`;
  return {
    name: `air periods ${track.basis}`,
    metrics: metrics.map(({ code }) => code),
    complete: metrics.flatMap(({ code }) => covered(code, track, years)),
    select,
  };
}

function covered(metric: string, { basis, ytdBasis }: AirCounting, years: Window): CompleteWindow[] {
  const at = (freq: Freq, of: string) => ({ metric, freq, basis: of, ...years });
  return [at('M', basis), at('M', ytdBasis), at('A', basis)];
}

function compositeUnits(
  input: CompileInput,
  track: AirTrack,
  { code, parts }: Composite,
  [freq, span, bases]: (typeof SPANS)[number],
  window: Window,
): Fragment {
  const cells = newestCells({
    metrics: POLLUTANTS.map((pollutant) => parts[pollutant]),
    freq,
    bases,
    window,
    source: input.contract.name,
    // A published concentration is the same under every edition, too.
    alsoPublished: true,
  });
  const concentrations = POLLUTANTS.map(
    (pollutant) => sql`maxIf(value, metric = ${text(parts[pollutant])}) AS ${ident(`c_${pollutant}`)}`,
  );
  const ownLimits = { air: rulesOf(input.air, track) };
  const index = composite(ownLimits, (pollutant) => ident(`c_${pollutant}`), sql`period`);
  return sql`
    SELECT ${text(code)} AS metric, region, ${text(freq)} AS freq, ${text(span)} AS span, toDateTime(period, ${text(ZONE)}) AS at,
      ${index} AS value, toUInt64(fewest) AS days, demo, incomplete, toUInt8(told = ${integer(POLLUTANTS.length)}) AS published, told BETWEEN 1 AND ${integer(POLLUTANTS.length - 1)} AS mixed
    FROM (
      SELECT region, period, ${concentrations}, min(samples) AS fewest, max(has(cell_flags, 'demo')) AS demo,
        max(has(cell_flags, 'partial')) AS incomplete, countIf(is_told) AS told
      FROM (${cells})
      WHERE region % 10000 != 0
      GROUP BY region, period
    )`;
}

function countUnits(
  input: CompileInput,
  counting: AirCounting,
  codes: readonly string[],
  window: Window,
): Fragment {
  const cells = countedDays(input, codes, window, counting);
  const month = sql`toStartOfMonth(toDate(period))`;
  const year = sql`toStartOfYear(toDate(period))`;
  const grains = sql`arrayConcat(
    [('M', 'own', toDateTime(${month}, ${text(ZONE)})), ('A', 'own', toDateTime(${year}, ${text(ZONE)}))],
    arrayMap(i -> ('M', 'ytd', toDateTime(addMonths(${month}, i), ${text(ZONE)})), range(toUInt32(last_month - toMonth(period) + 1))))`;
  const gone = sql`dateDiff('day', toDateTime(toStartOfYear(toDate(at)), ${text(ZONE)}), least(${ending()}, ${instant(input.nowMs)}))`;
  return sql`
    SELECT metric, region, freq, span, at, added AS value, days, demo,
      toUInt8(whole < ${neededDays(input)} OR ((span = 'ytd' OR (running AND freq = 'A')) AND whole * 365 < ${gone} * ${integer(input.air.validity.daysPerYear)})) AS incomplete, toUInt8(0) AS published, 0 AS mixed
    FROM (SELECT *, ${ending()} > ${instant(input.nowMs)} AS running FROM (
      SELECT metric, region, g.1 AS freq, g.2 AS span, g.3 AS at, ${asValue(sql`sum(value)`)} AS added, count(value) AS days, sum(is_whole) AS whole,
        max(has(cell_flags, 'demo')) AS demo
      FROM (
        SELECT *, max(toMonth(period)) OVER (PARTITION BY toYear(period)) AS last_month
        FROM (${cells})
        WHERE region % 10000 != 0
      )
      ARRAY JOIN ${grains} AS g
      GROUP BY metric, region, g
    ))`;
}

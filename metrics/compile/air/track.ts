import { newestCells } from '../cells/source';
import type { ExpressionScope } from '../expression';
import { asValue, quotient } from '../sql/decimal';
import { type Fragment, ident, integer, sql, text } from '../sql/fragment';
import type { AirTrack, CompileInput, StatementDraft, Window } from '../types';
import { POLLUTANTS, withAqi } from './aqi';
import { airDailyYtdStatement } from './daily-ytd';
import { rulesOf, tracksIn } from './prune';
import type { AirMetric, AirPeriodMetric } from './resolve';
import { sandlessDays } from './sand';
import { dayVerdict, rows, tuple } from './statement';
import { trackPeriodStatement } from './track-periods';

/** Days of the stretch as each track judges them; they read the daily means that the same window has just made. */
export function trackDays(
  input: CompileInput,
  base: readonly AirMetric[],
  scope: ExpressionScope,
  days: Window,
): StatementDraft[] {
  const codes = meansOf(base);
  if (codes === undefined) return [];
  return tracksIn(input, days).map(({ track, window }) =>
    dayStatement(input, track, base, codes, scope, window),
  );
}

/** Months, years and 本年累计 of each track; they read what it made of the days, and concentrations of the periods. */
export function trackPeriods(
  input: CompileInput,
  base: readonly AirMetric[],
  periods: readonly AirPeriodMetric[],
  years: Window,
): StatementDraft[] {
  if (meansOf(base) === undefined) return [];
  return tracksIn(input, years).flatMap(({ track, window }) =>
    [
      trackPeriodStatement(input, track, base, periods, window),
      airDailyYtdStatement(input, base, window, track),
    ].filter((one) => one !== undefined),
  );
}

/** Months, years and 本年累计 of the days that are counted without sand. */
export function sandlessPeriods(
  input: CompileInput,
  base: readonly AirMetric[],
  years: Window,
): StatementDraft[] {
  return sandlessDays(input, years).flatMap(({ counting, window }) =>
    [
      trackPeriodStatement(input, counting, base, [], window),
      airDailyYtdStatement(input, base, window, counting),
    ].filter((one) => one !== undefined),
  );
}

/** Metric of each pollutant's daily value, ozone's being its largest 8 h mean; undefined unless there are all six. */
function meansOf(base: readonly AirMetric[]): string[] | undefined {
  const codes = POLLUTANTS.flatMap((pollutant) => {
    const kind = pollutant === 'o3' ? 'mda8' : 'mean';
    return base.find((metric) => metric.kind === kind && metric.pollutant === pollutant)?.code ?? [];
  });
  return codes.length === POLLUTANTS.length ? codes : undefined;
}

/**
 * AQI and counts of days out of stored daily concentrations: those are the same under every edition, so no row is read
 * again. A region's AQI is of its own concentrations, a province counts the mean of its cities' days.
 */
function dayStatement(
  input: CompileInput,
  track: AirTrack,
  base: readonly AirMetric[],
  means: readonly string[],
  scope: ExpressionScope,
  window: Window,
): StatementDraft {
  const cells = newestCells({
    metrics: means,
    freq: 'D',
    bases: ['mean'],
    window,
    source: input.contract.name,
    withoutValue: true,
  });
  const concentrations = POLLUTANTS.map(
    (pollutant, i) => sql`maxIf(value, metric = ${text(means[i] ?? '')}) AS ${ident(`x_${pollutant}`)}`,
  );
  const regions = sql`
    SELECT region, period, max(has(cell_flags, 'demo')) AS own_demo, max(has(cell_flags, 'partial')) AS own_partial,
      max(has(cell_flags, 'running')) AS day_running, ${concentrations}
    FROM (${cells})
    WHERE samples > 0
    GROUP BY region, period`;
  const judged = withAqi(regions, 'day', 'x_', rulesOf(input.air, track), sql`period`);
  const counts = base.filter((metric) => metric.kind === 'day_count');
  const verdicts = counts.map((metric, i) => sql`${dayVerdict(metric, scope)} AS ${ident(`unit_c${i}`)}`);
  const units: Fragment = sql`SELECT ${[sql`*`, ...verdicts]} FROM (SELECT *, aqi_value AS aqi FROM (${judged}))`;
  // The province's own day counts no unit: it is there for its AQI.
  const targets = sql`if(region % 10000 = 0, [region], if(region % 100 = 0, [region, toUInt32(intDiv(region, 10000) * 10000)], [region]))`;
  const isUnit = sql`place % 10000 != 0`;
  const totals = counts.flatMap((_, i) => {
    const verdict = ident(`unit_c${i}`);
    return [
      sql`sumIf(${verdict}, ${isUnit}) AS ${ident(`sum_c${i}`)}`,
      sql`countIf(${isUnit} AND isNotNull(${verdict})) AS ${ident(`n_c${i}`)}`,
    ];
  });
  const columns = [
    sql`maxIf(aqi, place = target) AS own_aqi`,
    sql`countIf(place = target) AS is_there`,
    sql`maxIf(own_partial, place = target) AS is_partial`,
    sql`countIf(${isUnit} AND isNotNull(aqi)) AS units_with_aqi`,
    ...totals,
  ];
  const from = sql`
    SELECT target AS region, period, max(own_demo) AS demo, ${columns}
    FROM (SELECT *, region AS place, arrayJoin(${targets}) AS target FROM (${units}))
    GROUP BY target, period`;
  const made = base.filter(({ kind }) => kind === 'aqi' || kind === 'day_count');
  const tuples = made.map((metric) => {
    if (metric.kind === 'aqi')
      return tuple(metric, sql`own_aqi`, track.basis, {
        samples: sql`units_with_aqi`,
        units: sql`if(is_partial, 0, ${integer(input.cities.length)})`,
        keep: sql`is_there > 0`,
      });
    const i = counts.findIndex(({ code }) => code === metric.code);
    const [total, n] = [ident(`sum_c${i}`), ident(`n_c${i}`)];
    return tuple(metric, quotient(sql`ifNull(${total}, 0)`, n), track.basis, {
      samples: n,
      units: n,
      keep: sql`${n} > 0`,
      numerator: asValue(total),
      denominator: asValue(sql`toDecimal128(${n}, 10)`),
    });
  });
  return {
    name: `air D ${track.basis}`,
    metrics: made.map(({ code }) => code),
    complete: made.map(({ code }) => ({ metric: code, freq: 'D' as const, basis: track.basis, ...window })),
    select: rows(input, 'D', from, tuples),
  };
}

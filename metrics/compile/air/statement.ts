import type { Freq } from '@/metrics/model/cell';
import { compileCondition, type ExpressionScope } from '../expression';
import { asValue, NO_VALUE, quotient } from '../sql/decimal';
import { type Fragment, ident, integer, join, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { CompileInput, StatementDraft, Window } from '../types';
import { POLLUTANTS, withAqi } from './aqi';
import { unitDays, unitHours } from './layer';
import type { AirMetric } from './resolve';
import { sandColumn, sandlessDays } from './sand';

/** Share of the province's cities that must be there before a value is whole: all of them, else `partial`. */
export function rows(
  input: CompileInput,
  freq: 'H' | 'D',
  from: Fragment,
  tuples: readonly Fragment[],
): Fragment {
  const end = freq === 'H' ? sql`period + INTERVAL 1 HOUR` : sql`period + INTERVAL 1 DAY`;
  return sql`
SELECT m.1 AS metric, ${text(freq)} AS freq, region, '' AS slice, m.7 AS basis, 'level' AS measure, period,
  m.2 AS value, m.3 AS numerator, m.4 AS denominator, toUInt64(m.5) AS sample_count,
  multiIf(isNull(m.2), 'missing', ${end} > ${instant(input.nowMs)}, 'prelim', 'final') AS status,
  arrayFilter(f -> f != '', [if(demo, 'demo', ''), if(isNull(m.2), 'insufficient', ''),
    if(isNotNull(m.2) AND region % 10000 = 0 AND m.8 < ${integer(input.cities.length)}, 'partial', ''),
    if(${end} > ${instant(input.nowMs)}, 'running', '')]) AS flags,
  ${text(input.contract.name)} AS source, toUInt32(m.6) AS definition_version
FROM (${from})
ARRAY JOIN [${tuples}] AS m
WHERE m.9`;
}

/** Own unit, and for cities the province above. */
const TARGETS = sql`if(region % 100 = 0, [region, toUInt32(intDiv(region, 10000) * 10000)], [region])`;

/** Equal mean of the cities (the unit's own value when it is a city or county), with how many had a value. */
function meanOfUnits(column: string, alias: string): Fragment {
  return sql`${quotient(sql`ifNull(sum(${ident(column)}), 0)`, sql`count(${ident(column)})`)} AS ${ident(alias)},
    count(${ident(column)}) AS ${ident(`n_${alias}`)}`;
}

export function hourStatement(
  input: CompileInput,
  metrics: readonly AirMetric[],
  scope: ExpressionScope,
  hours: Window,
): StatementDraft {
  const base = unitHours(input.contract, condition(metrics, scope), timeOf(input, metrics), hours);
  const targets = sql`
    SELECT target AS region, hour AS period, max(demo) AS demo, sum(row_count) AS row_count,
      ${join(
        POLLUTANTS.map((pollutant) => meanOfUnits(`h_${pollutant}`, `x_${pollutant}`)),
        ', ',
      )}
    FROM (SELECT *, arrayJoin(${TARGETS}) AS target FROM (${base}))
    GROUP BY target, hour`;
  const tuples = metrics.flatMap((metric) => {
    if (metric.kind === 'mean')
      return [
        tuple(metric, ident(`x_${metric.pollutant}`), 'mean', {
          samples: ident(`n_x_${metric.pollutant}`),
          units: ident(`n_x_${metric.pollutant}`),
          keep: sql`isNotNull(${ident(`x_${metric.pollutant}`)})`,
        }),
      ];
    if (metric.kind !== 'aqi') return [];
    const units = sql`least(${POLLUTANTS.map((pollutant) => ident(`n_x_${pollutant}`))})`;
    return [
      tuple(metric, sql`aqi_value`, 'period', { samples: units, units, keep: sql`isNotNull(aqi_value)` }),
    ];
  });
  const from = withAqi(targets, 'hour', 'x_', input.air, sql`period`);
  return statement(metrics, 'H', hours, ['mean', 'aqi'], rows(input, 'H', from, tuples));
}

export function dayStatement(
  input: CompileInput,
  metrics: readonly AirMetric[],
  scope: ExpressionScope,
  days: Window,
): StatementDraft {
  const { contract } = input;
  const counts = metrics.filter((metric) => metric.kind === 'day_count');
  const sandless = counts.length > 0 ? sandlessDays(input, days) : [];
  const sand = sandless.length > 0 ? sandColumn(contract) : undefined;
  const hours = unitHours(contract, condition(metrics, scope), timeOf(input, metrics), days, sand);
  // What is counted of a day: as it was, and without its hours under sand. The column `aqi` is the index that it is judged by.
  const counted = [
    { prefix: 'c', index: 'aqi_value', basis: AIR_BASIS.day_count as string, kept: sql`1` },
    ...sandless.map(({ index, counting: { basis }, window: { fromMs, toMs } }, n) => ({
      prefix: `s${n}_`,
      index: index.as,
      basis,
      kept: sql`period >= ${instant(fromMs)} AND period < ${instant(toMs)}`,
    })),
  ];
  const units = counted.reduce(
    (from, { prefix, index }) => {
      const verdicts = counts.map(
        (metric, i) => sql`${dayVerdict(metric, scope)} AS ${ident(`unit_${prefix}${i}`)}`,
      );
      return sql`SELECT ${[sql`* EXCEPT (aqi)`, ...verdicts]} FROM (SELECT *, ${ident(index)} AS aqi FROM (${from}))`;
    },
    sql`SELECT *, toDateTime(day + 1, ${text(ZONE)}) > ${instant(input.nowMs)} AS day_running FROM (${unitDays(
      input,
      hours,
      sandless.map(({ index }) => index),
    )})`,
  );
  const columns = [
    ...POLLUTANTS.map((pollutant) => meanOfUnits(`day_${pollutant}`, `x_${pollutant}`)),
    ...POLLUTANTS.map((pollutant) => sql`sum(${ident(`n_${pollutant}`)}) AS ${ident(`hours_${pollutant}`)}`),
    ...counted.flatMap(({ prefix }) =>
      counts.map((_, i) => {
        const verdict = ident(`unit_${prefix}${i}`);
        return sql`sum(${verdict}) AS ${ident(`sum_${prefix}${i}`)}, count(${verdict}) AS ${ident(`n_${prefix}${i}`)}`;
      }),
    ),
  ];
  const targets = sql`
    SELECT target AS region, toDateTime(day, ${text(ZONE)}) AS period, max(day_demo) AS demo, ${columns}
    FROM (SELECT *, arrayJoin(${TARGETS}) AS target FROM (${units}))
    GROUP BY target, day`;
  const tuples = metrics.flatMap((metric) => {
    if (metric.kind === 'day_count') {
      const i = counts.indexOf(metric);
      return counted.map(({ prefix, basis, kept }) => {
        const [total, n] = [ident(`sum_${prefix}${i}`), ident(`n_${prefix}${i}`)];
        return tuple(metric, quotient(sql`ifNull(${total}, 0)`, n), basis, {
          samples: n,
          units: n,
          keep: sql`${n} > 0 AND ${kept}`,
          numerator: asValue(total),
          denominator: asValue(sql`toDecimal128(${n}, 10)`),
        });
      });
    }
    if (metric.kind === 'aqi') {
      const least = sql`least(${POLLUTANTS.map((pollutant) => ident(`n_x_${pollutant}`))})`;
      return tuple(metric, sql`aqi_value`, 'period', { samples: least, units: least, keep: sql`1` });
    }
    const hoursSeen = ident(`hours_${metric.pollutant}`);
    return tuple(metric, ident(`x_${metric.pollutant}`), 'mean', {
      samples: hoursSeen,
      units: ident(`n_x_${metric.pollutant}`),
      keep: sql`${hoursSeen} > 0`,
    });
  });
  const from = withAqi(targets, 'day', 'x_', input.air, sql`period`);
  const made = statement(
    metrics,
    'D',
    days,
    ['mean', 'aqi', 'mda8', 'day_count'],
    rows(input, 'D', from, tuples),
  );
  const beside = sandless.flatMap(({ counting: { basis }, window }) =>
    counts.map(({ code }) => ({ metric: code, freq: 'D' as const, basis, ...window })),
  );
  return { ...made, complete: [...made.complete, ...beside] };
}

/** What the condition of a day count may speak of. */
export const AQI_COLUMN: ReadonlySet<string> = new Set(['aqi']);

/** 1 or 0 for a finished day (`day_running`) with an AQI (`aqi`); a condition that asks whether there is one (`aqi is not null`) judges all. */
export function dayVerdict(metric: AirMetric & { kind: 'day_count' }, scope: ExpressionScope): Fragment {
  const verdict = compileCondition(metric.where, { ...scope, columns: AQI_COLUMN });
  const judged = metric.judgesMissing ? sql`NOT day_running` : sql`NOT day_running AND isNotNull(aqi)`;
  return sql`if(${judged}, toNullable(toDecimal128(${verdict} != 0, 10)), NULL)`;
}

interface TupleParts {
  samples: Fragment;
  /** Units averaged, for coverage. */
  units: Fragment;
  keep: Fragment;
  numerator?: Fragment;
  denominator?: Fragment;
}

/** (code, value, numerator, denominator, samples, version, basis, units, keep). */
export function tuple(metric: AirMetric, value: Fragment, basis: string, parts: TupleParts): Fragment {
  return sql`
  tuple(${text(metric.code)}, ${asValue(value)}, ${parts.numerator ?? NO_VALUE}, ${parts.denominator ?? NO_VALUE},
    toUInt64(${parts.samples}), ${integer(metric.version)}, ${text(basis)}, toUInt64(${parts.units}), toUInt8(${parts.keep}))`;
}

const AIR_BASIS = { mean: 'mean', mda8: 'mean', aqi: 'period', day_count: 'period' } as const;

function statement(
  metrics: readonly AirMetric[],
  freq: Freq,
  window: Window,
  kinds: readonly AirMetric['kind'][],
  select: Fragment,
): StatementDraft {
  const made = metrics.filter((metric) => kinds.includes(metric.kind));
  return {
    name: `air ${freq}`,
    metrics: made.map((metric) => metric.code),
    complete: made.map((metric) => ({
      metric: metric.code,
      freq,
      basis: AIR_BASIS[metric.kind],
      ...window,
    })),
    select,
  };
}

/** All air metrics read the same rows (valid, evaluation points): that is checked when they are resolved. */
function condition(metrics: readonly AirMetric[], scope: ExpressionScope): Fragment {
  return compileCondition(metrics.find((metric) => metric.rowCondition !== undefined)?.rowCondition, scope);
}

function timeOf(input: CompileInput, metrics: readonly AirMetric[]): string {
  return metrics.find((metric) => metric.time !== undefined)?.time ?? input.contract.businessTime;
}

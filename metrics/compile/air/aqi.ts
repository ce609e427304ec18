import { halfEven } from '../sql/decimal';
import { type Fragment, integer, sql } from '../sql/fragment';
import { instant } from '../sql/time';
import type { AirRules } from '../types';

/** Pollutants in the customary order; also the names of the columns of `air_quality_hour`. */
export const POLLUTANTS = ['so2', 'no2', 'co', 'o3', 'pm10', 'pm25'] as const;
export type Pollutant = (typeof POLLUTANTS)[number];

/** Breakpoint row of a pollutant: hourly reports use 1 h values, with the 24 h breakpoints for PM. */
const ITEMS: Readonly<Record<'hour' | 'day', Readonly<Record<Pollutant, string>>>> = {
  hour: { so2: 'so2_1h', no2: 'no2_1h', co: 'co_1h', o3: 'o3_1h', pm10: 'pm10', pm25: 'pm25' },
  day: { so2: 'so2_24h', no2: 'no2_24h', co: 'co_24h', o3: 'o3_8h', pm10: 'pm10', pm25: 'pm25' },
};

/** Concentrations are evaluated in whole units after rounding: CO in tenths of mg/m³, all others in μg/m³. */
export function unitsPerMeasure(pollutant: string): number {
  return pollutant.startsWith('co') ? 10 : 1;
}

/**
 * IAQI in whole numbers (HJ 633): rounded half-even first, interpolated and rounded up by integer division, so that
 * no 100.0000001 becomes 101. Beyond the last breakpoint its index stands. NULL for missing and negative values.
 */
export function iaqiSql(item: string, concentration: Fragment, rules: AirRules, at: Fragment): Fragment {
  const scale = unitsPerMeasure(item);
  const units = halfEven(sql`assumeNotNull(${concentration})`, scale);
  const index = byEdition(
    rules.editions.map((edition) => ({
      fromMs: edition.fromMs,
      value: interpolate(units, edition.breakpoints[item] ?? [], rules.levels, scale),
    })),
    at,
  );
  return sql`if(ifNull(${concentration} >= 0, 0), toNullable(toInt64(${index})), NULL)`;
}

function interpolate(
  units: Fragment,
  breakpoints: readonly number[],
  levels: readonly number[],
  scale: number,
): Fragment {
  const bands: Fragment[] = [];
  for (let band = 1; band < breakpoints.length; band += 1) {
    const low = Math.round((breakpoints[band - 1] ?? 0) * scale);
    const high = Math.round((breakpoints[band] ?? 0) * scale);
    const [from, to] = [levels[band - 1] ?? 0, levels[band] ?? 0];
    bands.push(
      sql`${units} <= ${integer(high)}, ${integer(from)} + intDiv(${integer(to - from)} * (${units} - ${integer(low)}) + ${integer(high - low - 1)}, ${integer(high - low)})`,
    );
  }
  if (bands.length === 0) throw new Error('an item without breakpoints');
  return sql`multiIf(${bands}, ${integer(levels[breakpoints.length - 1] ?? 0)})`;
}

/** The value of the edition in force at an instant; equal neighbours are written once. */
export function byEdition(editions: readonly { fromMs: number; value: Fragment }[], at: Fragment): Fragment {
  const [first, ...later] = editions;
  if (!first) throw new Error('a standard without editions');
  return later.reduce((before, edition) => {
    if (JSON.stringify(before) === JSON.stringify(edition.value)) return before;
    return sql`if(${at} >= ${instant(edition.fromMs)}, ${edition.value}, ${before})`;
  }, first.value);
}

/**
 * AQI of six concentrations: the largest IAQI. With an item missing it is published only above 100, else NULL (HJ 633
 * 5.3.1, T32).
 */
export function aqiSql(
  report: 'hour' | 'day',
  concentrationOf: (pollutant: Pollutant) => Fragment,
  rules: AirRules,
  at: Fragment,
): Fragment {
  const indices = POLLUTANTS.map((pollutant) =>
    iaqiSql(ITEMS[report][pollutant], concentrationOf(pollutant), rules, at),
  );
  const known = sql`arrayMap(i -> assumeNotNull(i), arrayFilter(i -> isNotNull(i), [${indices}]))`;
  // A one-element arrayMap binds the list to a name, so that the engine computes the six indices once.
  return sql`arrayMap(k -> if(notEmpty(k) AND (length(k) = ${integer(POLLUTANTS.length)} OR arrayMax(k) > 100), toNullable(arrayMax(k)), NULL), [${known}])[1]`;
}

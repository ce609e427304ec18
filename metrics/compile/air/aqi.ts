import { halfEven } from '../sql/decimal';
import { type Fragment, ident, integer, sql } from '../sql/fragment';
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
 * A SELECT over `from` with AQI (`aqi_value`) of its columns `<prefix><pollutant>`. IAQI is in whole numbers (HJ 633):
 * rounded half-even first, interpolated and rounded up by integer division, so that no 100.0000001 becomes 101; beyond
 * the last breakpoint its index stands; negative and missing concentrations have none. With an item missing the AQI is
 * published only above 100, else it is NULL (5.3.1, T32). One step a SELECT: each names what the next one uses, which
 * keeps the text short for the engine.
 */
export function withAqi(
  from: Fragment,
  report: 'hour' | 'day',
  prefix: string,
  rules: AirRules,
  at: Fragment,
): Fragment {
  const each = (f: (pollutant: Pollutant) => Fragment) => POLLUTANTS.map(f);
  const rounded = each((pollutant) => {
    const x = ident(`${prefix}${pollutant}`);
    const units = halfEven(sql`assumeNotNull(${x})`, unitsPerMeasure(pollutant));
    return sql`if(ifNull(${x} >= 0, 0), toNullable(${units}), NULL) AS ${ident(`r_${pollutant}`)}`;
  });
  const indices = each(
    (pollutant) =>
      sql`if(isNull(${ident(`r_${pollutant}`)}), -1, toInt64(assumeNotNull(${indexOf(pollutant, ITEMS[report][pollutant], rules, at)}))) AS ${ident(`i_${pollutant}`)}`,
  );
  const known = sql`arrayFilter(i -> i >= 0, [${each((pollutant) => ident(`i_${pollutant}`))}]) AS known_indices`;
  return sql`
    SELECT *, if(notEmpty(known_indices) AND (length(known_indices) = ${integer(POLLUTANTS.length)} OR arrayMax(known_indices) > 100), toNullable(arrayMax(known_indices)), NULL) AS aqi_value
    FROM (SELECT *, ${known} FROM (SELECT *, ${indices} FROM (SELECT *, ${rounded} FROM (${from}))))`;
}

function indexOf(pollutant: Pollutant, item: string, rules: AirRules, at: Fragment): Fragment {
  return byEdition(
    rules.editions.map(({ fromMs, breakpoints }) => ({
      fromMs,
      value: interpolate(
        ident(`r_${pollutant}`),
        breakpoints[item] ?? [],
        rules.levels,
        unitsPerMeasure(pollutant),
      ),
    })),
    at,
  );
}

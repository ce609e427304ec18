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

/** An index beside the usual one: of other columns `<prefix><pollutant>` for some pollutants, or by other rules. */
export interface OtherIndex {
  as: string;
  prefix: string;
  pollutants: readonly Pollutant[];
  rules?: AirRules;
}

/**
 * A SELECT over `from` with AQI (`aqi_value`) of its columns `<prefix><pollutant>`, and others beside it where asked for. IAQI is in whole numbers (HJ 633):
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
  others: readonly OtherIndex[] = [],
): Fragment {
  const columns = new Map<string, Fragment>();
  const indices = new Map<string, { name: Fragment; value: Fragment }>();
  // What several are made of, the gases as a rule, is worked out once.
  const indexed = (pollutant: Pollutant, column: string, by: AirRules): Fragment => {
    const x = ident(column);
    const r = ident(`r_${column}`);
    const units = halfEven(sql`assumeNotNull(${x})`, unitsPerMeasure(pollutant));
    columns.set(column, sql`if(ifNull(${x} >= 0, 0), toNullable(${units}), NULL) AS ${r}`);
    const index = indexOf(r, pollutant, ITEMS[report][pollutant], by, at);
    const value = sql`if(isNull(${r}), -1, toInt64(assumeNotNull(${index})))`;
    const key = JSON.stringify(value);
    const known = indices.get(key) ?? { name: ident(`i${indices.size}_${pollutant}`), value };
    indices.set(key, known);
    return known.name;
  };
  const made = [{ as: 'aqi_value', prefix, pollutants: POLLUTANTS, rules }, ...others].map((one, n) => ({
    as: ident(one.as),
    known: ident(`known_${n}`),
    items: POLLUTANTS.map((pollutant) => {
      const own = one.pollutants.includes(pollutant) ? one.prefix : prefix;
      return indexed(pollutant, `${own}${pollutant}`, one.rules ?? rules);
    }),
  }));
  const known = made.map(({ known: list, items }) => sql`arrayFilter(i -> i >= 0, [${items}]) AS ${list}`);
  const values = made.map(
    ({ as, known: list }) =>
      sql`if(notEmpty(${list}) AND (length(${list}) = ${integer(POLLUTANTS.length)} OR arrayMax(${list}) > 100), toNullable(arrayMax(${list})), NULL) AS ${as}`,
  );
  const each = [...indices.values()].map(({ name, value }) => sql`${value} AS ${name}`);
  return sql`
    SELECT *, ${values}
    FROM (SELECT *, ${known} FROM (SELECT *, ${each} FROM (SELECT *, ${[...columns.values()]} FROM (${from}))))`;
}

function indexOf(
  units: Fragment,
  pollutant: Pollutant,
  item: string,
  rules: AirRules,
  at: Fragment,
): Fragment {
  return byEdition(
    rules.editions.map(({ fromMs, breakpoints }) => ({
      fromMs,
      value: interpolate(units, breakpoints[item] ?? [], rules.levels, unitsPerMeasure(pollutant)),
    })),
    at,
  );
}

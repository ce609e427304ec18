import { regionsOfLevel } from '@/metrics/regions/tree';
import { choices, normal } from './random';

/**
 * Generator parameters of the 11 cities. Population weights are of 2022 (published). PM2.5 factors keep the published
 * order and the ratio of Taiyuan (41 μg/m³) to the province (37 μg/m³) in 2023; NO2 factors the same ratio (40 to 31).
 * The other numbers are made up to look right; none of them is a statistic.
 */
interface CityParameters {
  population: number;
  pm25: number;
  no2: number;
  /** Difference of the winter temperature to Taiyuan's, ℃. */
  winterCelsius: number;
}

const CITIES: Readonly<Record<number, CityParameters>> = {
  140100: { population: 0.1561, pm25: 1.11, no2: 1.29, winterCelsius: 0 },
  140200: { population: 0.0891, pm25: 0.73, no2: 0.8, winterCelsius: -5 },
  140300: { population: 0.0377, pm25: 1.08, no2: 1.09, winterCelsius: 0 },
  140400: { population: 0.0902, pm25: 0.92, no2: 0.87, winterCelsius: 0 },
  140500: { population: 0.0629, pm25: 1.0, no2: 0.93, winterCelsius: 2 },
  140600: { population: 0.0457, pm25: 0.78, no2: 0.86, winterCelsius: -5 },
  140700: { population: 0.0975, pm25: 1.03, no2: 1.1, winterCelsius: 0 },
  140800: { population: 0.1355, pm25: 1.22, no2: 0.85, winterCelsius: 4 },
  140900: { population: 0.0763, pm25: 0.97, no2: 1.02, winterCelsius: -3 },
  141000: { population: 0.1122, pm25: 1.24, no2: 1.05, winterCelsius: 3 },
  141100: { population: 0.0968, pm25: 0.92, no2: 1.14, winterCelsius: -1 },
};

export const CITY_CODES: readonly number[] = Object.keys(CITIES).map(Number);

export interface County extends CityParameters {
  code: number;
  name: string;
  city: number;
  /** Share of the province's people; adds up to 1 over all counties. */
  population: number;
  /** Factor of the particles of this county, mean 1 in its city. */
  local: number;
  /** The largest of its city; its factor is 1, so that it alone gives the city's level too. */
  core: boolean;
}

const FIXED_SEED = 20260301;

/** The counties with their parameters; the same for every seed number, so that two demos look alike on the map. */
export const COUNTIES: readonly County[] = CITY_CODES.flatMap((city) => {
  const parameters = CITIES[city];
  if (!parameters) return [];
  const counties = regionsOfLevel('county').filter((region) => Math.floor(region.code / 100) === city / 100);
  // Districts are larger than counties.
  const sizes = counties.map(
    (county) => Math.exp(0.45 * normal(FIXED_SEED, county.code)) * (county.name.endsWith('区') ? 1.9 : 1),
  );
  const sizeSum = sizes.reduce((sum, size) => sum + size, 0);
  const largest = Math.max(...sizes);
  const core = sizes.map((size) => size === largest);
  const locals = counties.map((county, i) =>
    core[i] ? 1 : Math.exp(0.07 * normal(FIXED_SEED, county.code, 1)),
  );
  const outer = locals.filter((_, i) => !core[i]);
  const outerMean = outer.reduce((sum, local) => sum + local, 0) / Math.max(outer.length, 1);
  return counties.map((county, i) => ({
    ...parameters,
    code: county.code,
    name: county.name,
    city,
    population: (parameters.population * (sizes[i] ?? 0)) / sizeSum,
    local: core[i] ? 1 : (locals[i] ?? 1) / outerMean,
    core: core[i] ?? false,
  }));
});

/** Picks a county by its people. */
export const COUNTIES_BY_POPULATION = choices(COUNTIES.map((county) => [county, county.population] as const));

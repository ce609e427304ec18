import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import { noResult, type Result, resultOf } from '../result';
import { meanOfCities, type RollupResult } from '../rollup';
import { concentrationPrecision, POLLUTANTS, type Pollutant } from './air-standard';

/** Weights of the sub-indices; equal by 环办监测〔2018〕19号. */
export const EQUAL_WEIGHTS: Readonly<Record<Pollutant, number>> = {
  so2: 1,
  no2: 1,
  co: 1,
  o3: 1,
  pm10: 1,
  pm25: 1,
};

export interface AirComposite extends Result {
  /** Sub-index C/S, two places. */
  parts: Record<Pollutant, string | null>;
  /** Share of the index, percent, unrounded. */
  loadShares: Record<Pollutant, string | null>;
}

/**
 * 环境空气质量综合指数: Σ C/S with **every sub-index rounded half-even to two places before the sum** (T43–T46).
 * Concentrations are means (CO the 95th, O3 the 90th percentile), rounded before they meet the limit. All six are needed.
 */
export function airComposite(
  concentrations: Readonly<Record<Pollutant, NumberLike>>,
  limits: Readonly<Record<Pollutant, number>>,
  weights: Readonly<Record<Pollutant, number>> = EQUAL_WEIGHTS,
): AirComposite {
  const parts = mapPollutants((pollutant) => {
    const c = toDecimal(concentrations[pollutant]);
    if (c === null) return null;
    const evaluated = roundDecimal(c, concentrationPrecision(pollutant), 'half_even');
    const single = roundDecimal(evaluated.div(limits[pollutant]), 2, 'half_even');
    return single.times(weights[pollutant]);
  });
  const text = mapPollutants((pollutant) => parts[pollutant]?.toFixed() ?? null);
  let sum: Decimal = new Decimal(0);
  for (const pollutant of POLLUTANTS) {
    const part = parts[pollutant];
    if (part === null) {
      return {
        ...noResult('operand_missing', concentrations),
        parts: text,
        loadShares: mapPollutants(() => null),
      };
    }
    sum = sum.plus(part);
  }
  const loadShares = mapPollutants((pollutant) =>
    sum.isZero() ? null : (parts[pollutant]?.div(sum).times(100).toFixed() ?? null),
  );
  return { ...resultOf(sum, concentrations), parts: text, loadShares };
}

/** The province's index: mean of its cities' indices, never computed from provincial concentrations (T46). */
export function provinceAirComposite(cities: readonly NumberLike[], expected?: number): RollupResult {
  return meanOfCities(cities, expected);
}

function mapPollutants<T>(f: (pollutant: Pollutant) => T): Record<Pollutant, T> {
  return {
    so2: f('so2'),
    no2: f('no2'),
    co: f('co'),
    o3: f('o3'),
    pm10: f('pm10'),
    pm25: f('pm25'),
  };
}

import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import {
  type AqiItem,
  type AqiStandard,
  BREAKPOINTS,
  concentrationPrecision,
  IAQI_LEVELS,
} from './air-standard';

/**
 * IAQI of one concentration (HJ 633): rounded half-even first, interpolated between breakpoints in exact arithmetic,
 * rounded up to a whole number (T37). Beyond the last breakpoint its index stands: 500, for SO2 1 h 200, for O3 8 h 300.
 * Null for missing and for negative concentrations (an instrument's error is no clean air).
 */
export function iaqi(item: AqiItem, concentration: NumberLike, standard: AqiStandard): number | null {
  const raw = toDecimal(concentration);
  if (raw === null || raw.isNegative()) return raw?.isZero() ? 0 : null;
  const c = roundDecimal(raw, concentrationPrecision(item), 'half_even');
  const points = BREAKPOINTS[standard][item];
  for (let band = 1; band < points.length; band += 1) {
    const [cLow = 0, cHigh = 0] = [points[band - 1], points[band]];
    const [iLow = 0, iHigh = 0] = [IAQI_LEVELS[band - 1], IAQI_LEVELS[band]];
    if (c.gt(cHigh)) continue;
    // Numerator and whole part are exact decimals: no 100.0000001 is ever rounded up to 101.
    const numerator = c.minus(cLow).times(iHigh - iLow);
    const whole = numerator.divToInt(cHigh - cLow);
    const rest = numerator.minus(whole.times(cHigh - cLow));
    return iLow + whole.toNumber() + (rest.isZero() ? 0 : 1);
  }
  return IAQI_LEVELS[points.length - 1] ?? null;
}

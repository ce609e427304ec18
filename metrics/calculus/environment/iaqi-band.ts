import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import {
  type AqiItem,
  type AqiStandard,
  BREAKPOINTS,
  concentrationPrecision,
  IAQI_LEVELS,
} from './air-standard';

/** The two breakpoints between which a concentration is interpolated, and the concentration as it meets them. */
export interface IaqiBand {
  /** Rounded half-even to the places of the standard. */
  rounded: string;
  concentration: readonly [low: number, high: number];
  index: readonly [low: number, high: number];
}

/** What a reader needs to compute an IAQI by hand; null for no concentration and beyond the last breakpoint. */
export function iaqiBand(item: AqiItem, concentration: NumberLike, standard: AqiStandard): IaqiBand | null {
  const raw = toDecimal(concentration);
  if (raw === null || raw.isNegative()) return null;
  const places = concentrationPrecision(item);
  const c = roundDecimal(raw, places, 'half_even');
  const points = BREAKPOINTS[standard][item];
  const high = Math.max(
    1,
    points.findIndex((point) => c.lte(point)),
  );
  if (points.at(-1) === undefined || c.gt(points.at(-1) ?? 0)) return null;
  return {
    rounded: c.toFixed(places),
    concentration: [points[high - 1] ?? 0, points[high] ?? 0],
    index: [IAQI_LEVELS[high - 1] ?? 0, IAQI_LEVELS[high] ?? 0],
  };
}

import type { Direction } from '@/metrics/model/definition-vocabulary';
import { Decimal, type NumberLike, toDecimal } from './decimal';
import { roundTo } from './rounding';

/** What a movement means for the metric, never merely up or down. */
export type Tone = 'favourable' | 'unfavourable' | 'neutral';

/**
 * Tone of a change by the metric's direction. A change that rounds to zero at display is neutral, and so is
 * any change of a `band` or `neutral` metric: use {@link toneInBand} when the band is known.
 */
export function toneOf(delta: NumberLike, direction: Direction, precision?: number): Tone {
  const change = precision === undefined ? toDecimal(delta) : roundTo(delta, precision);
  if (change === null || change.isZero()) return 'neutral';
  if (direction === 'higher_better') return change.isPositive() ? 'favourable' : 'unfavourable';
  if (direction === 'lower_better') return change.isPositive() ? 'unfavourable' : 'favourable';
  return 'neutral';
}

/** Tone of a movement from `previous` to `current` for a metric that should lie in [low, high]. */
export function toneInBand(
  previous: NumberLike,
  current: NumberLike,
  band: { low: NumberLike; high: NumberLike },
): Tone {
  const before = distanceToBand(previous, band);
  const after = distanceToBand(current, band);
  if (before === null || after === null || before.eq(after)) return 'neutral';
  return after.lt(before) ? 'favourable' : 'unfavourable';
}

/** Distance of a value to [low, high], 0 inside; an absent bound is no bound. Null for a missing value. */
export function distanceToBand(
  value: NumberLike,
  band: { low: NumberLike; high: NumberLike },
): Decimal | null {
  const x = toDecimal(value);
  if (x === null) return null;
  const low = toDecimal(band.low);
  const high = toDecimal(band.high);
  if (low !== null && x.lt(low)) return low.minus(x);
  if (high !== null && x.gt(high)) return x.minus(high);
  return new Decimal(0);
}

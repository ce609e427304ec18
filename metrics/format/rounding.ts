import type { Rounding } from '@/metrics/model/definition-vocabulary';
import { Decimal, type NumberLike, toDecimal } from './decimal';

/**
 * Rounds once, at display; a rounded value never goes back into arithmetic. `half_up` 四舍五入 for statistics,
 * finance and business, `half_even` GB/T 8170 四舍六入五成双 for the environment (calculus.md §1).
 * T1: half_up(0.925, 2) = 0.93, half_even(0.925, 2) = 0.92. Null stays null.
 */
export function roundTo(
  value: NumberLike,
  precision: number,
  rounding: Rounding = 'half_up',
): Decimal | null {
  const decimal = toDecimal(value);
  return decimal === null ? null : roundDecimal(decimal, precision, rounding);
}

/** {@link roundTo} for a value known to be there. */
export function roundDecimal(value: Decimal, precision: number, rounding: Rounding = 'half_up'): Decimal {
  const mode = rounding === 'half_up' ? Decimal.ROUND_HALF_UP : Decimal.ROUND_HALF_EVEN;
  const rounded = value.toDecimalPlaces(precision, mode);
  // −0.04 with one place reads 0.0, not −0.0.
  return rounded.isZero() ? new Decimal(0) : rounded;
}

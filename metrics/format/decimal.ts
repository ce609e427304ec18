import DecimalJs from 'decimal.js';

/**
 * The one decimal arithmetic of the product: 40 significant digits, so that quotients stay exact far beyond
 * any display precision, and never in exponent notation (values travel as plain decimal text).
 */
export const Decimal = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -60,
  toExpPos: 60,
  defaults: true,
});
export type Decimal = DecimalJs;

/** A number as it comes: decimal text (preferred), a number, a Decimal; null, undefined and '' are missing. */
export type NumberLike = string | number | Decimal | null | undefined;

/**
 * Reads a number. Missing stays null, never 0. Throws on text that is no finite decimal: that is a
 * defect of the caller, not a missing value.
 */
export function toDecimal(value: NumberLike): Decimal | null {
  if (value === null || value === undefined || value === '') return null;
  const decimal = new Decimal(value);
  if (!decimal.isFinite()) throw new RangeError(`not a finite number: ${String(value)}`);
  return decimal;
}

/** Reads a number that must be there. */
export function mustDecimal(value: Exclude<NumberLike, null | undefined>): Decimal {
  const decimal = toDecimal(value);
  if (decimal === null) throw new RangeError('a number is required, found empty text');
  return decimal;
}

const Cut = Decimal.clone({ rounding: DecimalJs.ROUND_DOWN });

/** part / whole × 100, cut off at 40 digits: rounded half up afterwards, it has been rounded once. */
export function percentOf(part: Decimal, whole: Decimal): Decimal {
  return new Decimal(new Cut(part).times(100).div(whole));
}

/** Significant digits of a result's text: more than any display precision can notice. */
export const TEXT_DIGITS = 30;

/** Plain decimal text, of at most {@link TEXT_DIGITS} significant digits. */
export function decimalText(value: Decimal): string {
  if (value.isZero()) return '0';
  return (value.precision() > TEXT_DIGITS ? value.toSignificantDigits(TEXT_DIGITS) : value).toFixed();
}

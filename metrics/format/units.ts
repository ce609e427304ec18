import type { Rounding } from '@/metrics/model/definition-vocabulary';
import type { NumberLike } from './decimal';

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;
/** Whole numbers of so many digits are exact in a double. */
const SAFE_DIGITS = 15;

/**
 * Plain decimal text rounded to `precision` places, as a whole number of its last place: 4.105 at two places is 411
 * (half up). Null for text that is no plain decimal or has too many digits for an exact double.
 */
export function unitsOf(value: NumberLike, precision: number, rounding: Rounding = 'half_up'): number | null {
  const match = typeof value === 'string' ? PLAIN.exec(value) : null;
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole.length + precision > SAFE_DIGITS) return null;
  const kept = Number(whole + fraction.slice(0, precision).padEnd(precision, '0'));
  const units = kept + (roundsUp(fraction, precision, rounding, kept) ? 1 : 0);
  return sign && units !== 0 ? -units : units;
}

function roundsUp(fraction: string, precision: number, rounding: Rounding, kept: number): boolean {
  const next = fraction[precision] ?? '0';
  if (rounding === 'half_up' || next !== '5') return next >= '5';
  return kept % 2 === 1 || /[1-9]/.test(fraction.slice(precision + 1));
}

/** The number that {@link unitsOf} stands for, without zeros at its end. */
export function unitsText(units: number, precision: number): string {
  const digits = String(Math.abs(units)).padStart(precision + 1, '0');
  const fraction = digits.slice(digits.length - precision).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - precision);
  return `${units < 0 ? '-' : ''}${whole}${precision > 0 && fraction !== '' ? `.${fraction}` : ''}`;
}

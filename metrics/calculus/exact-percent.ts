import { type NumberLike, TEXT_DIGITS } from '@/metrics/format/decimal';
import { inSmallerUnits, readPlain } from '@/metrics/format/plain';

/**
 * Percentages of plain decimals in whole numbers that a double holds exactly: screens ask for them by the hundred
 * thousand, and this costs a tenth of the general decimals. The digits are the same: the exact quotient, rounded half up
 * once. What does not fit is left to the general decimals.
 */

/** Digits of the quotient are found seven at a time, and a divisor is taken as two halves, so that no product exceeds 2^53. */
const STEP = 1e7;
const STEP_DIGITS = 7;
const HALF = 1e8;

const ZERO = 48;
const FIVE = 53;
const NINE = 57;

/** Two decimals as whole numbers of one unit: '12.5' and '8' are 125 and 80 tenths. */
interface Pair {
  a: number;
  b: number;
}

/** Null where a text is no plain decimal or does not fit. */
export function wholePair(a: NumberLike, b: NumberLike): Pair | null {
  const x = readPlain(a, Number.POSITIVE_INFINITY);
  const y = x && readPlain(b, Number.POSITIVE_INFINITY);
  if (!x || !y) return null;
  const places = Math.max(x.places, y.places);
  const ofA = inSmallerUnits(x.units, places - x.places);
  const ofB = inSmallerUnits(y.units, places - y.places);
  return ofA === null || ofB === null ? null : { a: ofA, b: ofB };
}

/** part / whole × 100 of two whole numbers up to 10^15, as text of as many digits as every result has. */
export function percentText(part: number, whole: number): string {
  const isNegative = part < 0 !== whole < 0 && part !== 0;
  return (isNegative ? '-' : '') + percentOfPositive(Math.abs(part), Math.abs(whole));
}

function percentOfPositive(part: number, whole: number): string {
  // A quotient of doubles may be rounded up to the next whole number, never beyond it.
  let times = Math.floor(part / whole);
  if (times * whole > part) times -= 1;
  let rest = part - times * whole;
  let digits = times === 0 ? '' : String(times);
  let places = 0;
  const high = Math.floor(whole / HALF);
  const low = whole - high * HALF;
  // One digit more than is kept: what comes behind it cannot decide about rounding half up.
  while (rest > 0 && digits.length <= TEXT_DIGITS) {
    const restHigh = Math.floor(rest / HALF);
    const restLow = rest - restHigh * HALF;
    let next = Math.floor((rest * STEP) / whole);
    rest = (restHigh * STEP - next * high) * HALF + (restLow * STEP - next * low);
    if (rest < 0) {
      next -= 1;
      rest += whole;
    } else if (rest >= whole) {
      next += 1;
      rest -= whole;
    }
    places += STEP_DIGITS;
    if (digits !== '') digits += String(next).padStart(STEP_DIGITS, '0');
    else if (next !== 0) digits = String(next);
  }
  return placed(digits, digits.length - places + 2);
}

/** 0.digits × 10^whole, rounded to the digits of a result and without zeros at its end. */
function placed(digits: string, whole: number): string {
  if (digits.length > TEXT_DIGITS && digits.charCodeAt(TEXT_DIGITS) >= FIVE) {
    const last = lastOtherThan(NINE, digits, TEXT_DIGITS);
    if (last === 0) return placed('1', whole + 1);
    return placed(digits.slice(0, last - 1) + String.fromCharCode(digits.charCodeAt(last - 1) + 1), whole);
  }
  const end = lastOtherThan(ZERO, digits, Math.min(digits.length, TEXT_DIGITS));
  if (end === 0) return '0';
  if (whole <= 0) return `0.${'0'.repeat(-whole)}${digits.slice(0, end)}`;
  if (end <= whole) return digits.slice(0, end).padEnd(whole, '0');
  return `${digits.slice(0, whole)}.${digits.slice(whole, end)}`;
}

/** Length of what remains of the first `length` digits without those of this code at the end. */
function lastOtherThan(code: number, digits: string, length: number): number {
  let end = length;
  while (end > 0 && digits.charCodeAt(end - 1) === code) end -= 1;
  return end;
}

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

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/**
 * The digits of a quotient, then the characters of its text, are written here and made a string at once: strings put
 * together of pieces keep the garbage collector busier than the division. Nothing is left in them between two calls.
 */
const DIGITS = Array.from({ length: 64 }, () => 0);
const TEXT = Array.from({ length: 64 }, () => 0);

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
  const { count, point } = divide(Math.abs(part), Math.abs(whole));
  return textOf(isNegative, count, point + 2);
}

/** A quotient: 0.d₁d₂d₃… × 10^`point`, of `count` digits written to DIGITS, none of them a zero at the end. */
interface Quotient {
  count: number;
  point: number;
}

function divide(part: number, whole: number): Quotient {
  // A quotient of doubles may be rounded up to the next whole number, never beyond it.
  let times = Math.floor(part / whole);
  if (times * whole > part) times -= 1;
  let rest = part - times * whole;
  let count = writeWhole(times);
  const before = count;
  let behind = 0;
  const high = Math.floor(whole / HALF);
  const low = whole - high * HALF;
  // One digit more than is kept: what comes behind it cannot decide about rounding half up.
  while (rest > 0 && count <= TEXT_DIGITS) {
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
    behind += STEP_DIGITS;
    count = writeStep(next, count);
  }
  return rounded(count, before > 0 ? before : count - behind);
}

/** Writes the seven digits of a step behind the `count` digits there are, without zeros at the front; how many there are then. */
function writeStep(step: number, count: number): number {
  let width = STEP_DIGITS;
  if (count === 0) width = step === 0 ? 0 : String(step).length;
  let left = step | 0;
  for (let at = count + width - 1; at >= count; at--) {
    const shorter = (left / 10) | 0;
    DIGITS[at] = left - shorter * 10;
    left = shorter;
  }
  return count + width;
}

function writeWhole(whole: number): number {
  if (whole === 0) return 0;
  const text = String(whole);
  for (let at = 0; at < text.length; at++) DIGITS[at] = text.charCodeAt(at) - ZERO;
  return text.length;
}

/** Half up to the digits of a result. */
function rounded(digits: number, point: number): Quotient {
  let count = Math.min(digits, TEXT_DIGITS);
  if (digits > TEXT_DIGITS && (DIGITS[TEXT_DIGITS] ?? 0) >= 5) {
    while (count > 0 && DIGITS[count - 1] === 9) count -= 1;
    if (count === 0) {
      DIGITS[0] = 1;
      return { count: 1, point: point + 1 };
    }
    DIGITS[count - 1] = (DIGITS[count - 1] ?? 0) + 1;
  }
  while (count > 0 && DIGITS[count - 1] === 0) count -= 1;
  return { count, point };
}

/** Plain decimal text, with a digit before the point. */
function textOf(isNegative: boolean, count: number, point: number): string {
  if (count === 0) return '0';
  let length = 0;
  if (isNegative) TEXT[length++] = MINUS;
  const end = Math.max(count, point);
  for (let at = Math.min(0, point - 1); at < end; at++) {
    if (at === point) TEXT[length++] = POINT;
    TEXT[length++] = ZERO + (at < 0 || at >= count ? 0 : (DIGITS[at] ?? 0));
  }
  return String.fromCharCode.apply(null, TEXT.slice(0, length));
}

import type { NumberLike } from './decimal';

const POINT = 46;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

/** Whole numbers up to this are exact in a double, and so is what the quick ways make of them. */
const LARGEST_UNITS = 1e15;

/** Plain decimal text (`-12.50`) as a whole number: `units` × 10^−`places`, and what was left out behind them. */
export interface PlainNumber {
  units: number;
  places: number;
  /** Character code of the first digit left out; that of 0 where there is none. */
  nextDigit: number;
  /** Behind that digit stands another than 0. */
  hasMore: boolean;
}

/**
 * Reads at most `maxPlaces` digits behind the point. Null for what is no plain decimal text, or has more digits than a
 * double holds: that is for the general decimals. A loop, for screens read numbers by the hundred thousand.
 */
export function readPlain(text: NumberLike, maxPlaces: number): PlainNumber | null {
  if (typeof text !== 'string') return null;
  const { length } = text;
  const first = text.charCodeAt(0) === MINUS ? 1 : 0;
  let units = 0;
  let point = length;
  let nextDigit = ZERO;
  let hasMore = false;
  for (let at = first; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      const place = at - point;
      if (place <= maxPlaces) units = units * 10 + (code - ZERO);
      else if (place === maxPlaces + 1) nextDigit = code;
      else if (code !== ZERO) hasMore = true;
      if (units > LARGEST_UNITS) return null;
    } else if (code === POINT && point === length && at > first) point = at;
    else return null;
  }
  if (length === first || point === length - 1) return null;
  const places = Math.min(Math.max(length - point - 1, 0), maxPlaces);
  return { units: first === 1 ? -units : units, places, nextDigit, hasMore };
}

const POWERS = Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`));

/** The same number in units smaller by so many places; null where they do not fit. */
export function inSmallerUnits(units: number, places: number): number | null {
  const scaled = units * (POWERS[places] ?? Number.NaN);
  return Math.abs(scaled) <= LARGEST_UNITS ? scaled : null;
}

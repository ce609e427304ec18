import type { Rounding } from '@/metrics/model/definition-vocabulary';
import type { NumberLike } from './decimal';
import { inSmallerUnits, readPlain } from './plain';

const FIVE = 53;

/**
 * Plain decimal text rounded to `precision` places, as a whole number of its last place: 4.105 at two places is 411
 * (half up). Null for text that is no plain decimal or has too many digits for an exact double.
 */
export function unitsOf(value: NumberLike, precision: number, rounding: Rounding = 'half_up'): number | null {
  const read = readPlain(value, precision);
  if (read === null) return null;
  const { units, places, nextDigit, hasMore } = read;
  const kept = inSmallerUnits(Math.abs(units), precision - places);
  if (kept === null) return null;
  const isTie = nextDigit === FIVE && !hasMore;
  const roundsUp = isTie && rounding === 'half_even' ? kept % 2 === 1 : nextDigit >= FIVE;
  const rounded = roundsUp ? kept + 1 : kept;
  return isNegative(units) && rounded !== 0 ? -rounded : rounded;
}

/** −0.4 at no places has −0 units. */
function isNegative(units: number): boolean {
  return units < 0 || Object.is(units, -0);
}

/** The number that {@link unitsOf} stands for, without zeros at its end. */
export function unitsText(units: number, precision: number): string {
  let left = Math.abs(units);
  let places = precision;
  for (; places > 0 && left % 10 === 0; places--) left /= 10;
  const digits = String(left).padStart(places + 1, '0');
  const point = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return units < 0 ? `-${text}` : text;
}

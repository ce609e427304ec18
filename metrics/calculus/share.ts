import type { NumberLike } from '@/metrics/format/decimal';
import { percentage, type Result } from './result';

/**
 * 占比 in percent, same prices and same period on both sides (T19). Rounded shares need not add up to 100; no
 * remainder is moved around (calculus.md §9).
 */
export function share(part: NumberLike, whole: NumberLike): Result {
  return percentage(part, whole, { part, whole });
}

/** Rate in percent from its two counts: numerator and denominator travel with it (T34, T42, T49). */
export function rate(numerator: NumberLike, denominator: NumberLike): Result {
  return percentage(numerator, denominator, { numerator, denominator });
}

import type { NumberLike } from '@/metrics/format/decimal';
import { quotient, type Result } from './result';

/**
 * 占比 in percent, same prices and same period on both sides (T19). Rounded shares need not add up to 100; no
 * remainder is moved around (calculus.md §9).
 */
export function share(part: NumberLike, whole: NumberLike): Result {
  return quotient(part, whole, 100, { part, whole });
}

/** Rate in percent from its two counts: numerator and denominator travel with it (T34, T42, T49). */
export function rate(numerator: NumberLike, denominator: NumberLike): Result {
  return quotient(numerator, denominator, 100, { numerator, denominator });
}

import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import type { Accumulation } from '@/metrics/model/definition-vocabulary';
import { noResult, type Result, resultOf } from './result';

/**
 * What a missing period shows: a stock may take over the value before it once, flagged `locf`; flows, rates and
 * indices stay missing (calculus.md §15). `previous` must be an observed value, not itself carried forward.
 */
export function carryForward(
  accumulation: Accumulation,
  current: NumberLike,
  previous: { value: NumberLike; carried: boolean } | null,
): Result {
  const now = toDecimal(current);
  if (now !== null) return resultOf(now, { current });
  const before = previous && !previous.carried ? toDecimal(previous.value) : null;
  const operands = { current, previous: before };
  if (accumulation !== 'stock' || before === null) return noResult('missing', operands);
  return resultOf(before, operands, { flags: ['locf'] });
}

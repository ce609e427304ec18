import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { meanOf, noResult, presentOf, type Result, resultOf } from './result';

/**
 * 功效 score(x, lo, hi) = clamp((x − lo) / (hi − lo) × 100, 0, 100); lo > hi scores an inverse metric (T52). The default
 * way to make parts of a composite comparable: it does not drift with the sample.
 */
export function score(value: NumberLike, low: NumberLike, high: NumberLike): Result {
  const operands = { value, low, high };
  const x = toDecimal(value);
  const lo = toDecimal(low);
  const hi = toDecimal(high);
  if (x === null || lo === null || hi === null) return noResult('operand_missing', operands);
  if (lo.eq(hi)) return noResult('div0', operands);
  const raw = x.minus(lo).div(hi.minus(lo)).times(100);
  return resultOf(Decimal.min(100, Decimal.max(0, raw)), operands);
}

/**
 * z-scores with the population deviation (n), missing values left out; all 0 when nothing varies (T53). Inverse
 * metrics change sign. Definitions score by 功效 alone (calculus.md §22): this is for whoever compares a sample.
 */
export function zScores(values: readonly NumberLike[], inverse = false): (Decimal | null)[] {
  const mean = meanOf(values);
  if (mean === null) return values.map(() => null);
  const variance = meanOf(presentOf(values).map((x) => x.minus(mean).pow(2)));
  const deviation = variance?.sqrt() ?? new Decimal(0);
  return values.map((value) => {
    const x = toDecimal(value);
    if (x === null) return null;
    if (deviation.isZero()) return new Decimal(0);
    const z = x.minus(mean).div(deviation);
    return inverse && !z.isZero() ? z.negated() : z;
  });
}

/** Score after the deduction for unreliable data: × 0.8 when a known online or validity rate is below 90 % (calculus.md §22). */
export function integrityDiscount(
  partScore: NumberLike,
  rates: readonly NumberLike[],
  rule: { below: NumberLike; factor: NumberLike } = { below: 90, factor: '0.8' },
): { score: Decimal | null; isReduced: boolean } {
  const score = toDecimal(partScore);
  const below = toDecimal(rule.below);
  const factor = toDecimal(rule.factor);
  const isReduced = score !== null && below !== null && presentOf(rates).some((rate) => rate.lt(below));
  return { score: isReduced && factor !== null ? (score?.times(factor) ?? null) : score, isReduced };
}

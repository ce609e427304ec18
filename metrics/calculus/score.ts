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
 * metrics change sign.
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

/** Min–max scores 0–100 over the sample; 50 for all when the extremes coincide. */
export function minMaxScores(values: readonly NumberLike[], inverse = false): (Decimal | null)[] {
  const present = presentOf(values);
  if (present.length === 0) return values.map(() => null);
  const low = Decimal.min(...present);
  const span = Decimal.max(...present).minus(low);
  return values.map((value) => {
    const x = toDecimal(value);
    if (x === null) return null;
    if (span.isZero()) return new Decimal(50);
    const s = x.minus(low).div(span).times(100);
    return inverse ? new Decimal(100).minus(s) : s;
  });
}

/** Below this online or validity rate (percent) a reported part loses a fifth of its score (calculus.md §22). */
export const INTEGRITY_RULE = { minRatePercent: 90, factor: '0.8' } as const;

/** Score after the deduction for unreliable data: × 0.8 when a known online or validity rate is below 90 %. */
export function integrityDiscount(
  partScore: NumberLike,
  rates: { online?: NumberLike; valid?: NumberLike },
  rule: { minRatePercent: number; factor: string } = INTEGRITY_RULE,
): Decimal | null {
  const value = toDecimal(partScore);
  const low = presentOf([rates.online, rates.valid]).some((rate) => rate.lt(rule.minRatePercent));
  return value !== null && low ? value.times(rule.factor) : value;
}

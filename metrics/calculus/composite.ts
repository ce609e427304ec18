import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { WEIGHT_TOLERANCE } from '@/metrics/model/weight-tolerance';
import { type Flag, noResult, type Result, resultOf } from './result';

export interface CompositePart {
  name: string;
  weight: NumberLike;
  /** Score 0–100; null is missing. */
  score: NumberLike;
  /** Size of the denominator behind the score: below `minSample` the part counts as missing. */
  sample?: number;
}

export interface CompositeRule {
  /** Scores are reweighted when parts of at least this total weight are there, else the whole is missing. */
  reweightIfAtLeast: NumberLike;
  minSample: number;
}

export const COMPOSITE_RULE: CompositeRule = { reweightIfAtLeast: '0.70', minSample: 30 };

/**
 * Weighted composite with the rule for missing parts (T54). Weights must add up to 1 (RangeError otherwise). The score
 * of a higher region is computed from its own parts, never as the mean of its regions' scores.
 */
export function composite(
  parts: readonly CompositePart[],
  rule: CompositeRule = COMPOSITE_RULE,
): Result & { missing: string[] } {
  let weightSum: Decimal = new Decimal(0);
  let covered: Decimal = new Decimal(0);
  let weighted: Decimal = new Decimal(0);
  const missing: string[] = [];
  let smallSample = false;
  for (const { name, weight, score, sample } of parts) {
    const w = toDecimal(weight);
    if (w === null || w.isNegative())
      throw new RangeError(`composite part ${name}: weight ${String(weight)}`);
    weightSum = weightSum.plus(w);
    const tooSmall = sample !== undefined && sample < rule.minSample;
    const s = tooSmall ? null : toDecimal(score);
    smallSample ||= tooSmall;
    if (s === null) {
      missing.push(name);
      continue;
    }
    covered = covered.plus(w);
    weighted = weighted.plus(w.times(s));
  }
  if (weightSum.minus(1).abs().gt(WEIGHT_TOLERANCE))
    throw new RangeError(`composite weights add up to ${weightSum}`);
  const operands = {
    ...Object.fromEntries(parts.map(({ name, score }) => [name, score])),
    weight_covered: covered,
  };
  // Of the weights as written: three of 0.333333 are the whole.
  if (covered.isZero() || covered.div(weightSum).lt(toDecimal(rule.reweightIfAtLeast) ?? 1))
    return { ...noResult('low_coverage', operands), missing };
  const flags: Flag[] = missing.length > 0 ? ['operand_missing'] : [];
  if (smallSample) flags.push('invalid_sample');
  return { ...resultOf(weighted.div(covered), operands, { flags }), missing };
}

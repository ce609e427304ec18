import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { noResult, type Result, resultOf, sumOf } from './result';

/** Below this growth (absolute, percent) a contribution rate explodes and is not shown (calculus.md §12). */
const MIN_GROWTH_FOR_RATE = '0.5';

export interface PullPart {
  name: string;
  /** Share of last year's GDP at current prices, percent. */
  previousShare: NumberLike;
  /** This year's growth at constant prices, percent. */
  growth: NumberLike;
}

/**
 * 拉动 in percentage points, approximated by last year's nominal share × this year's real growth. Every part is
 * marked approximate; the residual against the published total growth is listed, never spread (T23).
 */
export function approximatePulls(
  parts: readonly PullPart[],
  publishedGrowth?: NumberLike,
): { pulls: { name: string; pull: Result }[]; sum: Result; residual: Result } {
  const pulls = parts.map(({ name, previousShare, growth }) => {
    const operands = { previous_share: previousShare, growth };
    const weight = toDecimal(previousShare);
    const rate = toDecimal(growth);
    if (weight === null || rate === null) return { name, pull: noResult('operand_missing', operands) };
    const making = { basis: 'approximate', flags: ['approximate'] } as const;
    return { name, pull: resultOf(weight.times(rate).div(100), operands, making) };
  });
  const total = sumOf(pulls.map(({ pull }) => pull.value));
  const operands = Object.fromEntries(pulls.map(({ name, pull }) => [name, pull.value]));
  const sum =
    total === null
      ? noResult('operand_missing', operands)
      : resultOf(total, operands, { basis: 'approximate', flags: ['approximate'] });
  const published = toDecimal(publishedGrowth);
  const against = { sum: total, published_growth: published };
  const residual =
    total === null || published === null
      ? noResult('operand_missing', against)
      : resultOf(total.minus(published), against, { basis: 'approximate', flags: ['approximate'] });
  return { pulls, sum, residual };
}

/** 拉动 by the official rule: increment at constant prices / last year's total at constant prices × 100. */
export function pull(increment: NumberLike, previousTotal: NumberLike): Result {
  const operands = { increment, previous_total: previousTotal };
  const delta = toDecimal(increment);
  const total = toDecimal(previousTotal);
  if (delta === null || total === null) return noResult('operand_missing', operands);
  return total.isZero() ? noResult('div0', operands) : resultOf(delta.div(total).times(100), operands);
}

/** 拉动 from a published 贡献率: growth × rate / 100 (T24). */
export function pullFromContribution(growth: NumberLike, contributionPercent: NumberLike): Result {
  const operands = { growth, contribution: contributionPercent };
  const g = toDecimal(growth);
  const rate = toDecimal(contributionPercent);
  return g === null || rate === null
    ? noResult('operand_missing', operands)
    : resultOf(g.times(rate).div(100), operands);
}

/**
 * 贡献率 in percent = 拉动 / total growth × 100. Not shown when the total grows by less than 0.5 % (it explodes) or
 * falls (its sign misleads): then only the 拉动 is.
 */
export function contributionRate(pullPp: NumberLike, totalGrowth: NumberLike): Result {
  const operands = { pull: pullPp, growth: totalGrowth };
  const part = toDecimal(pullPp);
  const growth = toDecimal(totalGrowth);
  if (part === null || growth === null) return noResult('operand_missing', operands);
  if (growth.abs().lt(MIN_GROWTH_FOR_RATE)) return noResult('growth_too_small', operands);
  if (growth.isNegative()) return noResult('growth_negative', operands);
  return resultOf(part.div(growth).times(100), operands);
}

import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { noResult, type Result, resultOf } from './result';

/**
 * 实际 ÷ 计划 × 100 of a stretch of days, the year's plan spread evenly over its days (calculus.md §25, `vs_plan_pct`).
 * Missing without a plan, or with one of nothing.
 */
export function planRatio(input: {
  actual: NumberLike;
  annualPlan: NumberLike;
  days: number;
  daysOfYear: number;
}): Result {
  const { actual, annualPlan, days, daysOfYear } = input;
  const operands = { actual, annual_plan: annualPlan, days, days_of_year: daysOfYear };
  const [made, plan] = [toDecimal(actual), toDecimal(annualPlan)];
  if (made === null || plan === null) return noResult('operand_missing', operands);
  if (plan.isZero() || days <= 0) return noResult('div0', operands);
  return resultOf(made.times(100).times(daysOfYear).div(plan.times(days)), operands);
}

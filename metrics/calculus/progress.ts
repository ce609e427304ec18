import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { meanOf, noResult, percentage, type Result, resultOf } from './result';

export interface Progress {
  /** 完成率 in percent, not cut at 100. */
  completion: Result;
  /** Expected by now: 时序进度 or 历史进度, percent. */
  pace: Result;
  /** 进度差 = completion − pace, percentage points. */
  gap: Result;
}

/**
 * Completion of a level target against the passage of time (T21) or, when `pacePercent` is given, against
 * {@link historicalPace}. `elapsed` of `total` are months (or days for daily metrics).
 */
export function progress(input: {
  ytd: NumberLike;
  target: NumberLike;
  elapsed: number;
  total?: number;
  pacePercent?: NumberLike;
}): Progress {
  const { ytd, target, elapsed, total = 12, pacePercent } = input;
  const completion = percentage(ytd, target, { ytd, target });
  const given = toDecimal(pacePercent);
  const pace =
    given === null
      ? percentage(elapsed, total, { elapsed, total })
      : resultOf(given, { historical_pace: given });
  return { completion, pace, gap: gapPp(completion.value, pace.value) };
}

/**
 * 历史进度: mean share of the year reached by the same time in former years (three by convention), percent. A year
 * without one of its figures makes it missing: the linear pace must then be chosen knowingly.
 */
export function historicalPace(years: readonly { ytd: NumberLike; annual: NumberLike }[]): Result {
  const shares = years.map(({ ytd, annual }) => percentage(ytd, annual, { ytd, annual }).value);
  const operands = Object.fromEntries(shares.map((value, index) => [`share_${index + 1}`, value]));
  if (shares.length === 0 || shares.includes(null)) return noResult('operand_missing', operands);
  return resultOf(meanOf(shares), operands);
}

/** Gap of a growth target: actual − target in percentage points; a growth target has no completion rate. */
export function gapPp(actual: NumberLike, target: NumberLike): Result {
  const operands = { actual, target };
  const a = toDecimal(actual);
  const b = toDecimal(target);
  return a === null || b === null ? noResult('operand_missing', operands) : resultOf(a.minus(b), operands);
}

/** Binding ceiling (e.g. PM2.5 ≤ 36): met or not, and by how much (value − ceiling). Null when unknown. */
export function ceilingTarget(
  value: NumberLike,
  ceiling: NumberLike,
): { met: boolean | null; excess: Result } {
  const excess = gapPp(value, ceiling);
  return { met: excess.value === null ? null : !toDecimal(excess.value)?.gt(0), excess };
}

/**
 * Completion of a reduction target in percent: (base − current) / (base − target) (T22). Negative when things got
 * worse, and shown so; missing when base equals target.
 */
export function reductionCompletion(input: {
  base: NumberLike;
  target: NumberLike;
  current: NumberLike;
}): Result {
  const { base, target, current } = input;
  const b = toDecimal(base);
  const t = toDecimal(target);
  const c = toDecimal(current);
  if (b === null || t === null || c === null) return noResult('operand_missing', { base, target, current });
  return percentage(b.minus(c), b.minus(t), { base, target, current });
}

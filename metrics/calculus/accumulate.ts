import { type Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { growthRatio } from './growth-ratio';
import { noResult, presentOf, type Result, resultOf, sumOf } from './result';

/** Reported 累计 and the sum of its months may differ by this share before it is flagged. */
const YTD_MISMATCH_RATIO = '0.005';

/**
 * 累计 of a flow: the reported cumulative figure where the source gives one, else the sum of the months. A sum with a
 * missing month has no value and is flagged `partial`. A difference beyond 0.5 % is flagged `ytd_mismatch`; the
 * reported figure stands (calculus.md §5).
 */
export function ytd(months: readonly NumberLike[], reported?: NumberLike): Result {
  const sum = totalOf(months);
  const said = toDecimal(reported);
  if (said !== null) {
    const operands = { reported, sum_of_months: sum };
    const flags = isYtdMismatch(said, sum) ? (['ytd_mismatch'] as const) : [];
    return resultOf(said, operands, { basis: 'published', flags });
  }
  const operands = Object.fromEntries(months.map((value, index) => [`month_${index + 1}`, value]));
  if (presentOf(months).length === 0) return noResult('missing', operands);
  return sum === null ? noResult('partial', operands) : resultOf(sum, operands);
}

/** Whether a 累计 and what its parts sum to differ by more than rounding; not where either is unknown. */
export function isYtdMismatch(total: NumberLike, sum: NumberLike): boolean {
  const said = toDecimal(total);
  if (said === null) return false;
  return toDecimal(sum)?.minus(said).abs().gt(said.abs().times(YTD_MISMATCH_RATIO)) ?? false;
}

/**
 * 累计同比 from the months of both years: ratio of the sums, never the mean of the monthly growth rates (T9). Both
 * sides need the same number of months, all present.
 */
export function ytdYoy(
  current: readonly NumberLike[],
  previous: readonly NumberLike[],
  isProfit = false,
): Result {
  const now = totalOf(current);
  const then = totalOf(previous);
  const operands = { ytd: now, ytd_last_year: then };
  if (current.length !== previous.length) return noResult('not_comparable', operands);
  if (now === null || then === null) return noResult('partial', operands);
  return growthRatio({ current: now, base: then, isProfit });
}

/** No months are no sum of 0: then nothing was added up. */
function totalOf(months: readonly NumberLike[]): Decimal | null {
  return months.length === 0 ? null : sumOf(months);
}

import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { meanOf, noResult, type Result, resultOf } from './result';

/** Growth from an index of 上年同月=100 or 上月=100: index − 100, in percent (T13). */
export function indexMinus100(index: NumberLike): Result {
  const value = toDecimal(index);
  if (value === null) return noResult('missing', { index }, { text: '本期缺' });
  return resultOf(value.minus(100), { index });
}

/**
 * Chain index I_t = I_{t−1} × link / 100 from links of 上月=100 (T14). After a missing link the chain is broken
 * and stays empty: growth rates are never added up.
 */
export function chainIndex(links: readonly NumberLike[], start: NumberLike = 100): Result[] {
  let level = toDecimal(start);
  return links.map((link) => {
    const step = toDecimal(link);
    const operands = { previous: level, link };
    level = level === null || step === null ? null : level.times(step).div(100);
    return level === null ? noResult('operand_missing', operands) : resultOf(level, operands);
  });
}

/**
 * Index of the year to date (上年同期=100): mean of this year's fixed-base indices over the mean of last year's
 * same months, × 100 (T15); not the mean of the monthly 同比 indices. Both years must have the same months.
 */
export function ytdIndex(current: readonly NumberLike[], previous: readonly NumberLike[]): Result {
  const complete = (values: readonly NumberLike[]) => values.every((value) => toDecimal(value) !== null);
  const now = complete(current) ? meanOf(current) : null;
  const then = complete(previous) ? meanOf(previous) : null;
  const operands = { mean_current: now, mean_previous: then };
  if (current.length !== previous.length) return noResult('not_comparable', operands);
  if (now === null || then === null) return noResult('operand_missing', operands);
  if (then.isZero()) return noResult('div0', operands);
  return resultOf(now.div(then).times(new Decimal(100)), operands);
}

import { timesText } from '@/metrics/format/change';
import { Decimal, type NumberLike, percentOf, toDecimal } from '@/metrics/format/decimal';
import { formatNumber } from '@/metrics/format/number';
import { percentText, wholePair } from './exact-percent';
import { type Flag, noResult, presentOf, type Result, resultOf } from './result';

export interface GrowthInput {
  current: NumberLike;
  base: NumberLike;
  /** Base values of the last three years: a base below 5 % of their median is flagged `small_base`. */
  recent?: readonly NumberLike[];
  /** What the base is called in words; 上年同期 unless told. */
  baseName?: string;
  /** Below zero is a loss: a change of sign is said of profits otherwise than of balances and net flows. */
  isProfit?: boolean | undefined;
}

/** Words say 倍 from a growth beyond 1000 %: above so many times the base (calculus.md §14). */
const TIMES_ABOVE = 11;
const SMALL_BASE_SHARE = '0.05';

/**
 * (current / base − 1) × 100 in percent, guarded for zero, negative and missing bases (T30, T31). Where a
 * percentage would mislead there is no value but words: 由负转正, 上年同期为0, of profits 由亏转盈, 亏损扩大 50.0%.
 */
export function growthRatio(input: GrowthInput): Result {
  const { current, base, recent, baseName = '上年同期' } = input;
  const words = input.isProfit ? PROFIT_WORDS : PLAIN_WORDS;
  const operands = { current, base };
  const pair = recent === undefined ? wholePair(current, base) : null;
  if (pair !== null && pair.a >= 0 && pair.b > 0) {
    const growth = percentText(pair.a - pair.b, pair.b);
    return resultOf(growth, operands, pair.a > pair.b * TIMES_ABOVE ? { text: inTimes(growth) } : {});
  }
  const x = toDecimal(current);
  const x0 = toDecimal(base);
  if (x0 === null) return noResult('base_missing', operands, { text: `${baseName}缺` });
  if (x === null) return noResult('missing', operands, { text: '本期缺' });
  if (x0.isZero()) {
    const text = x.isZero() ? `与${baseName}均为0` : `${baseName}为0`;
    return noResult('base_zero', operands, { text });
  }
  if (x0.isNegative()) return noResult('base_neg', operands, { text: fromNegative(x, x0, words) });
  if (x.lt(0)) return noResult('turned_negative', operands, { text: words.down });

  const growth = percentOf(x.minus(x0), x0);
  const flags: Flag[] = isSmallBase(x0, recent) ? ['small_base'] : [];
  return resultOf(
    growth,
    operands,
    x.gt(x0.times(TIMES_ABOVE)) ? { flags, text: inTimes(growth) } : { flags },
  );
}

/** Difference of two rates in percentage points, or of two amounts in their own unit (T6). */
export function difference(current: NumberLike, base: NumberLike, baseName = '上年同期'): Result {
  const operands = { current, base };
  const x = toDecimal(current);
  const x0 = toDecimal(base);
  if (x0 === null) return noResult('base_missing', operands, { text: `${baseName}缺` });
  if (x === null) return noResult('missing', operands, { text: '本期缺' });
  return resultOf(x.minus(x0), operands);
}

const PROFIT_WORDS = { up: '由亏转盈', down: '由盈转亏', below: '亏损' };
const PLAIN_WORDS = { up: '由负转正', down: '由正转负', below: '负值' };

function fromNegative(x: Decimal, x0: Decimal, { up, below }: typeof PLAIN_WORDS): string {
  if (x.gt(0)) return up;
  const change = percentOf(x.abs().minus(x0.abs()), x0.abs());
  if (change.isZero()) return `${below}持平`;
  return `${below}${change.gt(0) ? '扩大' : '收窄'} ${formatNumber(change.abs(), { precision: 1 })}%`;
}

function inTimes(growth: Decimal | string): string {
  return `增长 ${timesText(growth)} 倍`;
}

function isSmallBase(base: Decimal, recent: readonly NumberLike[] = []): boolean {
  const sorted = presentOf(recent).sort((a, b) => a.cmp(b));
  if (sorted.length === 0) return false;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? new Decimal(0);
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? new Decimal(0);
  return base.lt(upper.plus(lower).div(2).times(SMALL_BASE_SHARE));
}

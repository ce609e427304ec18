import type { ChangeUnit } from '@/metrics/format/change';
import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { isYtd } from '@/metrics/model/basis';
import type { Basis } from '@/metrics/model/cell';
import type { MomRule } from '@/metrics/model/definition-vocabulary';
import { difference, growthRatio } from './growth-ratio';
import { indexMinus100 } from './index-number';
import { noResult, type Result, resultOf } from './result';
import type { Change } from './yoy';

export interface MomInput {
  rule: MomRule;
  basis: Basis;
  current: NumberLike;
  previous: NumberLike;
  /** Published, seasonally adjusted rate. */
  published?: NumberLike;
  isProfit?: boolean;
}

const UNITS: Readonly<Record<MomRule, ChangeUnit>> = {
  value_ratio: 'percent',
  published_sa: 'percent',
  pp_diff: 'pp',
  abs_diff: 'unit',
  index_minus_100: 'percent',
  none: 'unit',
};

/**
 * 环比 against the period before; for month, point and day values only, never for 累计 (calculus.md §4). Where
 * the previous cell does not exist (March of a metric with merged 1–2月) there is none.
 */
export function mom(input: MomInput): Change {
  return Object.assign(byRule(input), { unit: UNITS[input.rule] });
}

function byRule({ rule, basis, current, previous, published, isProfit }: MomInput): Result {
  const operands = { current, previous };
  if (rule === 'none' || isYtd(basis)) return noResult('not_applicable', operands);
  if (rule === 'published_sa') {
    const rate = toDecimal(published);
    if (rate === null) return noResult('published_missing', { ...operands, published });
    return resultOf(rate, { ...operands, published }, { basis: 'published' });
  }
  if (rule === 'index_minus_100') return indexMinus100(current);
  if (rule === 'value_ratio') return growthRatio({ current, base: previous, baseName: '上期', isProfit });
  return difference(current, previous, '上期');
}

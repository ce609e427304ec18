import type { ChangeUnit } from '@/metrics/format/change';
import type { NumberLike } from '@/metrics/format/decimal';
import type { MetricDefinition } from '@/metrics/model/definition';
import { momRule } from '@/metrics/model/mom-rule';
import { difference, growthRatio } from './growth-ratio';
import type { Result } from './result';

/**
 * How a day is compared with the same weekday of the week before: by the rule of 环比, else of 同比 (calculus.md §4, §14). A
 * flow whose growth only a publisher gives is still a ratio of days; of other levels nothing is said then.
 */
export function weekUnit({
  mom,
  unit,
  yoy,
  accumulation,
}: Pick<MetricDefinition, 'mom' | 'unit' | 'yoy' | 'accumulation'>): ChangeUnit | undefined {
  const rule = mom === 'none' ? yoy : momRule({ mom, unit });
  switch (rule) {
    case 'value_ratio':
    case 'value_ratio_comparable':
      return 'percent';
    case 'pp_diff':
      return 'pp';
    case 'abs_diff':
      return 'unit';
    default:
      return accumulation === 'flow' ? 'percent' : undefined;
  }
}

/** 较上周同日 in that unit. */
export function weekChange(
  unit: ChangeUnit,
  current: NumberLike,
  base: NumberLike,
  isProfit = false,
): Result {
  return unit === 'percent'
    ? growthRatio({ current, base, baseName: '上周同日', isProfit })
    : difference(current, base, '上周同日');
}

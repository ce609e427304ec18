import type { Rounding } from '@/metrics/model/definition-vocabulary';
import type { NumberLike } from './decimal';
import { formatNumber, MISSING_TEXT } from './number';
import { roundTo } from './rounding';

/**
 * What a change is measured in: `percent` a ratio of levels, `pp` 百分点 between rates, `point` 点 between
 * indices, `unit` the metric's own unit (abs_diff).
 */
export type ChangeUnit = 'percent' | 'pp' | 'point' | 'unit';

export interface ChangeFormat {
  unit: ChangeUnit;
  precision?: number;
  rounding?: Rounding;
  /** Unit text for `unit: 'unit'`. */
  unitText?: string;
}

/** Above this growth 倍 reads better than % (calculus.md §14). */
const TIMES_ABOVE_PERCENT = 1000;

/**
 * A change as official texts write it: '+2.9 个百分点' between rates (never %), '+0.4 点' between indices,
 * '+5.3%', and beyond 1000 % '增长 10.5 倍' where 倍 counts the increase (T31: 增长5.3倍 is +530 %).
 */
export function formatChange(value: NumberLike, format: ChangeFormat): string {
  const { unit, precision = 1, rounding, unitText = '' } = format;
  const rounded = roundTo(value, precision, rounding);
  if (rounded === null) return MISSING_TEXT;
  if (unit === 'percent' && rounded.gt(TIMES_ABOVE_PERCENT)) return `增长 ${timesText(value, rounding)} 倍`;
  const text = formatNumber(value, { precision, sign: true, ...(rounding && { rounding }) });
  switch (unit) {
    case 'percent':
      return `${text}%`;
    case 'pp':
      return `${text} 个百分点`;
    case 'point':
      return `${text} 点`;
    case 'unit':
      return unitText === '' ? text : `${text} ${unitText}`;
  }
}

/**
 * Digits of a change: a difference in the metric's own unit has the metric's, one between rates at least one and no fewer
 * than the rates that it is of, growth has one.
 */
export function precisionOfChange(unit: string, metricPrecision: number): number {
  if (unit === 'unit') return metricPrecision;
  return unit === 'pp' ? Math.max(1, metricPrecision) : 1;
}

/** '增长' | '下降' | '持平' as running text: 增长 2.3%, 下降 0.8%, 提高 2.9 个百分点. */
export function changeInWords(value: NumberLike, format: ChangeFormat): string {
  const { unit, precision = 1, rounding } = format;
  const rounded = roundTo(value, precision, rounding);
  if (rounded === null) return MISSING_TEXT;
  if (rounded.isZero()) return '持平';
  if (unit === 'percent' && rounded.gt(TIMES_ABOVE_PERCENT)) return formatChange(value, format);
  const [up, down] =
    unit === 'percent' ? ['增长', '下降'] : unit === 'unit' ? ['增加', '减少'] : ['提高', '降低'];
  const magnitude = formatChange(rounded.abs(), format).replace(/^\+/, '');
  return `${rounded.isNegative() ? down : up} ${magnitude}`;
}

/** Growth in percent as 倍 of increase, one place, without a trailing .0. */
export function timesText(growthPercent: NumberLike, rounding?: Rounding): string {
  const times = roundTo(growthPercent, 30)?.div(100);
  if (times === undefined) return MISSING_TEXT;
  return formatNumber(times, { precision: 1, ...(rounding && { rounding }) }).replace(/\.0$/, '');
}

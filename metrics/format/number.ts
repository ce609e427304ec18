import type { Rounding } from '@/metrics/model/definition-vocabulary';
import type { NumberLike } from './decimal';
import { roundTo } from './rounding';

/** What a missing value looks like: never 0, never blank (calculus.md §15). */
export const MISSING_TEXT = '—';

const MINUS = '−';

export interface NumberFormat {
  precision: number;
  rounding?: Rounding;
  /** Thousands separators; default true. */
  thousands?: boolean;
  /** Writes + before positive numbers; zero has no sign. Default false. */
  sign?: boolean;
}

/**
 * Number text, rounded once to the catalogue's precision, with a true minus sign. The unit is the
 * catalogue's: nothing is scaled to 万 or 亿 on the way.
 */
export function formatNumber(value: NumberLike, format: NumberFormat): string {
  const rounded = roundTo(value, format.precision, format.rounding);
  if (rounded === null) return MISSING_TEXT;
  const [whole = '', fraction] = rounded.abs().toFixed(format.precision).split('.');
  const grouped = format.thousands === false ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign =
    rounded.isNegative() && !rounded.isZero() ? MINUS : format.sign && !rounded.isZero() ? '+' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Number with its unit; '%' follows directly, other units after a thin gap. Missing has no unit. */
export function formatQuantity(value: NumberLike, unit: string, format: NumberFormat): string {
  const text = formatNumber(value, format);
  if (text === MISSING_TEXT || unit === '' || unit === '无量纲') return text;
  return unit === '%' ? `${text}%` : `${text} ${unit}`;
}

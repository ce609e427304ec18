import type { MetricDefinition } from '@/metrics/model/definition';
import type { Rounding } from '@/metrics/model/definition-vocabulary';
import { type Decimal, type NumberLike, toDecimal } from './decimal';
import { formatNumber } from './number';
import { roundDecimal } from './rounding';

export interface RevisionText {
  /** What the revision changed, in words that do not contradict the two numbers shown; null without both. */
  text: string | null;
  /** Whether the number shown became another one. */
  visible: boolean;
}

interface Shown {
  precision: number;
  rounding?: Rounding;
  /** What it is a change of; absent: of an amount in its own unit, which is not repeated. */
  of?: Pick<MetricDefinition, 'unit' | 'accumulation'>;
}

/** In place of a change: one value is of a census's day, the other of the year's end. */
export const OTHER_COUNT_ZH = '统计时点不同,不作修订比较';

/** Rates and indices change by points, never in percent of themselves (calculus.md §1, T6). */
export function changesInPercent({ accumulation }: Pick<MetricDefinition, 'accumulation'>): boolean {
  return accumulation === 'flow' || accumulation === 'stock';
}

function unitOfChange(of: Shown['of']): string {
  if (of?.unit === '%') return ' 个百分点';
  return of?.accumulation === 'index' ? ' 点' : '';
}

/** Digits after which a percentage says nothing any more. */
const PERCENT_DIGITS = 4;

/**
 * A revision from one value to the next as both are displayed. 76.06 → 76.04 is shown as 76.1 → 76.0: neither 0.0 nor
 * −0.1 would be true, so the change gets digits until it says something, up to the stored ones.
 */
export function revisionText(
  before: NumberLike,
  now: NumberLike,
  { precision, rounding, of }: Shown,
): RevisionText {
  const unit = unitOfChange(of);
  const then = toDecimal(before);
  const later = toDecimal(now);
  if (then === null || later === null) return { text: null, visible: then !== later };
  const change = later.minus(then);
  const shown = roundDecimal(later, precision, rounding).minus(roundDecimal(then, precision, rounding));
  const visible = !shown.isZero();
  if (change.isZero()) return { text: '数值未变', visible };
  const stored = Math.max(then.decimalPlaces(), later.decimalPlaces());
  if (!visible)
    return { text: `显示精度以下(${spoken(change, precision + 1, stored, rounding)}${unit})`, visible };
  const agrees = roundDecimal(change, precision, rounding).eq(shown);
  return { text: `${spoken(change, agrees ? precision : precision + 1, stored, rounding)}${unit}`, visible };
}

/** A change in percent with one place, or as many more as it takes not to be shown as 0. */
export function smallPercentText(percent: string): string | null {
  const value = toDecimal(percent);
  return value === null ? null : `${spoken(value, 1, PERCENT_DIGITS)}%`;
}

/** With the fewest digits, from `least` on and to `most`, at which it is not 0. */
function spoken(change: Decimal, least: number, most: number, rounding?: Rounding): string {
  let precision = least;
  while (precision < most && !change.isZero() && roundDecimal(change, precision, rounding).isZero())
    precision += 1;
  return formatNumber(change, { precision, ...(rounding && { rounding }), sign: true });
}

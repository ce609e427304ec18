import { Decimal, toDecimal } from '@/metrics/format/decimal';
import { formatNumber } from '@/metrics/format/number';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { MapClass } from '@/server/services/screens/types';

const QUANTILE_CLASSES = 6;

/** Classes of a standard (优 0–50 …) as the metric's definition has them; integers, so 51 begins where 50 ends. */
export function standardClasses(
  definition: MetricDefinition,
): { label: string; from: number; to: number | null }[] {
  const set = definition.thresholds?.sets.find(
    (candidate) =>
      candidate.source === 'standard' &&
      candidate.measure === 'value' &&
      candidate.rules.some((rule) => rule.type === 'range'),
  );
  return (set?.rules ?? []).flatMap((rule) =>
    rule.type === 'range' ? [{ label: rule.label ?? '', from: rule.from, to: rule.to ?? null }] : [],
  );
}

/** Index of the class of a value, judged as displayed; null without a value or above every class. */
export function classIndex(
  classes: readonly { from: number; to: number | null }[],
  shown: string | null,
): number | null {
  const value = toDecimal(shown);
  if (value === null) return null;
  const index = classes.findLastIndex(({ from }) => value.gte(from));
  return index < 0 ? null : index;
}

/**
 * Six classes with about equally many regions each; bounds are values that occur, so that the legend says where a
 * region stands. Fewer distinct values make fewer classes, and so do bounds that look alike as displayed. Of whole
 * numbers a class ends where the next one begins, less one: 1 is in one class only.
 */
export function quantileClasses(values: readonly string[], precision: number): MapClass[] {
  const sorted = values.map((value) => new Decimal(value)).sort((a, b) => a.cmp(b));
  const lows = Array.from({ length: QUANTILE_CLASSES }, (_, index) =>
    sorted[Math.floor((index * sorted.length) / QUANTILE_CLASSES)]?.toNumber(),
  );
  const distinct = [...new Set(lows.filter((low) => low !== undefined))];
  // Where nearly all are alike (days without pollution) those above them are a class of their own.
  const above = distinct.length === 1 ? sorted.find((value) => value.gt(distinct[0] ?? 0)) : undefined;
  if (above) distinct.push(above.toNumber());
  // A legend needs no decimals where whole numbers already tell the classes apart.
  const text = (value: number) => formatNumber(value, { precision: value >= 100 ? 0 : precision });
  const bounds = distinct.filter(
    (low, index) => index === 0 || text(low) !== text(distinct[index - 1] ?? low),
  );
  const whole = precision === 0 && sorted.every((value) => value.isInteger());
  return bounds.map((from, index) => {
    const to = bounds[index + 1] ?? null;
    return { from, to, label: to === null ? `≥ ${text(from)}` : rangeText(from, to, whole, text) };
  });
}

function rangeText(from: number, to: number, whole: boolean, text: (value: number) => string): string {
  if (!whole) return `${text(from)} – ${text(to)}`;
  return to - from === 1 ? text(from) : `${text(from)} – ${text(to - 1)}`;
}

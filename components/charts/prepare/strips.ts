import type { Series } from '@/server/services/screens/types';

/** One strip of a stack: its own honest axis over the shared periods. */
export interface Strip {
  name: string;
  unit: string;
  mark: 'bar' | 'line';
  /** null is a gap. */
  values: (number | null)[];
  texts: string[];
  /** Provisional values are drawn lighter. */
  provisional: boolean[];
  /** 不完整: lacks regions or days that it should have. */
  partial: boolean[];
  /** 待核: not checked against the publisher. */
  unverified: boolean[];
  /** Bars start at zero, always; a line may start where its values are. */
  low: number;
  high: number;
  /** Height relative to the other strips. */
  weight: number;
}

export interface StripsModel {
  labels: string[];
  strips: Strip[];
  /** Between the period before and the one at this index a strip's series does not go on as it was. */
  breaks: { strip: number; at: number; note: string }[];
}

/** Axis bounds at round numbers, about four steps apart. */
export function niceBounds(values: readonly number[], fromZero: boolean): { low: number; high: number } {
  if (values.length === 0) return { low: 0, high: 1 };
  const min = Math.min(...values);
  const max = Math.max(...values);
  const low = fromZero ? Math.min(0, min) : min;
  const high = fromZero ? Math.max(0, max) : max;
  const span = high - low || Math.abs(high) || 1;
  const step = niceStep(span / 4);
  const lowest = Math.floor(low / step) * step;
  return { low: lowest, high: Math.max(Math.ceil(high / step) * step, lowest + step) };
}

function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const part = raw / power;
  return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * power;
}

export interface StripInput {
  series: Series;
  mark: 'bar' | 'line';
  weight: number;
  /** A rate crosses zero: the zero line must be in the picture. */
  showZero?: boolean;
}

/** Series of the same periods, one strip each. */
export function stripsOf(inputs: readonly StripInput[]): StripsModel {
  const labels = inputs[0]?.series.points.map(({ label }) => shortLabel(label)) ?? [];
  const strips = inputs.map(({ series, mark, weight, showZero = false }): Strip => {
    const values = series.points.map(({ value }) => (value === null ? null : Number(value)));
    const present = values.filter((value) => value !== null);
    const crossesZero = present.some((value) => value < 0);
    return {
      name: series.name,
      unit: series.unit,
      mark,
      values,
      texts: series.points.map(({ text }) => text),
      provisional: series.points.map(
        ({ status }) => status !== null && status !== 'final' && status !== 'census',
      ),
      partial: series.points.map(({ partial }) => partial ?? false),
      unverified: series.points.map(({ unverified }) => unverified !== null),
      ...niceBounds(present, mark === 'bar' || showZero || crossesZero),
      weight,
    };
  });
  const breaks = inputs.flatMap(({ series }, strip) =>
    series.points.flatMap(({ breakNote }, at) =>
      breakNote === undefined ? [] : [{ strip, at, note: breakNote }],
    ),
  );
  return { labels, strips, breaks };
}

/** 2024年 → 2024; 2026年11月3日 → 11-3: an axis has no room for words. */
export function shortLabel(label: string): string {
  const day = /^\d+年(\d+)月(\d+)日/.exec(label);
  if (day) return `${day[1]}-${day[2]}`;
  return label.replace(/^(\d+)年$/, '$1');
}

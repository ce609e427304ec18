import { expect, it } from 'vitest';
import type { MetricTrend, TrendPoint } from '@/server/services/desk/types';
import { trendOption } from './trend-option';

const point = (periodMs: number, value: string | null, status: TrendPoint['status']): TrendPoint => ({
  ...{ periodMs, period: String(periodMs), label: `第${periodMs}期`, value, text: value ?? '—', status },
  ...{ demo: false, unverified: null, running: false, partial: false, broken: false, wholeYear: false },
  yoy: { value: null, text: '—', basis: null, rule: '' },
});
const trendOf = (points: TrendPoint[]): MetricTrend => ({
  ...{ unit: '%', yoyUnit: '百分点', yoyRule: '', mark: 'line', demo: false },
  points,
});

it('draws every figure that is not settled as a ring, as the legend says, also where it stands alone', () => {
  const points = [point(1, '5.9', 'final'), point(2, null, null), point(3, '-6.6', 'prelim')];
  const option = trendOption(trendOf(points), 'level', null, 'dark', {
    k: 1,
    still: true,
    width: 800,
    height: 300,
  });
  const [series] = option.series as { data: { itemStyle: { color: string; borderColor: string } }[] }[];
  const isRing = (at: number) => {
    const style = series?.data[at]?.itemStyle;
    return style?.color !== style?.borderColor;
  };
  expect([isRing(0), isRing(2)]).toEqual([false, true]);
});

import { expect, it } from 'vitest';
import type { MetricTrend, TrendPoint } from '@/server/services/desk/types';
import { changeWords, shortLabel, trendOption } from './trend-option';

const point = (periodMs: number, value: string | null, status: TrendPoint['status']): TrendPoint => ({
  ...{ periodMs, period: String(periodMs), label: `第${periodMs}期`, value, text: value ?? '—', status },
  ...{
    demo: false,
    unverified: null,
    running: false,
    partial: false,
    nearlyWhole: false,
    approximate: false,
    broken: false,
    wholeYear: false,
  },
  yoy: { value: null, text: '—', basis: null, rule: '', unverified: null },
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

it('says 待核 of a growth that nobody checked, whatever the level beside it is', () => {
  const growth = { value: '6.7', text: '+6.7%', basis: 'published', rule: '发布' } as const;
  const settled = point(1, '15958.1', 'census');
  expect(changeWords({ ...settled, yoy: { ...growth, unverified: '凭记忆录入,未核到出处' } })).toBe(
    '+6.7%(发布 · 待核)',
  );
  expect(changeWords({ ...settled, yoy: { ...growth, unverified: null } })).toBe('+6.7%(发布)');
});

it('shortens what stands on the axis without losing the year or the day', () => {
  const labels = ['2024年', '2024年1-3月', '2025年10月24日', '2025年累计至10月24日', '2024年全年'];
  expect(labels.map(shortLabel)).toEqual(['2024', '24年1-3月', '25-10-24', '25-10-24', '24年全年']);
});

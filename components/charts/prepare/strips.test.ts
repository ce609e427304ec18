import { describe, expect, it } from 'vitest';
import { stripsOption } from '@/components/charts/options/strips';
import { niceBounds, shortLabel, stripsOf } from '@/components/charts/prepare/strips';
import type { Series } from '@/server/services/screens/types';

const series = (values: (string | null)[], unit = '亿元'): Series => ({
  key: 'k',
  name: '某指标',
  unit,
  freq: 'A',
  basis: 'published',
  cell: null,
  points: values.map((value, index) => ({
    periodMs: index,
    label: `${2020 + index}年`,
    value,
    text: value ?? '—',
    status: index === 0 ? 'final' : 'prelim',
    demo: false,
    unverified: index === 2 ? '出处可信度低' : null,
  })),
});

describe('strips', () => {
  it('starts the axis of bars at zero, so that lengths compare', () => {
    const { strips } = stripsOf([{ series: series(['98', '102']), mark: 'bar', weight: 1 }]);
    expect(strips[0]).toMatchObject({ low: 0, high: 150 });
  });

  it('lets a line begin where its values are, but keeps zero in sight once it is crossed', () => {
    const [above, across] = stripsOf([
      { series: series(['98', '102']), mark: 'line', weight: 1 },
      { series: series(['-2', '6']), mark: 'line', weight: 1 },
    ]).strips;
    expect(above?.low).toBe(98);
    expect(across).toMatchObject({ low: -2, high: 6 });
  });

  it('keeps a gap as null and tells what is provisional', () => {
    const { strips, labels } = stripsOf([{ series: series(['1', null, '3']), mark: 'bar', weight: 1 }]);
    expect(strips[0]?.values).toEqual([1, null, 3]);
    expect(strips[0]?.provisional).toEqual([false, true, true]);
    expect(strips[0]?.unverified).toEqual([false, false, true]);
    expect(labels).toEqual(['2020', '2021', '2022']);
  });

  it('tells which values lack something, and draws them as rings however many there are', () => {
    const many = series(Array.from({ length: 30 }, () => '1'));
    const points = many.points.map((point, at) => (at === 4 ? { ...point, partial: true as const } : point));
    const model = stripsOf([{ series: { ...many, points }, mark: 'line', weight: 1 }]);
    const option = stripsOption(model, { k: 1, still: true, width: 400, height: 200 });
    const [line] = (option as { series: { data: { symbolSize: number }[] }[] }).series;
    expect(line?.data.map(({ symbolSize }, at) => [at, symbolSize]).filter(([, size]) => size !== 0)).toEqual(
      [[4, 6]],
    );
  });

  it('tells between which periods a series breaks', () => {
    const broken = series(['1', '2', '3']);
    const points = broken.points.map((point, at) =>
      at === 2 ? { ...point, breakNote: '口径可能不同' } : point,
    );
    const inputs = [
      { series: { ...broken, points }, mark: 'bar', weight: 1 },
      { series: series(['1', '2', '3']), mark: 'line', weight: 1 },
    ] as const;
    expect(stripsOf(inputs).breaks).toEqual([{ strip: 0, at: 2, note: '口径可能不同' }]);
  });

  it('has bounds for a flat and for an empty series', () => {
    expect(niceBounds([], false)).toEqual({ low: 0, high: 1 });
    const flat = niceBounds([5, 5], false);
    expect(flat.high).toBeGreaterThan(flat.low);
  });

  it('shortens labels without losing the day', () => {
    expect(['2024年', '2026年11月3日', '2024年1-8月'].map(shortLabel)).toEqual([
      '2024',
      '11-3',
      '2024年1-8月',
    ]);
  });
});

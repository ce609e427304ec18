import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2026-11-27T09:00:00+08:00');
const ROWS = 'air_quality_hour';
const PUBLISHER = '省生态环境厅';
/** PM2.5: published without the hours of sand, computed with them. */
const pm25 = sample.aggregated({
  ...{ code: 'pm25', dataset: ROWS, published_basis: 'sand_adjusted', unit: 'μg/m³', precision: 1 },
  ...{ accumulation: 'rate', additive_over_regions: false, rollup: 'mean_of_cities' },
  ...{ yoy: 'value_ratio', mom: 'value_ratio', direction: 'lower_better', five_year: 'reduction' },
});
const REASON = '口径不同,不可比(发布数已扣除沙尘影响)';
const year = (y: number) => periodOf('A', { year: y });
const month = (y: number, m: number) => periodOf('M', { year: y, month: m });

const worked = (cell: Parameters<typeof cellFacts>[1], parts: readonly KnownPart[], more = {}) => {
  const made = workings(cellFacts(pm25, cell, parts, NOW, more));
  return (key: string) => made.find((working) => working.key === key);
};

describe('workings of a metric that is published by another 口径 than rows are counted by', () => {
  it('compare no year of rows with a published one, and its acceleration neither', () => {
    const of = worked({ freq: 'A', periodMs: year(2025) }, [
      { value: '47.2', source: ROWS },
      { value: '36', source: PUBLISHER, periodMs: year(2024) },
      { value: '37', source: PUBLISHER, periodMs: year(2023) },
    ]);
    expect(of('yoy')).toMatchObject({
      value: null,
      reason: REASON,
      flags: [{ flag: 'not_comparable', words: '口径不可比' }],
    });
    expect(of('accel_pp')).toBeUndefined();
  });

  it('compare no month with the one before either', () => {
    const of = worked({ freq: 'M', periodMs: month(2026, 3) }, [
      { value: '33', source: PUBLISHER },
      { value: '91.4', source: ROWS, periodMs: month(2026, 2) },
      { value: '50.9', source: ROWS, periodMs: month(2025, 3) },
    ]);
    expect(of('mom')).toMatchObject({ value: null, reason: REASON });
    expect(of('yoy')).toMatchObject({ value: null, reason: REASON });
  });

  it('give the growth that was published, though a level was published anew since', () => {
    const of = worked({ freq: 'A', periodMs: year(2025) }, [
      { value: '47.2', source: ROWS },
      { value: '-2.7', source: PUBLISHER, measure: 'yoy', vintageMs: 1 },
      { value: '36', source: PUBLISHER, periodMs: year(2024), vintageMs: 2 },
      { value: '1.1', source: PUBLISHER, periodMs: year(2024), measure: 'yoy' },
    ]);
    expect(of('yoy')).toMatchObject({ text: '−2.7%', basis: 'published', rule: { text: '取发布值' } });
    // −2.7 − 1.1
    expect(of('accel_pp')?.value).toBe('-3.8');
  });

  it('set no growth of rows against one of publications', () => {
    const of = worked({ freq: 'M', periodMs: month(2026, 7) }, [
      { value: '22', source: ROWS },
      { value: '20', source: ROWS, periodMs: month(2025, 7) },
      { value: '18', source: PUBLISHER, periodMs: month(2026, 6) },
      { value: '20', source: PUBLISHER, periodMs: month(2025, 6) },
    ]);
    expect(of('yoy')?.text).toBe('+10.0%');
    expect(of('accel_pp')).toMatchObject({ value: null, reason: REASON });
  });

  it('take no reduction of the plan from a published base to a level out of rows', () => {
    const parts: KnownPart[] = [
      { value: '46', source: PUBLISHER, periodMs: year(2020) },
      { value: '36', source: PUBLISHER, periodMs: year(2025), measure: 'target' },
    ];
    const of = (source: string) =>
      worked({ freq: 'A', periodMs: year(2023) }, [...parts, { value: '37', source }])(
        'reduction_completion',
      );
    // (46 − 37) / (46 − 36)
    expect(of(PUBLISHER)?.text).toBe('90.0%');
    expect(of(ROWS)).toMatchObject({ value: null, reason: REASON });
  });

  it('mark a place among regions some of which are published and some computed', () => {
    const siblings = [140100, 140200, 140300];
    const cell = { freq: 'M', region: 140200, periodMs: month(2026, 3) } as const;
    const rank = (...sources: string[]) =>
      worked(
        cell,
        siblings.map((region, i) => ({ region, value: String(30 + i), source: sources[i] ?? ROWS })),
        { parent: 140000, siblings },
      )('rank');
    const flags = [{ flag: 'mixed_origin', words: '部分取公布数,其余由明细计算' }];
    expect(rank(ROWS, PUBLISHER, ROWS)).toMatchObject({ text: '第 2 位(3 个地区)', flags });
    expect(rank()?.flags).toEqual([]);
    expect(rank(PUBLISHER, PUBLISHER, PUBLISHER)?.flags).toEqual([]);
  });
});

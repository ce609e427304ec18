import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { linkReads } from './index-chain';
import { workings } from './list';

const NOW = Date.parse('2026-05-20T00:00:00+08:00');
const month = (m: number, year = 2026) => periodOf('M', { year, month: m });
const index = (code: string, rules: Pick<MetricDefinition, 'yoy' | 'mom'>, name = '样例指数') =>
  sample.reported({
    ...{ code, name, unit: '指数', precision: 1, freq: 'M', period_rule: 'M', accumulation: 'index' },
    ...{ additive_over_regions: false, rollup: 'published_only', direction: 'band', ...rules },
  });
const links = index('cpi_mom', { yoy: 'none', mom: 'index_minus_100' });
const yearly = index('cpi_yoy', { yoy: 'index_minus_100', mom: 'none' });

function worked(definition: MetricDefinition, ofMonth: number, parts: readonly KnownPart[]) {
  const facts = cellFacts(definition, { freq: 'M', periodMs: month(ofMonth) }, parts, NOW);
  return (key: string) => workings(facts).find((working) => working.key === key);
}

describe('定基指数', () => {
  const known = ['100.5', '99.8', '100.3'].map((value, at) => ({ value, periodMs: month(at + 1) }));

  it('is the product of the months, not the sum of their changes (T14)', () => {
    const chain = worked(links, 3, known)('chain_index');
    expect(chain).toMatchObject({ label: '定基指数(上年12月=100)', text: '100.60 指数', reason: null });
    // 100 × 1.005 × 0.998 × 1.003.
    expect(Number(chain?.value)).toBeCloseTo(100.599897, 6);
    expect(chain?.operands.map(({ value }) => value)).toEqual(['100.5', '99.8', '100.3']);
  });

  it('breaks where a month is missing, and names it', () => {
    const broken = worked(links, 3, known.toSpliced(1, 1))('chain_index');
    expect(broken).toMatchObject({ value: null, text: '—', reason: '缺2026年2月样例指数' });
  });

  it('of 上年=100 follows the years that are there without a gap', () => {
    const chain = (...years: [number, string][]) =>
      worked(
        yearly,
        3,
        years.map(([year, value]) => ({ value, periodMs: month(3, year) })),
      )('chain_index');
    // 1.02 × 1.01; 2023 stands beyond the gap of 2024.
    const two = chain([2023, '103'], [2025, '102'], [2026, '101']);
    expect(two).toMatchObject({ label: '定基指数(2024年3月=100)' });
    expect(Number(two?.value)).toBeCloseTo(103.02, 8);
    expect(chain([2026, '101'])).toMatchObject({ value: null, reason: '缺2025年3月样例指数' });
  });

  it('names the index of a year as one, which has no 上年同月', () => {
    const prices = { ...yearly, name: '样例指数(上年同月=100)' };
    const cell = { freq: 'A', periodMs: periodOf('A', { year: 2025 }) } as const;
    const made = workings(cellFacts(prices, cell, [{ value: '101' }], NOW));
    expect(made.find(({ key }) => key === 'chain_index')?.reason).toBe('缺2024年样例指数(上年=100)');
  });

  it('names the stretch that an average index is of', () => {
    const average = { ...yearly, name: '样例指数(上年同期=100)' };
    const chain = worked(average, 3, [
      { value: '102', periodMs: month(3, 2025) },
      { value: '101', periodMs: month(3, 2026) },
    ])('chain_index');
    expect(chain).toMatchObject({ label: '定基指数(2024年1-3月=100)' });
    expect(chain?.operands.map(({ label }) => label)).toEqual([
      '2025年1-3月样例指数(上年同期=100)',
      '2026年1-3月样例指数(上年同期=100)',
    ]);
  });
});

describe('累计平均指数', () => {
  it('divides the means of the months of both years (T15)', () => {
    const fixed = index('fixed', { yoy: 'value_ratio', mom: 'value_ratio' });
    const known = (year: number, values: string[]) =>
      values.map((value, at) => ({ value, periodMs: month(at + 1, year) }));
    const both = [...known(2026, ['102', '99', '112.2']), ...known(2025, ['100', '90', '110'])];
    const mean = worked(fixed, 3, both)('ytd_index');
    expect(Number(mean?.value)).toBeCloseTo(104.4, 8);
    expect(mean?.text).toBe('104.4 指数');
    const lacking = worked(fixed, 3, both.slice(0, 5))('ytd_index');
    expect(lacking).toMatchObject({ value: null, reason: '缺2025年3月样例指数' });
    // Its base is one year for ever: there is nothing to chain.
    expect(worked(fixed, 3, both)('chain_index')).toBeUndefined();
  });

  it('of 上年同月=100 weighs each month by last year’s chain (T15 again)', () => {
    // 100, 90, 110 as links: 100, 90, 122.2222…
    const last = ['100', '90', '122.22222222222222'].map((value, at) => ({
      ...{ value, metric: 'cpi_mom', periodMs: month(at + 1, 2025) },
    }));
    const now = ['102', '110', '102'].map((value, at) => ({ value, periodMs: month(at + 1) }));
    expect(Number(worked(yearly, 3, [...last, ...now])('ytd_index')?.value)).toBeCloseTo(104.4, 8);
    // No index of 上月=100 is published for these prices.
    const alone = worked(index('ppi_yoy', { yoy: 'index_minus_100', mom: 'none' }), 3, now);
    expect(alone('ytd_index')).toMatchObject({ value: null, reason: '缺上月=100的指数' });
  });

  it('of 上月=100 needs the whole of last year', () => {
    const flat = Array.from({ length: 12 }, (_, at) => ({ value: '100', periodMs: month(at + 1, 2025) }));
    const known = [...flat, { value: '101', periodMs: month(1) }, { value: '102', periodMs: month(2) }];
    // Levels 101 and 103.02 against 100 and 100.
    expect(Number(worked(links, 2, known)('ytd_index')?.value)).toBeCloseTo(102.01, 8);
    expect(worked(links, 2, known.slice(1))('ytd_index')).toMatchObject({
      value: null,
      reason: '缺2025年1月样例指数',
    });
  });

  it('is not made of the publisher’s own average, nor of what is no index', () => {
    const average = index('cpi_ytd', { yoy: 'index_minus_100', mom: 'none' }, '样例指数(上年同期=100)');
    expect(worked(average, 1, [{ value: '101' }])('ytd_index')).toBeUndefined();
    const flow = worked(sample.reported(), 1, [{ value: '101' }]);
    expect([flow('ytd_index'), flow('chain_index')]).toEqual([undefined, undefined]);
  });

  it('reads last year’s links up to the same month, and nothing for other metrics', () => {
    const cell = { metric: 'cpi_yoy', region: 140000, slice: '', basis: 'period', measure: 'level' } as const;
    const [read] = linkReads(yearly, { ...cell, freq: 'M', periodMs: month(3) });
    expect(read).toMatchObject({ metrics: ['cpi_mom'], fromMs: month(1, 2025), toMs: month(4, 2025) });
    const fixed = index('fixed', { yoy: 'value_ratio', mom: 'value_ratio' });
    expect(linkReads(fixed, { ...cell, metric: 'fixed', freq: 'M', periodMs: month(3) })).toEqual([]);
  });
});

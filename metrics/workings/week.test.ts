import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { comparisons } from './list';

const NOW = Date.parse('2026-05-20T00:00:00+08:00');
const day = (n: number) => periodOf('D', { year: 2026, month: 5, day: n });

function week(rules: Partial<MetricDefinition>, parts: readonly KnownPart[]) {
  const definition = sample.reported({
    ...{ freq: 'D', period_rule: 'D', additive_over_regions: false, rollup: 'published_only', ...rules },
  } as Parameters<typeof sample.reported>[0]);
  const facts = cellFacts(definition, { freq: 'D', periodMs: day(12) }, parts, NOW);
  return comparisons(facts).filter(({ key }) => key === 'week');
}

describe('较上周同日 (calculus.md §4)', () => {
  const index = { accumulation: 'index', unit: '指数', yoy: 'value_ratio', mom: 'value_ratio' } as const;
  const lastWeek = (value: string) => ({ value, periodMs: day(5) });

  it('of a daily index is the ratio of its levels, with the operands that it was made of', () => {
    const [made, ...more] = week(index, [{ value: '121' }, lastWeek('100')]);
    expect(more).toEqual([]);
    expect(made).toMatchObject({ text: '+21.0%', unit: 'percent' });
    expect(made?.operands.map(({ value }) => value)).toEqual(['121', '100']);
  });

  it('of a daily share is a difference in percentage points, of a score one in its unit', () => {
    const share = { accumulation: 'rate', unit: '%', yoy: 'pp_diff', mom: 'pp_diff' } as const;
    expect(week(share, [{ value: '74.2' }, lastWeek('71.3')])).toMatchObject([{ text: '+2.9 个百分点' }]);
    // 环比 is not said of it: then as 同比 is.
    const score = { accumulation: 'rate', unit: '分', yoy: 'abs_diff', mom: 'none' } as const;
    expect(week(score, [{ value: '88' }, lastWeek('90')])).toMatchObject([{ value: '-2', unit: 'unit' }]);
  });

  it('of a daily flow goes by its own rule: days of good air are a difference, requests a ratio', () => {
    const days = {
      accumulation: 'flow',
      unit: '天',
      precision: 1,
      yoy: 'abs_diff',
      mom: 'abs_diff',
    } as const;
    expect(week(days, [{ value: '0.9' }, lastWeek('0.1')])).toMatchObject([{ value: '0.8', unit: 'unit' }]);
    const requests = { accumulation: 'flow', unit: '件', yoy: 'value_ratio', mom: 'value_ratio' } as const;
    expect(week(requests, [{ value: '90' }, lastWeek('100')])).toMatchObject([{ text: '−10.0%' }]);
    const published = { accumulation: 'flow', yoy: 'published', mom: 'none' } as const;
    expect(week(published, [{ value: '110' }, lastWeek('100')])).toMatchObject([{ unit: 'percent' }]);
  });

  it('has no value without last week’s day, and says so', () => {
    expect(week(index, [{ value: '121' }])).toMatchObject([{ value: null, reason: '上周同日缺' }]);
  });

  it('is said once of a flow, and not at all of what is never compared', () => {
    const flow = { accumulation: 'flow', yoy: 'value_ratio', mom: 'value_ratio' } as const;
    expect(week(flow, [{ value: '121' }, lastWeek('100')])).toMatchObject([{ text: '+21.0%' }]);
    expect(week({ ...index, yoy: 'none', mom: 'none' }, [{ value: '121' }, lastWeek('100')])).toEqual([]);
    const links = { ...index, yoy: 'none', mom: 'index_minus_100' } as const;
    expect(week(links, [{ value: '121' }, lastWeek('100')])).toEqual([]);
  });

  it('of a count by city keeps one digit for the province, whose count is a mean', () => {
    const days = {
      accumulation: 'flow',
      unit: '天',
      precision: 0,
      rounding: 'half_even',
      rollup: 'mean_of_cities',
      yoy: 'abs_diff',
      mom: 'abs_diff',
    } as const;
    const parts = [{ value: '0.7272727273' }, lastWeek('1')];
    // Eight of eleven cities against all of them.
    expect(week(days, parts)).toMatchObject([{ text: '−0.3 天', unit: 'unit' }]);
    const [made] = week(days, parts);
    expect(made?.operands.map(({ text }) => text)).toEqual(['0.7 天', '1.0 天']);
  });
});

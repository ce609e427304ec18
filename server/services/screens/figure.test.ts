import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { WEEKDAYS_ONLY } from '@/metrics/time/calendar';
import { instantOf } from '@/metrics/time/zone';
import { figureOf, pointsOf } from '@/server/services/screens/figure';

const NOW = Date.parse('2026-04-10T12:00:00+08:00');
const missing = (flags: string[], sampleCount = 12): Observation => ({
  ...{ metric: 'm', freq: 'D', region: 140000, slice: '', basis: 'mean', measure: 'level' },
  ...{ periodMs: NOW - 86_400_000, vintageMs: NOW - 1000, value: null, numerator: null, denominator: null },
  ...{ sampleCount, status: 'missing', flags, source: 'air', runId: '', definitionVersion: 1 },
});
const reasonOf = (observation: Observation) =>
  figureOf(sample.aggregated(), 140000, observation, { asOfMs: NOW, calendar: WEEKDAYS_ONLY }).reason;

describe('a missing value', () => {
  it('says why by the flag that says why, not by marks that come with any value', () => {
    expect(reasonOf(missing(['demo', 'insufficient']))).toBe('有效样本不足');
    expect(reasonOf(missing(['deduced', 'vintage_assumed', 'div0']))).toBe('本期分母为0,不计算');
    expect(reasonOf(missing(['demo', 'partial']))).toBe('该期无有效值');
    expect(reasonOf(missing([], 0))).toBe('原始记录已撤回或有效样本不足');
  });

  it('of a stock is that nobody knows what moved since the published one', () => {
    const fn = {
      name: 'stock_balance',
      args: { opening: 'm', distinct: 'uscc', plus: 'true', minus: 'false' },
    };
    const stock = sample.aggregated({ measure: undefined, fn, accumulation: 'stock', rollup: 'sum' });
    const { reason } = figureOf(stock, 140500, missing([], 0), { asOfMs: NOW, calendar: WEEKDAYS_ONLY });
    expect(reason).toBe('公布的存量之后有整月没有明细,期末存量无从算起');
  });

  it('is awaited of nobody where the metric ends above the level', () => {
    const cities = sample.reported({ levels: ['province', 'city'] });
    const at = (region: number) =>
      figureOf(cities, region, undefined, { asOfMs: NOW, calendar: WEEKDAYS_ONLY }).reason;
    expect(at(140105)).toBe('县级没有这项指标,只有省级、市级的数');
    expect(at(140100)).toContain('尚未报送');
  });
});

describe('the last periods of a series', () => {
  const march: Observation = {
    ...missing([]),
    freq: 'M',
    basis: 'ytd',
    periodMs: instantOf(2026, 3),
    value: '630',
  };
  const labels = (definition: Parameters<typeof pointsOf>[0], last: Observation) =>
    pointsOf(definition, new Map([[last.periodMs, last]]), last, 5).map(({ label, value }) => [label, value]);

  it('have a gap where a figure is missing, and none where the rule has no figure (calculus.md §2)', () => {
    // 1–2月 are published as one: there is no January that could be missing.
    expect(labels(sample.reported({ period_rule: 'MC' }), march)).toEqual([
      ['2025年1-11月', null],
      ['2025年1-12月', null],
      ['2026年1-2月', null],
      ['2026年1-3月', '630'],
    ]);
    expect(labels(sample.reported({ period_rule: 'MC' }), { ...march, basis: 'period' })).toEqual([
      ['2025年11月', null],
      ['2025年12月', null],
      ['2026年3月', '630'],
    ]);
    expect(labels(sample.reported({ period_rule: 'MC12' }), march)).toHaveLength(5);
  });
});

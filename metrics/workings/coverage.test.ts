import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2026-11-27T09:00:00+08:00');
const year = (y: number) => periodOf('A', { year: y });
const month = (y: number, m: number) => periodOf('M', { year: y, month: m });
type Part = KnownPart;

const of = (definition: MetricDefinition, cell: Partial<CellKey>, parts: readonly Part[], key: string) => {
  const own = { freq: 'M', region: 140100, periodMs: month(2026, 3), ...cell } as const;
  return workings(cellFacts(definition, own, parts, NOW)).find((working) => working.key === key);
};

const counted = sample.aggregated({ code: 'counted', period_rule: 'MC12' });
const ytd = (y: number, value: string, flags: string[] = []): Part => ({
  ...{ value, flags, basis: 'ytd', periodMs: month(y, 3) },
});

describe('累计同比', () => {
  const months = [2025, 2026].flatMap((y) =>
    [1, 2, 3].map((m): Part => ({ value: y === 2025 ? '100' : '110', periodMs: month(y, m) })),
  );

  it('is of two whole stretches: none against a year whose January lacks days (calculus.md §15)', () => {
    const whole = [...months, ytd(2026, '330'), ytd(2025, '300')];
    expect(of(counted, {}, whole, 'ytd_yoy')?.text).toBe('+10.0%');
    const lacking = [...months, ytd(2026, '330'), ytd(2025, '220', ['partial'])];
    expect(of(counted, {}, lacking, 'ytd_yoy')).toMatchObject({
      value: null,
      reason: '基期数据不完整,不可比',
    });
  });

  it('of the last month is the year, where that was published', () => {
    const december = { periodMs: month(2026, 12) };
    const known: Part[] = [
      { value: '700', periodMs: month(2026, 12), flags: ['deduced'] },
      { value: '7800', freq: 'A', periodMs: year(2026) },
    ];
    expect(of(counted, december, known, 'ytd')).toMatchObject({ value: '7800' });
    expect(of(counted, december, known, 'ytd_yoy')).toBeUndefined();
  });

  it('is as published where somebody said it of the 累计', () => {
    const said = { value: '-2.5', measure: 'yoy', basis: 'ytd', periodMs: month(2026, 3) } as const;
    const of2026 = [...months, ytd(2026, '330')].filter(({ periodMs = 0 }) => periodMs >= year(2026));
    expect(of(counted, {}, [...of2026, said], 'ytd_yoy')).toMatchObject({
      text: '−2.5%',
      basis: 'published',
    });
  });

  it('crosses no break, whether the cumulative figure is reported or summed (§16)', () => {
    const broken = months.map((part) =>
      part.periodMs === month(2026, 1) ? { ...part, flags: ['series_break'] } : part,
    );
    const old = (part: Part): Part => ({ ...part, vintageMs: NOW - 9_000_000 });
    const known = broken.map((part) => ((part.periodMs ?? 0) < year(2026) ? old(part) : part));
    const reason = '本期与此前口径不可直接比';
    expect(of(counted, {}, known, 'ytd_yoy')).toMatchObject({ value: null, reason });
    const reported = [old(ytd(2025, '300')), ytd(2026, '330', ['series_break'])];
    expect(of(counted, {}, [...months, ...reported], 'ytd_yoy')).toMatchObject({ value: null, reason });
  });
});

describe('当月环比 beside a cumulative figure', () => {
  it('compares no whole month with one that lacks days', () => {
    const cell = { basis: 'ytd' };
    const known = (flags: string[]): Part[] => [
      ytd(2026, '330'),
      { value: '110', basis: 'period', periodMs: month(2026, 3) },
      { value: '55', basis: 'period', periodMs: month(2026, 2), flags },
    ];
    expect(of(counted, cell, known([]), 'single_mom')?.text).toBe('+100.0%');
    expect(of(counted, cell, known(['partial']), 'single_mom')).toMatchObject({
      value: null,
      reason: '基期数据不完整,不可比',
    });
  });
});

describe('实际增速', () => {
  it('takes no nominal growth across a break of the incomes', () => {
    const income = sample.reported({
      ...{ code: 'income_urban', freq: 'A', period_rule: 'Y', yoy: 'value_ratio_comparable', unit: '元' },
    });
    const cell = { freq: 'A', periodMs: year(2014) } as const;
    const known = (flags: string[]): Part[] => [
      { value: '110', flags },
      { value: '100', periodMs: year(2013), vintageMs: NOW - 9_000_000 },
      { value: '102', metric: 'cpi_ytd' },
    ];
    // 1.10 / 1.02 − 1 = 7.84 %
    expect(of(income, cell, known([]), 'real_growth')?.text).toBe('+7.8%');
    expect(of(income, cell, known(['series_break']), 'real_growth')?.value).toBeNull();
    // The publisher's own growth is on one footing: 1.09 / 1.02 − 1 = 6.86 %.
    const published = { value: '9.0', measure: 'yoy' } as const;
    expect(of(income, cell, [...known(['series_break']), published], 'real_growth')?.text).toBe('+6.9%');
  });
});

describe('a break of the series', () => {
  const reason = '本期与此前口径不可直接比';

  it('parts a growth of new prices from the one published before (§8, §26)', () => {
    const growth = sample.reported({
      ...{ name: '样例增速', unit: '%', precision: 1, accumulation: 'rate', additive_over_regions: false },
      ...{ rollup: 'published_only', yoy: 'pp_diff', mom: 'none', period_rule: 'MC' },
    });
    const cell = { basis: 'ytd' };
    const known = (flags: string[]): Part[] => [
      { value: '5.2', flags },
      { value: '4.8', periodMs: month(2026, 2), vintageMs: NOW - 9_000_000 },
    ];
    expect(of(growth, cell, known([]), 'accel_pp')?.text).toBe('加快 0.4 个百分点');
    expect(of(growth, cell, known(['series_break']), 'accel_pp')).toMatchObject({ value: null, reason });
  });

  it('leaves an index of 上年同月=100 alone: its publisher compared like with like (§7, T13)', () => {
    const cpi = sample.reported({
      ...{ unit: '无量纲', precision: 1, accumulation: 'index', yoy: 'index_minus_100', mom: 'none' },
      ...{ additive_over_regions: false, rollup: 'published_only' },
    });
    const known: Part[] = [
      { value: '102.9', flags: ['series_break'] },
      { value: '101.0', periodMs: month(2025, 3), vintageMs: NOW - 9_000_000 },
    ];
    expect(of(cpi, {}, known, 'yoy')?.text).toBe('+2.9%');
  });

  it('parts a level from the base year of the plan (§11, T22)', () => {
    const pm25 = sample.reported({
      ...{ freq: 'A', period_rule: 'Y', accumulation: 'rate', unit: 'μg/m³', additive_over_regions: false },
      ...{ rollup: 'mean_of_cities', direction: 'lower_better', five_year: 'reduction' },
    });
    const cell = { freq: 'A', periodMs: year(2023) } as const;
    const known = (flags: string[]): Part[] => [
      { value: '37' },
      { value: '39', periodMs: year(2022), flags },
      { value: '46', periodMs: year(2020), vintageMs: NOW - 9_000_000 },
      { value: '36', measure: 'target', periodMs: year(2025) },
    ];
    // (46 − 37) / (46 − 36)
    expect(of(pm25, cell, known([]), 'reduction_completion')?.text).toBe('90.0%');
    expect(of(pm25, cell, known(['series_break']), 'reduction_completion')).toMatchObject({
      value: null,
      reason,
    });
    expect(of(pm25, cell, known(['series_break']), 'reduction_gap')?.value).toBeNull();
  });
});

describe('时序进度 of a month that is not over', () => {
  it('is the days that have passed, as on the wall', () => {
    const target = { value: '1000', freq: 'A', measure: 'target', periodMs: year(2026) } as const;
    const cell = { basis: 'ytd', periodMs: month(2026, 11) };
    const known = [{ value: '900' }, target];
    // 330 of 365 days to the end of 26 November; 90 − 90.41.
    expect(of(counted, cell, known, 'pace')?.text).toBe('90.4%');
    expect(of(counted, cell, known, 'pace_gap')?.text).toBe('−0.4 个百分点');
  });

  it('says nothing of former years, of which it is not made', () => {
    const target = { value: '1000', freq: 'A', measure: 'target', periodMs: year(2026) } as const;
    const former: Part = {
      value: '700',
      freq: 'A',
      basis: 'period',
      periodMs: year(2024),
      flags: ['partial'],
    };
    const cell = { basis: 'ytd', periodMs: month(2026, 10) };
    const pace = of(counted, cell, [{ value: '900' }, target, former], 'pace');
    expect(pace).toMatchObject({ text: '83.3%', flags: [] });
    expect(pace?.operands.map(({ label }) => label)).toEqual(['已过', '全年']);
  });
});

describe('当月 beside a 累计 that goes on from one a publisher says otherwise (calculus.md §5)', () => {
  const cell = { basis: 'ytd', periodMs: month(2026, 11) };
  const said = (source: string): Part[] => [
    { value: '13703', basis: 'ytd', periodMs: month(2026, 11), source: 'tickets' },
    { value: '20000', basis: 'ytd', periodMs: month(2026, 10), source },
    { value: '1095', basis: 'period', periodMs: month(2026, 11), source: 'tickets' },
  ];
  const rows = sample.aggregated({ code: 'counted', period_rule: 'MC12', dataset: 'tickets' });

  it('is marked where it leaps, and not where both are counted here', () => {
    const published = of(rows, cell, said('省局'), 'single_period');
    expect(published?.flags.map(({ flag }) => flag)).toEqual(['ytd_mismatch']);
    expect(published?.operands.map(({ label }) => label)).toContain('2026年1-10月累计');
    expect(of(rows, cell, said('tickets'), 'single_period')?.flags).toEqual([]);
  });
});

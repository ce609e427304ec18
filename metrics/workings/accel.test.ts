import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { workings } from './list';

const NOW = Date.parse('2025-03-01T00:00:00+08:00');
const year = (y: number) => periodOf('A', { year: y });
const month = (m: number, y = 2024) => periodOf('M', { year: y, month: m });

/** Of the year 2024, unless the cell says otherwise. */
const factsOf = (definition: MetricDefinition, cell: Partial<CellKey>, parts: readonly KnownPart[]) =>
  cellFacts(definition, { freq: 'A', periodMs: year(2024), ...cell }, parts, NOW);
const of = (facts: CellFacts, key: string) => workings(facts).find((working) => working.key === key);

describe('加快与回落 of an amount', () => {
  const amount = sample.reported({ name: '样例产量', yoy: 'value_ratio' });
  const level = (y: number, value: string, vintageMs: number): KnownPart => ({
    periodMs: year(y),
    value,
    vintageMs,
    source: '统计公报',
  });
  const published: KnownPart = { measure: 'yoy', value: '30', vintageMs: NOW - 5000, source: '统计公报' };

  it('reads the growth as published with its levels', () => {
    const parts = [
      level(2022, '80', NOW - 9000),
      level(2023, '100', NOW - 9000),
      level(2024, '110', NOW - 9000),
    ];
    // 30 − (100/80 − 1)
    expect(of(factsOf(amount, {}, [...parts, published]), 'accel_pp')?.text).toBe('加快 5.0 个百分点');
  });

  it('drops it with 同比 once a level was published anew', () => {
    const parts = [
      level(2022, '80', NOW - 9000),
      level(2023, '100', NOW - 9000),
      level(2024, '110', NOW - 1000),
    ];
    const facts = factsOf(amount, {}, [...parts, published]);
    // 110/100 − 1 is 10 %, and 10 − 25 is −15
    expect(of(facts, 'yoy')).toMatchObject({ text: '+10.0%', basis: 'computed' });
    expect(of(facts, 'accel_pp')?.text).toBe('回落 15.0 个百分点');
  });
});

describe('加快与回落 across a break of the series', () => {
  const amount = sample.reported({ name: '样例产量', yoy: 'value_ratio' });

  it('reads the growth that was published, as 同比 does', () => {
    const parts: KnownPart[] = [
      { value: '130', vintageMs: NOW - 1000, flags: ['series_break'] },
      { value: '100', periodMs: year(2023), vintageMs: NOW - 9000 },
      { measure: 'yoy', value: '4.1', vintageMs: NOW - 5000 },
      { measure: 'yoy', value: '5.0', periodMs: year(2023), vintageMs: NOW - 9000 },
    ];
    const facts = factsOf(amount, {}, parts);
    expect(of(facts, 'yoy')).toMatchObject({ text: '+4.1%', basis: 'published' });
    // 4.1 − 5.0
    expect(of(facts, 'accel_pp')?.text).toBe('回落 0.9 个百分点');
  });
});

describe('加快与回落', () => {
  const growth = sample.reported({
    name: '样例增速',
    unit: '%',
    precision: 1,
    accumulation: 'rate',
    additive_over_regions: false,
    rollup: 'published_only',
    direction: 'higher_better',
    yoy: 'pp_diff',
    mom: 'none',
  });
  it.each([
    ['5.0', '3.8', '加快 1.2 个百分点', 'favourable'],
    ['3.8', '5.0', '回落 1.2 个百分点', 'unfavourable'],
    ['-1.1', '-2.3', '降幅收窄 1.2 个百分点', 'favourable'],
    ['-2.3', '-1.1', '降幅扩大 1.2 个百分点', 'unfavourable'],
    ['-1.0', '2.0', '由正转负,回落 3.0 个百分点', 'unfavourable'],
    ['1.0', '-2.0', '由负转正,回升 3.0 个百分点', 'favourable'],
    ['0.0', '-2.0', '回升 2.0 个百分点', 'favourable'],
    ['2.0', '0.0', '加快 2.0 个百分点', 'favourable'],
    // As shown: what reads 0.0 has no sign to turn from.
    ['1.0', '-0.04', '加快 1.0 个百分点', 'favourable'],
    ['2.0', '2.0', '持平', 'neutral'],
  ])('%s after %s is %s', (now, before, words, tone) => {
    const facts = factsOf(growth, { freq: 'M', basis: 'ytd', periodMs: month(5) }, [
      { value: now },
      { value: before, periodMs: month(4) },
    ]);
    expect(of(facts, 'accel_pp')).toMatchObject({ text: words, tone });
  });
});

describe('加快与回落 of a single month or quarter', () => {
  const accounts = sample.reported({ name: '样例增加值', yoy: 'published', mom: 'none', period_rule: 'QC' });
  const monthly = sample.reported({
    name: '样例产量',
    yoy: 'published',
    mom: 'none',
    period_rule: 'M_noJanFeb',
  });
  const grew = (value: string, at: Partial<CellKey> = {}): KnownPart => ({ measure: 'yoy', value, ...at });
  const quarter = (q: number, y: number) => periodOf('Q', { year: y, quarter: q });

  it('says that single months are compared, and which of them does not follow on the other', () => {
    const at = (m: number, ...parts: KnownPart[]) =>
      of(factsOf(monthly, { freq: 'M', periodMs: month(m) }, parts), 'accel_pp');
    // 1.4 − (−2.3).
    const may = at(5, grew('1.4'), grew('-2.3', { periodMs: month(4) }));
    expect(may).toMatchObject({
      text: '由负转正,回升 3.7 个百分点',
      rule: { text: '当月增速 − 上月当月增速' },
    });
    // January and February have no month of their own: March follows December.
    const march = at(3, grew('4.0'), grew('3.0', { periodMs: month(12, 2023) }));
    expect(march).toMatchObject({ text: '加快 1.0 个百分点', rule: { text: '当月增速 − 上一次当月增速' } });
  });

  it('compares a first quarter, which is its own 累计, with the whole year before it', () => {
    const first = { freq: 'Q', periodMs: quarter(1, 2024) } as const;
    const facts = factsOf(accounts, first, [
      grew('1.2', { basis: 'ytd' }),
      grew('5.0', { freq: 'A', periodMs: year(2023) }),
    ]);
    // 1.2 − 5.0, as under 累计.
    expect(of(facts, 'accel_pp')).toMatchObject({
      text: '回落 3.8 个百分点',
      rule: { text: '本期累计增速 − 上一次累计增速' },
    });
  });

  it('never compares a month that is no 累计 with a year', () => {
    const calls = sample.reported({ name: '样例电话', yoy: 'published', mom: 'none', period_rule: 'M' });
    const facts = factsOf(calls, { freq: 'M', periodMs: month(1) }, [
      grew('1.2'),
      grew('5.0', { freq: 'A', periodMs: year(2023) }),
    ]);
    expect(of(facts, 'accel_pp')).toMatchObject({ value: null, reason: '缺2023年12月增速' });
  });
});

describe('升幅与降幅 of what is no economic volume', () => {
  const pm25 = sample.reported({
    name: 'PM2.5平均浓度',
    unit: 'μg/m³',
    domain: 'environment',
    accumulation: 'rate',
    additive_over_regions: false,
    rollup: 'none',
    direction: 'lower_better',
    yoy: 'value_ratio',
    mom: 'value_ratio',
  });
  // Of 40 a year ago in both months, so that 44 is +10 %, 42 is +5 %, 38 is −5 % and 36 is −10 %.
  it.each([
    ['44', '42', '升幅扩大 5.0 个百分点', 'unfavourable'],
    ['42', '44', '升幅收窄 5.0 个百分点', 'favourable'],
    ['36', '38', '降幅扩大 5.0 个百分点', 'favourable'],
    ['38', '36', '降幅收窄 5.0 个百分点', 'unfavourable'],
    ['38', '42', '由升转降 10.0 个百分点', 'favourable'],
    ['42', '38', '由降转升 10.0 个百分点', 'unfavourable'],
    // What stood still neither rose nor fell before.
    ['36', '40', '由平转降 10.0 个百分点', 'favourable'],
    ['44', '40', '由平转升 10.0 个百分点', 'unfavourable'],
    ['40', '44', '由升转平 10.0 个百分点', 'favourable'],
    ['40', '36', '由降转平 10.0 个百分点', 'unfavourable'],
  ])('a concentration of %s after %s is %s', (now, before, words, tone) => {
    const at = { freq: 'M', basis: 'mean' } as const;
    const facts = factsOf(pm25, { ...at, periodMs: month(5) }, [
      { value: now },
      { value: before, periodMs: month(4) },
      { value: '40', periodMs: month(5, 2023) },
      { value: '40', periodMs: month(4, 2023) },
    ]);
    expect(of(facts, 'accel_pp')).toMatchObject({ label: '同比升降幅', text: words, tone });
  });
});

describe('加快与回落 of a whole year', () => {
  const accounts = sample.reported({ name: '样例增加值', yoy: 'published', mom: 'none', period_rule: 'QC' });
  const third = { freq: 'Q', basis: 'ytd', periodMs: periodOf('Q', { year: 2024, quarter: 3 }) } as const;
  const grew = (value: string, at: Partial<CellKey> = {}): KnownPart => ({ measure: 'yoy', value, ...at });

  it('is against the cumulative figure before it, and has another name against the year before', () => {
    const facts = factsOf(accounts, {}, [
      grew('4.0'),
      grew('3.5', third),
      grew('5.1', { periodMs: year(2023) }),
    ]);
    // 4.0 − 3.5 and 4.0 − 5.1: the same year, faster than its first three quarters, slower than the year before.
    expect(of(facts, 'accel_pp')).toMatchObject({ label: '加快或回落', text: '加快 0.5 个百分点' });
    expect(of(facts, 'accel_pp')?.operands.map(({ label }) => label)).toContain('2024年前三季度增速');
    expect(of(facts, 'accel_year_pp')).toMatchObject({
      label: '比上年加快或回落',
      text: '回落 1.1 个百分点',
    });
  });

  it('is empty without that figure, whatever the year before was', () => {
    const facts = factsOf(accounts, {}, [grew('4.0'), grew('5.1', { periodMs: year(2023) })]);
    expect(of(facts, 'accel_pp')).toMatchObject({ value: null, reason: '缺2024年前三季度增速' });
    expect(of(facts, 'accel_year_pp')?.text).toBe('回落 1.1 个百分点');
  });

  it('is said of the metric that is the growth, too, whose 同比 compares the years', () => {
    const growth = sample.reported({
      ...{
        name: '样例增速',
        unit: '%',
        accumulation: 'rate',
        additive_over_regions: false,
        rollup: 'published_only',
      },
      ...{ yoy: 'pp_diff', mom: 'none', period_rule: 'QC' },
    });
    const facts = factsOf(growth, {}, [
      { value: '5.0' },
      { value: '4.5', ...third },
      { value: '4.4', periodMs: year(2023) },
    ]);
    expect(of(facts, 'accel_pp')?.text).toBe('加快 0.5 个百分点');
    expect(of(facts, 'accel_year_pp')).toBeUndefined();
    expect(of(facts, 'yoy')?.text).toBe('+0.6 个百分点');
  });

  it('is called so where years are all there is', () => {
    const crop = sample.reported({ name: '样例产量', yoy: 'published', mom: 'none', period_rule: 'Y' });
    const facts = factsOf(crop, {}, [grew('0.9'), grew('3.0', { periodMs: year(2023) })]);
    expect(of(facts, 'accel_pp')).toMatchObject({ label: '比上年加快或回落', text: '回落 2.1 个百分点' });
    expect(of(facts, 'accel_pp')?.rule.text).toBe('本年增速 − 上年增速');
    expect(of(facts, 'accel_year_pp')).toBeUndefined();
  });

  it('follows 1-11月 where a metric is published by the month', () => {
    const monthly = sample.reported({ name: '样例零售额', yoy: 'published', mom: 'none', period_rule: 'MC' });
    const november = { freq: 'M', basis: 'ytd', periodMs: month(11) } as const;
    const facts = factsOf(monthly, {}, [grew('1.9'), grew('2.3', november)]);
    expect(of(facts, 'accel_pp')?.text).toBe('回落 0.4 个百分点');
    expect(of(facts, 'accel_year_pp')).toBeUndefined();
  });
});

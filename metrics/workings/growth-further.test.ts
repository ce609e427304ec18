import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2026-11-23T12:00:00+08:00');
const NATION = 100000;
const year = (y: number) => periodOf('A', { year: y });
const month = (m: number, y: number) => periodOf('M', { year: y, month: m });

function worked(
  definition: MetricDefinition,
  cell: Parameters<typeof cellFacts>[1],
  parts: readonly KnownPart[],
  key: string,
) {
  const found = workings(cellFacts(definition, cell, parts, NOW)).find((working) => working.key === key);
  return found && { text: found.text, reason: found.reason, basis: found.basis, tone: found.tone };
}

const amount = sample.reported({ direction: 'higher_better', yoy: 'value_ratio' });
const accounts = sample.reported({ direction: 'higher_better', yoy: 'published' });
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

describe('两年平均增速 (T8)', () => {
  const of = (definition: MetricDefinition, parts: readonly KnownPart[], y = 2021) =>
    worked(definition, { freq: 'A', periodMs: year(y) }, parts, 'two_year_growth');

  it('is the geometric mean of the growths as published', () => {
    const parts: KnownPart[] = [
      { measure: 'yoy', value: '9.1' },
      { measure: 'yoy', value: '3.6', periodMs: year(2020) },
    ];
    // √(1.036 × 1.091) − 1 = 6.31 %; the arithmetic mean would be 6.35 %.
    expect(of(accounts, [{ value: '22590.16' }, ...parts])).toMatchObject({
      text: '+6.3%',
      tone: 'favourable',
    });
    expect(of(accounts, parts.slice(0, 1))).toMatchObject({ text: '—', reason: '缺上年增速' });
  });

  it('is made of levels where the rule divides them: √(96/100 × 110/96) − 1 = √1.1 − 1', () => {
    const levels: KnownPart[] = [
      { value: '110' },
      { value: '96', periodMs: year(2020) },
      { value: '100', periodMs: year(2019) },
    ];
    expect(of(amount, levels)).toMatchObject({ text: '+4.9%', basis: 'computed' });
    // Levels say nothing of a growth that only its publisher knows.
    expect(of(accounts, levels)).toMatchObject({ text: '—' });
    expect(of(amount, levels, 2022)).toBeUndefined();
  });

  it('of a growth metric is of the rates themselves: √(1.057 × 1.127) − 1 = 9.14 %', () => {
    expect(of(growth, [{ value: '12.7' }, { value: '5.7', periodMs: year(2020) }])).toMatchObject({
      text: '+9.1%',
    });
    // A fall and a rise: √(0.9 × 1.1) − 1 = −0.50 %, though their mean is 0.
    expect(of(growth, [{ value: '10' }, { value: '-10', periodMs: year(2020) }])).toMatchObject({
      text: '−0.5%',
      tone: 'unfavourable',
    });
  });

  it('of a month compares the same months: √(1.2 × 0.75) − 1 = −5.13 %', () => {
    const parts: KnownPart[] = [
      { value: '90' },
      { value: '75', periodMs: month(5, 2020) },
      { value: '100', periodMs: month(5, 2019) },
    ];
    expect(worked(amount, { freq: 'M', periodMs: month(5, 2021) }, parts, 'two_year_growth')).toMatchObject({
      text: '−5.1%',
    });
  });

  it('is none where one of the years began at or below zero', () => {
    const levels: KnownPart[] = [
      { value: '30' },
      { value: '20', periodMs: year(2020) },
      { value: '-10', periodMs: year(2019) },
    ];
    expect(of(amount, levels)).toMatchObject({ text: '—' });
  });
});

describe('比全国 (calculus.md §26)', () => {
  const of = (definition: MetricDefinition, parts: readonly KnownPart[], cell = {}) =>
    worked(definition, { freq: 'A', periodMs: year(2023), ...cell }, parts, 'above_nation_pp');

  it('is a difference of growths in percentage points, as published: 5.0 − 5.2', () => {
    expect(
      of(accounts, [
        { measure: 'yoy', value: '5.0' },
        { measure: 'yoy', value: '5.2', region: NATION },
      ]),
    ).toMatchObject({ text: '−0.2 个百分点', tone: 'unfavourable' });
  });

  it('of a growth metric is of the rates: −6.6 − 3.0 = −9.6, and 4.6 of both is level', () => {
    const nation = (value: string): KnownPart => ({ value, region: NATION });
    expect(of(growth, [{ value: '-6.6' }, nation('3.0')])).toMatchObject({ text: '−9.6 个百分点' });
    expect(of(growth, [{ value: '4.6' }, nation('4.6')])).toMatchObject({ tone: 'neutral' });
  });

  it('of levels divides both: 110/100 − 1 less 5250/5000 − 1 is 5.0', () => {
    const parts: KnownPart[] = [
      { value: '110' },
      { value: '100', periodMs: year(2022) },
      { value: '5250', region: NATION },
      { value: '5000', region: NATION, periodMs: year(2022) },
    ];
    expect(of(amount, parts)).toMatchObject({ text: '+5.0 个百分点', basis: 'computed', tone: 'favourable' });
    // One that was published is taken as it is: 10.0 − 4.8.
    expect(of(amount, [...parts, { measure: 'yoy', value: '4.8', region: NATION }])).toMatchObject({
      text: '+5.2 个百分点',
    });
  });

  it('of a price index is of what prices rose: (102.9 − 100) − (102.5 − 100)', () => {
    const prices = sample.reported({ unit: '%', accumulation: 'index', yoy: 'index_minus_100' });
    const parts: KnownPart[] = [
      { value: '102.9', freq: 'M', periodMs: month(6, 2022) },
      { value: '102.5', freq: 'M', periodMs: month(6, 2022), region: NATION },
      { value: '102.1', freq: 'M', periodMs: month(5, 2022) },
    ];
    const cell = { freq: 'M', periodMs: month(6, 2022) } as const;
    expect(of(prices, parts, cell)).toMatchObject({ text: '+0.4 个百分点' });
    // 2.9 after 2.1.
    expect(worked(prices, cell, parts, 'accel_pp')).toMatchObject({ text: '涨幅扩大 0.8 个百分点' });
  });

  it('is silent where the nation is unknown, and for what has no growth in percent', () => {
    expect(of(accounts, [{ measure: 'yoy', value: '5.0' }])).toBeUndefined();
    const rate = sample.reported({ unit: '%', accumulation: 'rate', yoy: 'pp_diff' });
    expect(of(rate, [{ value: '5.0' }, { value: '5.2', region: NATION }])).toBeUndefined();
  });
});

describe('a month that has not ended', () => {
  // 50 so far, 100 in the whole month of last year: −50 % would be no growth.
  const running: KnownPart[] = [
    { value: '50' },
    { value: '100', periodMs: month(11, 2025) },
    { value: '110', periodMs: month(10, 2026) },
    { value: '100', periodMs: month(10, 2025) },
    { value: '60', region: NATION },
    { value: '100', region: NATION, periodMs: month(11, 2025) },
  ];
  const cell = { freq: 'M', periodMs: month(11, 2026) } as const;

  it('neither quickens nor slows, and is not compared with the nation', () => {
    const reason = '本期未结束,不与整期比较';
    expect(worked(amount, cell, running, 'accel_pp')).toMatchObject({ text: '—', reason });
    expect(worked(amount, cell, running, 'above_nation_pp')).toMatchObject({ text: '—', reason });
  });
});

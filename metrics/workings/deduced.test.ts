import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2025-03-01T00:00:00+08:00');
const month = (m: number, y = 2024) => periodOf('M', { year: y, month: m });
const DEDUCED = { flags: ['deduced'] };

/** Workings of May 2024, by key. */
function ofMay(definition: Parameters<typeof cellFacts>[0], parts: readonly KnownPart[]) {
  const made = workings(cellFacts(definition, { freq: 'M', periodMs: month(5) }, parts, NOW));
  return (key: string) => {
    const found = made.find((working) => working.key === key);
    return found && { text: found.text, basis: found.basis, flags: found.flags.map(({ words }) => words) };
  };
}

describe('what is made of a deduced month (calculus.md §2, §6)', () => {
  // 630 / 600 − 1 = 5.0 % on the year, 630 / 700 − 1 = −10.0 % on the month.
  const flow = sample.reported();
  const months = (now: object, then: object, before: object): KnownPart[] => [
    { value: '630', ...now },
    { value: '600', periodMs: month(5, 2023), ...then },
    { value: '700', periodMs: month(4), ...before },
  ];

  it('is 推算 where the month itself was deduced', () => {
    const of = ofMay(flow, months(DEDUCED, {}, {}));
    expect(of('yoy')).toEqual({ text: '+5.0%', basis: 'deduced', flags: ['推算'] });
    expect(of('mom')).toEqual({ text: '−10.0%', basis: 'deduced', flags: ['推算'] });
  });

  it('is 推算 where only the base was deduced', () => {
    const year = ofMay(flow, months({}, DEDUCED, {}));
    expect(year('yoy')).toEqual({ text: '+5.0%', basis: 'deduced', flags: ['推算'] });
    expect(year('mom')).toEqual({ text: '−10.0%', basis: 'computed', flags: [] });
    const former = ofMay(flow, months({}, {}, DEDUCED));
    expect(former('mom')).toEqual({ text: '−10.0%', basis: 'deduced', flags: ['推算'] });
    expect(former('yoy')).toEqual({ text: '+5.0%', basis: 'computed', flags: [] });
  });

  it('is as published where somebody published it', () => {
    const of = ofMay(flow, [...months(DEDUCED, DEDUCED, {}), { value: '4.9', measure: 'yoy' }]);
    expect(of('yoy')).toEqual({ text: '+4.9%', basis: 'published', flags: [] });
  });

  it('keeps the other marks of the rule', () => {
    const comparable = sample.reported({ yoy: 'value_ratio_comparable' });
    expect(ofMay(comparable, months({}, DEDUCED, {}))('yoy')).toEqual({
      text: '+5.0%',
      basis: 'deduced',
      flags: ['名义、未调整', '推算'],
    });
  });

  it('is not 推算 by a base that the rule does not read', () => {
    const index = sample.reported({
      accumulation: 'index',
      additive_over_regions: false,
      yoy: 'index_minus_100',
    });
    const of = ofMay(index, [{ value: '102.9' }, { value: '101', periodMs: month(5, 2023), ...DEDUCED }]);
    expect(of('yoy')).toEqual({ text: '+2.9%', basis: 'computed', flags: [] });
  });

  it('hands the mark on to what is made of the change', () => {
    // April grew by 700 / 560 − 1 = 25 %: May's 5 % falls 20 points behind it.
    const of = ofMay(flow, [...months({}, {}, {}), { value: '560', periodMs: month(4, 2023), ...DEDUCED }]);
    expect(of('accel_pp')).toEqual({ text: '回落 20.0 个百分点', basis: 'deduced', flags: ['推算'] });
  });

  it('holds for the sum of months that is no published 累计', () => {
    const year = (y: number, marks: object): KnownPart[] =>
      [1, 2, 3, 4, 5].map((m) => ({ value: y === 2024 ? '110' : '100', periodMs: month(m, y), ...marks }));
    const of = ofMay(flow, [...year(2024, {}), ...year(2023, DEDUCED)]);
    // 550 / 500 − 1.
    expect(of('ytd_yoy')).toEqual({ text: '+10.0%', basis: 'deduced', flags: ['推算'] });
    expect(of('ytd')).toMatchObject({ basis: 'computed', flags: [] });
  });
});

describe('四季度(推算) of a year that is published cumulatively', () => {
  const accounts = sample.reported({ freq: 'Q', period_rule: 'QC' });
  const quarters = { freq: 'Q', basis: 'ytd', periodMs: periodOf('Q', { year: 2023, quarter: 3 }) } as const;
  const of = (parts: readonly KnownPart[]) =>
    workings(cellFacts(accounts, { freq: 'A', periodMs: periodOf('A', { year: 2023 }) }, parts, NOW)).find(
      ({ key }) => key === 'single_period',
    );
  const day = (text: string) => Date.parse(`${text}T00:00:00+08:00`);

  it('says that the year is final and its first three quarters are not', () => {
    const three: KnownPart = {
      ...quarters,
      value: '18049.37',
      status: 'prelim',
      vintageMs: day('2023-10-20'),
    };
    const first: KnownPart = { value: '25698.18', status: 'prelim', vintageMs: day('2024-01-20') };
    // 25698.18 − 18049.37 (T2)
    expect(of([three, first])).toMatchObject({ value: '7648.81', flags: [] });
    const verified: KnownPart = { value: '25500.18', status: 'final', vintageMs: day('2025-01-15') };
    expect(of([three, first, verified])).toMatchObject({
      value: '7450.81',
      flags: [{ flag: 'status_mixed', words: '所用各数的版次状态不同' }],
    });
    const revised: KnownPart = { value: '25700.37', status: 'prelim', vintageMs: day('2024-03-20') };
    expect(of([three, first, revised])?.flags.map(({ flag }) => flag)).toEqual(['status_mixed']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from '@/metrics/format/rounding';
import { aboveNationPp, accelPp, averageGrowth, dayAdjustedYoy, realGrowth } from './growth';
import { difference, growthRatio } from './growth-ratio';
import { mom } from './mom';
import type { Result } from './result';
import { yoy } from './yoy';

const shown = (result: Result, precision = 1) => roundTo(result.value, precision)?.toFixed(precision) ?? null;

describe('growthRatio guards (T30)', () => {
  it.each([
    [5, 0, null, '上年同期为0', 'base_zero'],
    [0, 0, null, '与上年同期均为0', 'base_zero'],
    [0, 8, '-100.0', undefined, undefined],
    [30, -20, null, '由亏转盈', 'base_neg'],
    [-30, 20, null, '由盈转亏', 'turned_negative'],
    [-30, -20, null, '亏损扩大 50.0%', 'base_neg'],
    [-10, -20, null, '亏损收窄 50.0%', 'base_neg'],
    [-20, -20, null, '亏损持平', 'base_neg'],
    [5, null, null, '上年同期缺', 'base_missing'],
    [null, null, null, '上年同期缺', 'base_missing'],
    [null, 5, null, '本期缺', 'missing'],
  ])('%s against %s', (current, base, value, text, flag) => {
    const result = growthRatio({ current, base, isProfit: true });
    expect([shown(result), result.text]).toEqual([value, text]);
    expect(result.flags).toEqual(flag ? [flag] : []);
  });

  it.each([
    [30, -20, '由负转正'],
    [-30, 20, '由正转负'],
    [-30, -20, '负值扩大 50.0%'],
    [-10, -20, '负值收窄 50.0%'],
    [-20, -20, '负值持平'],
  ])('calls it no profit or loss where it is none: %s against %s', (current, base, text) => {
    expect(growthRatio({ current, base }).text).toBe(text);
    expect(mom({ rule: 'value_ratio', basis: 'period', current, previous: base }).text).toBe(text);
  });

  it('says 倍 beyond 1000 %, counting the increase (T31)', () => {
    // 63 against 10 is +530 %: 增长5.3倍 in words, still shown as a percentage.
    expect(shown(growthRatio({ current: 63, base: 10 }))).toBe('530.0');
    expect(growthRatio({ current: 63, base: 10 }).text).toBeUndefined();
    expect(growthRatio({ current: 115, base: 10 }).text).toBe('增长 10.5 倍');
    expect(growthRatio({ current: 130, base: 10 }).text).toBe('增长 12 倍');
  });

  it('flags a base below 5 % of the recent median and still gives the value', () => {
    const recent = [100, 80, 120];
    expect(growthRatio({ current: 8, base: '4.9', recent }).flags).toEqual(['small_base']);
    expect(growthRatio({ current: 8, base: 5, recent }).flags).toEqual([]);
    expect(growthRatio({ current: 8, base: 4, recent: [100, 60] }).flags).toEqual([]);
    expect(growthRatio({ current: 8, base: '3.9', recent: [100, 60] }).flags).toEqual(['small_base']);
  });

  it('lists what it was made of', () => {
    const { operands, basis } = growthRatio({ current: '2834.6', base: '2296.57' });
    expect(operands).toEqual([
      { name: 'current', value: '2834.6' },
      { name: 'base', value: '2296.57' },
    ]);
    expect(basis).toBe('computed');
  });

  it('inverts: the base grown by the result is the current value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (current, base) => {
        const growth = growthRatio({ current, base }).value;
        expect(Number(growth) / 100 + 1).toBeCloseTo(current / base, 6);
      }),
    );
  });
});

describe('yoy by rule', () => {
  it('computes levels for value_ratio (T4) and says so', () => {
    const result = yoy({ rule: 'value_ratio', current: '2834.6', base: '2296.57', published: '23.4' });
    expect([shown(result), result.basis, result.unit, result.flags]).toEqual([
      '23.4',
      'computed',
      'percent',
      [],
    ]);
  });

  it('uses the published growth when levels are missing, or when told to', () => {
    const alone = yoy({ rule: 'value_ratio', current: '2834.6', base: null, published: '23.4' });
    expect([alone.value, alone.basis]).toEqual(['23.4', 'published']);
    const preferred = yoy({
      rule: 'value_ratio',
      current: 110,
      base: 100,
      published: '9.9',
      preferPublished: true,
    });
    expect([preferred.value, preferred.basis]).toEqual(['9.9', 'published']);
  });

  it('flags a published growth that the levels contradict', () => {
    expect(yoy({ rule: 'value_ratio', current: 110, base: 100, published: '9.9' }).flags).toEqual([]);
    expect(yoy({ rule: 'value_ratio', current: 110, base: 100, published: '9.8' }).flags).toEqual([
      'published_differs',
    ]);
  });

  it('never recomputes a published rule from levels (T16)', () => {
    const levels = { current: '25494.69', base: '25698.18' };
    const published = yoy({ rule: 'published', ...levels, published: '2.3' });
    expect([published.value, published.basis]).toEqual(['2.3', 'published']);
    const silent = yoy({ rule: 'published', ...levels });
    expect([silent.value, silent.flags]).toEqual([null, ['published_missing']]);
    expect(yoy({ rule: 'published_comparable', ...levels }).value).toBeNull();
  });

  it('prefers comparable growth and marks a computed stand-in 名义、未调整 (T17)', () => {
    const levels = { current: 130500, base: '126873.8' };
    const published = yoy({ rule: 'value_ratio_comparable', ...levels, published: '2.1' });
    expect([published.value, published.basis]).toEqual(['2.1', 'published']);
    const computed = yoy({ rule: 'value_ratio_comparable', ...levels });
    expect([shown(computed), computed.basis, computed.text]).toEqual(['2.9', 'computed', '名义、未调整']);
    expect(computed.flags).toEqual(['nominal_unadjusted']);
  });

  it('gives rates in percentage points (T6), amounts in their unit, indices minus 100 (T13)', () => {
    const pp = yoy({ rule: 'pp_diff', current: '74.2', base: '71.3' });
    expect([pp.value, pp.unit]).toEqual(['2.9', 'pp']);
    const days = yoy({ rule: 'abs_diff', current: 12, base: 15 });
    expect([days.value, days.unit]).toEqual(['-3', 'unit']);
    expect(yoy({ rule: 'index_minus_100', current: '102.9', base: null }).value).toBe('2.9');
    expect(yoy({ rule: 'none', current: 1, base: 1 }).flags).toEqual(['not_applicable']);
    expect(difference(1, null).text).toBe('上年同期缺');
    expect(difference(null, 1).text).toBe('本期缺');
  });

  it('notes a preliminary figure against a final base (§16)', () => {
    const note = (currentStatus: 'prelim' | 'final') =>
      yoy({ rule: 'value_ratio', current: 110, base: 100, currentStatus, baseStatus: 'final' }).flags;
    expect(note('prelim')).toEqual(['base_final']);
    expect(note('final')).toEqual([]);
  });
});

describe('mom', () => {
  it('is not for cumulative values', () => {
    const input = { rule: 'value_ratio', current: 620, previous: 630 } as const;
    expect(shown(mom({ ...input, basis: 'period' }))).toBe('-1.6');
    expect(mom({ ...input, basis: 'ytd' }).flags).toEqual(['not_applicable']);
    expect(mom({ ...input, previous: null, basis: 'period' }).text).toBe('上期缺');
  });

  it('follows its rule', () => {
    const levels = { basis: 'period', current: '100.4', previous: '99' } as const;
    expect(mom({ rule: 'index_minus_100', ...levels }).value).toBe('0.4');
    expect(mom({ rule: 'pp_diff', ...levels })).toMatchObject({ value: '1.4', unit: 'pp' });
    expect(mom({ rule: 'none', ...levels }).value).toBeNull();
    expect(mom({ rule: 'published_sa', ...levels }).flags).toEqual(['published_missing']);
    expect(mom({ rule: 'published_sa', ...levels, published: '1.2' })).toMatchObject({
      value: '1.2',
      basis: 'published',
    });
  });
});

describe('growth rates of growth rates', () => {
  it('averages geometrically (T8)', () => {
    expect(shown(averageGrowth(['3.6', '9.1']))).toBe('6.3');
    expect(averageGrowth(['3.6', null]).value).toBeNull();
    expect(averageGrowth([]).value).toBeNull();
    expect(averageGrowth([-120, 5]).flags).toEqual(['not_applicable']);
  });

  it('deflates (T18), adjusts for days (T7), compares growths (T61)', () => {
    expect(shown(realGrowth('4.54', '99.9'))).toBe('4.6');
    expect(realGrowth('4.54', 0).flags).toEqual(['div0']);
    expect(realGrowth('4.54', null).value).toBeNull();
    const adjusted = dayAdjustedYoy({ value: 290, days: 29 }, { value: 280, days: 28 });
    expect(shown(adjusted)).toBe('0.0');
    expect(adjusted.operands.at(-1)).toEqual({ name: 'days_base', value: '28' });
    expect(accelPp('-1.1', '-2.3').value).toBe('1.2');
    expect(aboveNationPp('2.3', '5.0').value).toBe('-2.7');
    expect(accelPp(null, 1).value).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeAgeZh } from './age';
import { changeInWords, formatChange, precisionOfChange } from './change';
import { Decimal, decimalText, toDecimal } from './decimal';
import { formatNumber, formatQuantity } from './number';
import { roundTo } from './rounding';
import { toneInBand, toneOf } from './tone';

describe('roundTo', () => {
  it('rounds half up and half even (T1)', () => {
    expect(roundTo('2.5', 0)?.toString()).toBe('3');
    expect(roundTo('2.5', 0, 'half_even')?.toString()).toBe('2');
    expect(roundTo('0.925', 2)?.toString()).toBe('0.93');
    expect(roundTo('0.925', 2, 'half_even')?.toString()).toBe('0.92');
    expect(roundTo('-2.5', 0)?.toString()).toBe('-3');
  });

  it('never makes a missing value zero', () => {
    expect([roundTo(null, 1), roundTo(undefined, 1), roundTo('', 1)]).toEqual([null, null, null]);
    expect(() => toDecimal('abc')).toThrow();
    expect(() => toDecimal(Number.NaN)).toThrow(RangeError);
  });

  it('both ways agree unless the rest is exactly one half', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (n) => {
        const value = new Decimal(n).div(1000);
        const up = roundTo(value, 2);
        const even = roundTo(value, 2, 'half_even');
        if (Math.abs(n % 10) !== 5) expect(up?.eq(even ?? 0)).toBe(true);
        else expect(even?.times(100).mod(2).isZero()).toBe(true);
      }),
    );
  });

  it('writes plain decimal text without exponents', () => {
    expect(decimalText(new Decimal('1e-12'))).toBe('0.000000000001');
    expect(decimalText(new Decimal('1e25'))).toBe('10000000000000000000000000');
    expect(decimalText(new Decimal('-0'))).toBe('0');
  });
});

describe('formatNumber', () => {
  it('groups thousands, keeps the precision, signs with a true minus', () => {
    expect(formatNumber('25494.69', { precision: 2 })).toBe('25,494.69');
    expect(formatNumber('1234567', { precision: 0 })).toBe('1,234,567');
    expect(formatNumber('-1234.5', { precision: 1 })).toBe('−1,234.5');
    expect(formatNumber('5', { precision: 1, sign: true })).toBe('+5.0');
    expect(formatNumber('123', { precision: 0 })).toBe('123');
    expect(formatNumber('2024', { precision: 0, thousands: false })).toBe('2024');
  });

  it('shows a missing value as a dash and a rounded zero without a sign', () => {
    expect(formatNumber(null, { precision: 1 })).toBe('—');
    expect(formatNumber('-0.04', { precision: 1, sign: true })).toBe('0.0');
    expect(formatNumber('0', { precision: 1 })).toBe('0.0');
  });

  it('leaves the unit as the catalogue has it', () => {
    expect(formatQuantity('126873.8', '万吨', { precision: 1 })).toBe('126,873.8 万吨');
    expect(formatQuantity('40.8', '%', { precision: 1 })).toBe('40.8%');
    expect(formatQuantity(null, '亿元', { precision: 1 })).toBe('—');
  });
});

describe('formatChange', () => {
  it('shows a difference of rates no coarser than the rates, and never without a decimal', () => {
    // 常住人口城镇化率 has two decimals: 1.35 is not 1.4.
    const shown = (metricPrecision: number) =>
      formatChange('1.35', { unit: 'pp', precision: precisionOfChange('pp', metricPrecision) });
    expect([0, 1, 2].map(shown)).toEqual(['+1.4 个百分点', '+1.4 个百分点', '+1.35 个百分点']);
    expect([precisionOfChange('percent', 2), precisionOfChange('unit', 0)]).toEqual([1, 0]);
  });

  it('writes 百分点 between rates, 点 between indices, 倍 beyond 1000 %', () => {
    expect(formatChange('2.9', { unit: 'pp' })).toBe('+2.9 个百分点');
    expect(formatChange('-0.4', { unit: 'point' })).toBe('−0.4 点');
    expect(formatChange('23.43', { unit: 'percent' })).toBe('+23.4%');
    expect(formatChange('530', { unit: 'percent' })).toBe('+530.0%');
    expect(formatChange('1050', { unit: 'percent' })).toBe('增长 10.5 倍');
    expect(formatChange('1000', { unit: 'percent' })).toBe('+1,000.0%');
    expect(formatChange('12', { unit: 'unit', unitText: '件', precision: 0 })).toBe('+12 件');
    expect(formatChange(null, { unit: 'pp' })).toBe('—');
  });

  it('says it in words', () => {
    expect(changeInWords('2.3', { unit: 'percent' })).toBe('增长 2.3%');
    expect(changeInWords('-0.8', { unit: 'percent' })).toBe('下降 0.8%');
    expect(changeInWords('-0.04', { unit: 'percent' })).toBe('持平');
    expect(changeInWords('2.9', { unit: 'pp' })).toBe('提高 2.9 个百分点');
    expect(changeInWords('-3', { unit: 'unit', unitText: '天', precision: 0 })).toBe('减少 3 天');
  });
});

describe('tone', () => {
  it('follows the direction, not the sign', () => {
    expect(toneOf('3', 'higher_better')).toBe('favourable');
    expect(toneOf('3', 'lower_better')).toBe('unfavourable');
    expect(toneOf('-3', 'lower_better')).toBe('favourable');
    expect(toneOf('3', 'neutral')).toBe('neutral');
    expect(toneOf('0.04', 'higher_better', 1)).toBe('neutral');
    expect(toneOf(null, 'higher_better')).toBe('neutral');
  });

  it('judges a band by the distance to it', () => {
    const band = { low: 500, high: 900 };
    expect(toneInBand(1000, 950, band)).toBe('favourable');
    expect(toneInBand(600, 400, band)).toBe('unfavourable');
    expect(toneInBand(600, 800, band)).toBe('neutral');
  });
});

describe('relativeAgeZh', () => {
  it.each([
    [0, '刚刚'],
    [59_999, '刚刚'],
    [3 * 60_000, '3 分钟前'],
    [119 * 60_000, '1 小时前'],
    [2 * 86_400_000 + 5, '2 天前'],
    [65 * 86_400_000, '2 个月前'],
    [800 * 86_400_000, '2 年前'],
    [-180_000, '3 分钟后'],
  ])('%d ms', (ageMs, text) => {
    expect(relativeAgeZh(1e12 - ageMs, 1e12)).toBe(text);
  });
});

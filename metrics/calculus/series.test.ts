import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from '@/metrics/format/rounding';
import { ytd, ytdYoy } from './accumulate';
import { carryForward } from './carry-forward';
import { monthsFromYtd, periodFromYtd } from './from-ytd';
import { chainIndex, ytdIndex } from './index-number';
import { seasonalFactors, seasonallyAdjusted } from './seasonal';

describe('累计', () => {
  it('adds months, and withholds a sum with a gap', () => {
    expect(ytd([1, 2, '3.5']).value).toBe('6.5');
    expect(ytd([1, null, 3])).toMatchObject({ value: null, flags: ['partial'] });
    expect(ytd([null, null])).toMatchObject({ value: null, flags: ['missing'] });
  });

  it('lets the reported figure stand and flags a difference beyond 0.5 %', () => {
    expect(ytd([100, 100], 201)).toMatchObject({ value: '201', basis: 'published', flags: [] });
    expect(ytd([100, 100], 202)).toMatchObject({ value: '202', flags: ['ytd_mismatch'] });
    expect(ytd([100, null], 202)).toMatchObject({ value: '202', flags: [] });
  });

  it('累计同比 is the ratio of sums, not the mean of monthly rates (T9)', () => {
    expect(ytdYoy([110, 90, 240], [100, 100, 200]).value).toBe('10');
    expect(ytdYoy([110, 90], [100, 100, 200]).flags).toEqual(['not_comparable']);
    expect(ytdYoy([110, null], [100, 100]).flags).toEqual(['partial']);
  });
});

describe('当月 from 累计', () => {
  it('merges 1–2月 (T3)', () => {
    const months = monthsFromYtd({ 2: 1200, 3: 1830, 4: 2450 }, { janFebMerged: true });
    const value = (m: number) => months[m - 1]?.period.value;
    expect([1, 2, 3, 4, 5].map(value)).toEqual([null, null, '630', '620', null]);
    expect(months[2]?.mom.value).toBeNull();
    expect(roundTo(months[3]?.mom.value, 1)?.toFixed(1)).toBe('-1.6');
    expect(months[2]?.period.basis).toBe('deduced');
  });

  it('has a January of its own otherwise', () => {
    const months = monthsFromYtd({ 1: 10, 2: 25 }, { janFebMerged: false });
    expect(months.slice(0, 3).map((m) => m.period.value)).toEqual(['10', '15', null]);
    expect(months[1]?.mom.value).toBe('50');
    expect(monthsFromYtd({}, { janFebMerged: false })[0]?.period.flags).toEqual(['missing']);
  });

  it('prefers the previous figure of the same batch, keeps negatives and flags them (T2, T11, T12)', () => {
    expect(periodFromYtd({ ytd: '25698.18', previousYtd: '18049.37' }).value).toBe('7648.81');
    expect(periodFromYtd({ ytd: '34.8', previousYtd: '8.7' }).value).toBe('26.1');
    expect(periodFromYtd({ ytd: 515, previousYtd: 520 })).toMatchObject({
      value: '-5',
      flags: ['ytd_revised'],
    });
    expect(periodFromYtd({ ytd: 515, previousYtd: 520, previousYtdSameBatch: 498 })).toMatchObject({
      value: '17',
      flags: [],
    });
    expect(periodFromYtd({ ytd: 515, previousYtd: null }).value).toBeNull();
  });

  it('gives back the months a cumulative series was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 12, maxLength: 12 }), (flows) => {
        let sum = 0;
        const cumulative = Object.fromEntries(
          flows.map((flow, index) => {
            sum += flow;
            return [index + 1, sum];
          }),
        );
        const months = monthsFromYtd(cumulative, { janFebMerged: false });
        expect(months.map((m) => Number(m.period.value))).toEqual(flows);
      }),
    );
  });
});

describe('index numbers', () => {
  it('chains by multiplying (T14) and breaks at a missing link', () => {
    expect(chainIndex(['100.5', '99.8', '100.3']).map((r) => roundTo(r.value, 4)?.toString())).toEqual([
      '100.5',
      '100.299',
      '100.5999',
    ]);
    expect(chainIndex([101, null, 102]).map((r) => r.value)).toEqual(['101', null, null]);
  });

  it('compares mean fixed-base indices of the same months (T15)', () => {
    expect(ytdIndex([102, 99, '112.2'], [100, 90, 110]).value).toBe('104.4');
    expect(ytdIndex([102, null], [100, 90]).value).toBeNull();
    expect(ytdIndex([102], [100, 90]).flags).toEqual(['not_comparable']);
  });
});

describe('missing periods', () => {
  it('carries a stock forward once, flows and rates never', () => {
    const observed = { value: 7, carried: false };
    expect(carryForward('stock', null, observed)).toMatchObject({ value: '7', flags: ['locf'] });
    expect(carryForward('stock', null, { value: 7, carried: true })).toMatchObject({ value: null });
    expect(carryForward('stock', 8, observed)).toMatchObject({ value: '8', flags: [] });
    expect(carryForward('flow', null, observed).value).toBeNull();
    expect(carryForward('rate', null, observed).value).toBeNull();
    expect(carryForward('stock', null, null).value).toBeNull();
  });
});

describe('seasonal factors', () => {
  // A level series of 100 with the months' factors 0.5, 1, … 1, 1.5: the factors must come back.
  const pattern = [0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5];
  const series = Array.from({ length: 48 }, (_, t) => 100 * (pattern[t % 12] ?? 1));

  it('finds a stable pattern, wherever the series begins', () => {
    expect(seasonalFactors(series, 1)?.map(Number)).toEqual(pattern);
    const fromApril = seasonalFactors(series.slice(3), 4)?.map(Number);
    expect(fromApril?.map((f) => Math.round(f * 1e9) / 1e9)).toEqual(pattern);
  });

  it('needs 36 months and every calendar month', () => {
    expect(seasonalFactors(series.slice(0, 35), 1)).toBeNull();
    // 35 figures over 48 months are 35.
    expect(
      seasonalFactors(
        series.map((value, t) => (t < 13 ? null : value)),
        1,
      ),
    ).toBeNull();
    expect(
      seasonalFactors(
        Array.from({ length: 36 }, () => null),
        1,
      ),
    ).toBeNull();
  });

  it('adjusts by dividing and marks it internal (T36)', () => {
    expect(seasonallyAdjusted(110, '1.10')).toMatchObject({ value: '100', flags: ['internal_sa'] });
    expect(seasonallyAdjusted(110, 0).flags).toEqual(['div0']);
    expect(seasonallyAdjusted(null, 1).value).toBeNull();
  });
});

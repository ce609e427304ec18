import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from '@/metrics/format/rounding';
import { maxOfSum, meanOfCities, ratioOfSums, rollupMax, rollupSum, weightedMean } from './rollup';

describe('sum', () => {
  it('lets the published total stand and checks it (T25)', () => {
    const close = rollupSum({ parts: ['22590.11'], published: '22590.16' });
    expect(close).toMatchObject({ value: '22590.16', basis: 'published', flags: [] });
    expect(rollupSum({ parts: [22000], published: 22590 }).flags).toEqual(['rollup_mismatch']);
  });

  it('withholds an incomplete sum unless told otherwise', () => {
    const partial = rollupSum({ parts: [1, null, 3] });
    expect(partial).toMatchObject({ value: null, flags: ['partial'], coverage: { present: 2, expected: 3 } });
    expect(partial.operands).toEqual([{ name: 'sum_of_parts', value: '4' }]);
    expect(rollupSum({ parts: [1, 3], expected: 3, allowPartial: true })).toMatchObject({
      value: '4',
      flags: ['partial'],
    });
    expect(rollupSum({ parts: [null] })).toMatchObject({ value: null, flags: ['missing'] });
    // An incomplete sum cannot contradict the published total.
    expect(rollupSum({ parts: [1, null], published: 9 }).flags).toEqual([]);
  });

  it('is exact and does not depend on the order or the grouping of the parts', () => {
    const parts = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(parts, fc.nat(), (list, cut) => {
        const cents = list.map((n) => `${n}e-2`);
        const at = cut % (list.length + 1);
        const whole = rollupSum({ parts: cents }).value;
        expect(rollupSum({ parts: [...cents].reverse() }).value).toBe(whole);
        const halves = [cents.slice(0, at), cents.slice(at)].filter((half) => half.length > 0);
        expect(rollupSum({ parts: halves.map((half) => rollupSum({ parts: half }).value) }).value).toBe(
          whole,
        );
      }),
    );
  });
});

describe('rates', () => {
  it('divides sums, never averages rates (T26)', () => {
    const parts = [
      { numerator: 90, denominator: 100 },
      { numerator: 990, denominator: 1000 },
    ];
    const result = ratioOfSums(parts);
    expect(roundTo(result.value, 2)?.toFixed(2)).toBe('98.18');
    expect(result.operands).toEqual([
      { name: 'numerator', value: '1080' },
      { name: 'denominator', value: '1100' },
    ]);
  });

  it('publishes from 95 % of the denominator on, flagged', () => {
    const missing = { numerator: null, denominator: 40 };
    const big = { numerator: 900, denominator: 960 };
    // 960 of 1000 is 96 %.
    expect(ratioOfSums([big, missing])).toMatchObject({ value: '93.75', flags: ['partial'] });
    expect(ratioOfSums([big, { numerator: null, denominator: 60 }]).flags).toEqual(['low_coverage']);
    // Unknown denominators: one of two regions is 50 %.
    expect(ratioOfSums([big, { numerator: null, denominator: null }]).flags).toEqual(['low_coverage']);
    expect(ratioOfSums([big], { expected: 11 }).value).toBeNull();
    expect(ratioOfSums([]).value).toBeNull();
    expect(ratioOfSums([{ numerator: 0, denominator: 0 }]).flags).toEqual(['div0']);
  });

  it('weights means (T27); a missing weight makes them missing', () => {
    const parts = [
      { value: 700, weight: 2 },
      { value: 600, weight: 6 },
    ];
    expect(weightedMean(parts).value).toBe('625');
    expect(weightedMean([...parts, { value: 1, weight: null }]).value).toBeNull();
    expect(weightedMean([...parts, { value: null, weight: 1 }]).flags).toEqual(['low_coverage']);
    expect(
      weightedMean([
        { value: 700, weight: 96 },
        { value: null, weight: 4 },
      ]),
    ).toMatchObject({
      value: '700',
      flags: ['partial'],
    });
    expect(weightedMean([{ value: 1, weight: 0 }]).flags).toEqual(['div0']);
  });

  it('averages cities equally and says when one lacks (T28)', () => {
    expect(meanOfCities([41, 27, 46]).value).toBe('38');
    expect(meanOfCities([41, 27, null])).toMatchObject({ value: '34', flags: ['partial'] });
    expect(meanOfCities([null])).toMatchObject({ value: null, flags: ['missing'] });
  });
});

describe('maxima', () => {
  it('adds before taking the largest (T29)', () => {
    expect(
      maxOfSum([
        [100, 120],
        [90, 60],
      ]).value,
    ).toBe('190');
  });

  it('leaves instants with a missing part out, and says so', () => {
    expect(
      maxOfSum([
        [100, 120],
        [90, null],
      ]),
    ).toMatchObject({ value: '190', flags: ['partial'], coverage: { present: 1, expected: 2 } });
    expect(maxOfSum([]).value).toBeNull();
    expect(rollupMax([1, 3, null])).toMatchObject({ value: '3', flags: ['partial'] });
  });
});

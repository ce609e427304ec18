import { describe, expect, it } from 'vitest';
import { roundTo } from '@/metrics/format/rounding';
import { type CompositePart, composite } from './composite';
import { integrityDiscount, score, zScores } from './score';

const four = (value: Parameters<typeof roundTo>[0]) => roundTo(value, 4)?.toString() ?? null;

describe('scores', () => {
  it('scores between two bounds, clamped, inverse when lo > hi (T52)', () => {
    expect(four(score(92, 70, 100).value)).toBe('73.3333');
    expect(score(8, 20, 0).value).toBe('60');
    expect(four(score('4.5', 10, 1).value)).toBe('61.1111');
    expect(score(105, 70, 100).value).toBe('100');
    expect(score(60, 70, 100).value).toBe('0');
    expect(score(60, 70, 70).flags).toEqual(['div0']);
    expect(score(null, 70, 100).value).toBeNull();
  });

  it('uses the population deviation for z-scores (T53)', () => {
    const sample = ['4.2', '3.9', '5.1', '4.6', '3.2'];
    expect(zScores(sample).map(four)).toEqual(['0', '-0.4674', '1.4021', '0.6232', '-1.5579']);
    expect(zScores(sample, true).map(four)).toEqual(['0', '0.4674', '-1.4021', '-0.6232', '1.5579']);
    expect(zScores([3, 3, null]).map(four)).toEqual(['0', '0', null]);
    expect(zScores([null])).toEqual([null]);
  });

  it('takes a fifth off a part whose data are unreliable', () => {
    expect(four(integrityDiscount(80, [89.9, 99]).score)).toBe('64');
    expect(four(integrityDiscount(80, [90, null]).score)).toBe('80');
    expect(integrityDiscount(null, [10])).toEqual({ score: null, isReduced: false });
  });
});

describe('composite', () => {
  const parts = (scores: (number | null)[]): CompositePart[] =>
    ['0.25', '0.20', '0.15', '0.25', '0.15'].map((weight, k) => ({
      name: `p${k}`,
      weight,
      score: scores[k] ?? null,
    }));

  it('reweights over what is there (T54) and names what is not', () => {
    const result = composite(parts([80, 90, null, 60, 70]));
    expect(four(result.value)).toBe('74.7059');
    expect(result.missing).toEqual(['p2']);
    expect(result.flags).toEqual(['operand_missing']);
    expect(result.operands.at(-1)).toEqual({ name: 'weight_covered', value: '0.85' });
  });

  it('is missing below 70 % of the weight, and there at exactly 70 %', () => {
    expect(composite(parts([80, null, null, 60, 70])).flags).toEqual(['low_coverage']);
    // 0.25 + 0.20 + 0.25 = 0.70
    expect(composite(parts([80, 80, null, 80, null])).value).toBe('80');
  });

  it('treats a part on fewer than 30 cases as missing', () => {
    const [first, ...rest] = parts([100, 80, 80, 80, 80]);
    const small = composite([{ ...(first as CompositePart), sample: 29 }, ...rest]);
    expect([small.value, small.flags]).toEqual(['80', ['operand_missing', 'invalid_sample']]);
    expect(composite([{ ...(first as CompositePart), sample: 30 }, ...rest]).value).toBe('85');
  });

  it('refuses weights that do not add up to 1', () => {
    expect(() => composite([{ name: 'a', weight: '0.9', score: 1 }])).toThrow('0.9');
    expect(() => composite([{ name: 'a', weight: -1, score: 1 }])).toThrow(RangeError);
  });
});

import { describe, expect, it } from 'vitest';
import { classIndex, quantileClasses } from '@/server/services/screens/panels/classes';

describe('quantile classes', () => {
  it('put about equally many regions into each of six classes, bounded by values that occur', () => {
    const values = Array.from({ length: 12 }, (_, index) => String((index + 1) * 10));
    const classes = quantileClasses(values, 0);
    expect(classes.map(({ from, to }) => [from, to])).toEqual([
      [10, 30],
      [30, 50],
      [50, 70],
      [70, 90],
      [90, 110],
      [110, null],
    ]);
  });

  it('make fewer classes of few distinct values, none of no values', () => {
    expect(quantileClasses(['5', '5', '7'], 0)).toHaveLength(2);
    expect(quantileClasses([], 0)).toEqual([]);
  });

  it('leave what stands out a class of its own where nearly all are alike', () => {
    const days = ['0', '0', '0', '0', '0', '0', '0', '0', '0', '3'];
    const classes = quantileClasses(days, 0);
    expect(classes.map(({ label }) => label)).toEqual(['0 – 2', '≥ 3']);
    expect(classIndex(classes, '3')).toBe(1);
  });

  it('of whole numbers share no value: a value is in the class whose words hold it', () => {
    // Sorted 0 0 0 0 1 1 1 2 2 5: the sixths begin at 0, 0, 1, 1, 1, 2.
    const classes = quantileClasses(['0', '0', '0', '0', '1', '1', '1', '2', '2', '5'], 0);
    expect(classes.map(({ label }) => label)).toEqual(['0', '1', '≥ 2']);
    expect(['0', '1', '2', '5'].map((value) => classIndex(classes, value))).toEqual([0, 1, 2, 2]);
    const wide = quantileClasses(
      Array.from({ length: 12 }, (_, index) => String((index + 1) * 10)),
      0,
    );
    expect(wide.map(({ label }) => label)).toEqual([
      '10 – 29',
      '30 – 49',
      '50 – 69',
      '70 – 89',
      '90 – 109',
      '≥ 110',
    ]);
  });

  it('that would read alike as displayed are one class', () => {
    // To one place 5.01 and 5.04 are both 5.0.
    expect(quantileClasses(['5.01', '5.04', '7'], 1).map(({ label }) => label)).toEqual([
      '5.0 – 7.0',
      '≥ 7.0',
    ]);
  });
});

describe('classes of a standard', () => {
  const air = [
    { from: 0, to: 50 },
    { from: 51, to: 100 },
    { from: 101, to: null },
  ];
  it('judge the displayed value: 50 is 优, 51 is 良', () => {
    expect(['50', '51', '100', '101', '500'].map((value) => classIndex(air, value))).toEqual([0, 1, 1, 2, 2]);
  });
  it('have no class for what is missing', () => {
    expect(classIndex(air, null)).toBeNull();
  });
});

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

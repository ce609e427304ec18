import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { shownPrecision } from './shown-precision';

describe('digits of a count that the province averages', () => {
  const days = sample.aggregated({ precision: 0, accumulation: 'flow', rollup: 'mean_of_cities' });

  it('are one for the province, and none for a city', () => {
    expect([140000, 140100, 140105].map((region) => shownPrecision(days, region))).toEqual([1, 0, 0]);
  });

  it('are the metric’s own for everything else', () => {
    expect(shownPrecision({ ...days, rollup: 'sum' }, 140000)).toBe(0);
    expect(shownPrecision({ ...days, accumulation: 'rate' }, 140000)).toBe(0);
    expect(shownPrecision({ ...days, precision: 2 }, 140000)).toBe(2);
  });
});

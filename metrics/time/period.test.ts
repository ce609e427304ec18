import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Freq } from '@/metrics/model/cell';
import {
  addPeriods,
  monthsElapsed,
  nextPeriod,
  periodOf,
  periodRange,
  periodStart,
  periodsBetween,
  samePeriodLastYear,
  ytdStart,
} from './period';
import { civilOf, HOUR_MS, instantOf, isoOf, offsetAt } from './zone';

const iso = (ms: number) => new Date(ms).toISOString();

describe('civil time of Asia/Shanghai', () => {
  it('is fixed at +08:00 since 1992', () => {
    expect(iso(instantOf(1992))).toBe('1991-12-31T16:00:00.000Z');
    expect(iso(instantOf(2024, 3, 5, 8))).toBe('2024-03-05T00:00:00.000Z');
    expect(offsetAt(Date.UTC(2050, 6, 1))).toBe(8 * HOUR_MS);
  });

  it('knows the summer time of 1986–1991', () => {
    expect(offsetAt(Date.UTC(1988, 6, 1))).toBe(9 * HOUR_MS);
    expect(offsetAt(Date.UTC(1988, 0, 1))).toBe(8 * HOUR_MS);
    expect(iso(periodOf('D', { year: 1988, month: 7, day: 1 }))).toBe('1988-06-30T15:00:00.000Z');
    expect(iso(periodOf('M', { year: 1991, month: 8 }))).toBe('1991-07-31T15:00:00.000Z');
    expect(iso(periodOf('Q', { year: 1990, quarter: 4 }))).toBe('1990-09-30T16:00:00.000Z');
  });

  it('gives the day on which summer time began 23 hours and the day it ended 25', () => {
    const hours = (month: number, day: number) => {
      const start = periodOf('D', { year: 1990, month, day });
      return (nextPeriod('D', start) - start) / HOUR_MS;
    };
    expect(hours(4, 15)).toBe(23);
    expect(hours(9, 16)).toBe(25);
    expect(hours(9, 17)).toBe(24);
  });

  it('knows local mean time before 1901', () => {
    expect(offsetAt(Date.UTC(1900, 0, 1))).toBe((8 * 3600 + 5 * 60 + 43) * 1000);
  });
});

describe('an instant in ISO 8601', () => {
  it('has the offset of its time, summer time included', () => {
    expect(isoOf(instantOf(2024, 3, 5, 8))).toBe('2024-03-05T08:00:00.000+08:00');
    expect(isoOf(instantOf(1988, 7, 1))).toBe('1988-07-01T00:00:00.000+09:00');
  });
});

describe('period arithmetic', () => {
  it('finds the period that contains an instant by the civil date, not by UTC', () => {
    const ms = Date.parse('2024-12-31T17:30:00Z'); // 1 January 2025, 01:30 in Shanxi
    expect(iso(periodStart('A', ms))).toBe('2024-12-31T16:00:00.000Z');
    expect(periodStart('A', ms)).toBe(periodOf('A', { year: 2025 }));
    expect(periodStart('Q', ms)).toBe(periodOf('Q', { year: 2025, quarter: 1 }));
    expect(periodStart('D', ms)).toBe(periodOf('D', { year: 2025 }));
    expect(periodStart('H', ms)).toBe(periodOf('H', { year: 2025, hour: 1 }));
    expect(periodStart('N', ms + 29_000)).toBe(ms);
  });

  it('steps months, quarters and years by the calendar', () => {
    const jan = periodOf('M', { year: 2024, month: 1 });
    expect(addPeriods('M', jan, 13)).toBe(periodOf('M', { year: 2025, month: 2 }));
    expect(addPeriods('M', jan, -1)).toBe(periodOf('M', { year: 2023, month: 12 }));
    expect(addPeriods('Q', periodOf('Q', { year: 2024, quarter: 4 }), 1)).toBe(
      periodOf('Q', { year: 2025, quarter: 1 }),
    );
    expect(addPeriods('A', periodOf('A', { year: 2024 }), -4)).toBe(periodOf('A', { year: 2020 }));
    expect(nextPeriod('D', periodOf('D', { year: 2024, month: 2, day: 29 }))).toBe(
      periodOf('D', { year: 2024, month: 3, day: 1 }),
    );
  });

  it('compares 29 February with 28 February of the year before', () => {
    const leap = periodOf('D', { year: 2024, month: 2, day: 29 });
    expect(samePeriodLastYear('D', leap)).toBe(periodOf('D', { year: 2023, month: 2, day: 28 }));
    expect(samePeriodLastYear('D', leap, 4)).toBe(periodOf('D', { year: 2020, month: 2, day: 29 }));
    const hour = periodOf('H', { year: 2024, month: 3, day: 5, hour: 8 });
    expect(samePeriodLastYear('H', hour)).toBe(periodOf('H', { year: 2023, month: 3, day: 5, hour: 8 }));
    expect(samePeriodLastYear('Q', periodOf('Q', { year: 2024, quarter: 2 }))).toBe(
      periodOf('Q', { year: 2023, quarter: 2 }),
    );
  });

  it('refuses dates that do not exist and years outside 1949–2100', () => {
    expect(() => periodOf('D', { year: 2023, month: 2, day: 29 })).toThrow(RangeError);
    expect(() => periodOf('Q', { year: 2023, quarter: 5 })).toThrow(RangeError);
    expect(() => periodOf('A', { year: 1948 })).toThrow(RangeError);
    expect(() => periodOf('A', { year: 2101 })).toThrow(RangeError);
  });

  it('lists half-open ranges and counts the months of the year', () => {
    const from = instantOf(2024, 1, 15);
    expect(periodRange('M', from, instantOf(2024, 4)).map((ms) => civilOf(ms).month)).toEqual([1, 2, 3]);
    expect(periodRange('D', instantOf(2024, 2), instantOf(2024, 3))).toHaveLength(29);
    expect(ytdStart(from)).toBe(instantOf(2024));
    expect(monthsElapsed('Q', periodOf('Q', { year: 2024, quarter: 2 }))).toBe(6);
    expect(monthsElapsed('M', periodOf('M', { year: 2024, month: 5 }))).toBe(5);
    expect(monthsElapsed('A', periodOf('A', { year: 2024 }))).toBe(12);
  });

  it('holds for every period: contains its start, ends where the next begins, steps invert', () => {
    const freqs: Freq[] = ['A', 'Q', 'M', 'D', 'H', 'N'];
    fc.assert(
      fc.property(
        fc.constantFrom(...freqs),
        fc.integer({ min: instantOf(1949), max: instantOf(2100, 12, 31) }),
        fc.integer({ min: -500, max: 500 }),
        (freq, ms, n) => {
          const start = periodStart(freq, ms);
          expect(periodStart(freq, start)).toBe(start);
          expect(start).toBeLessThanOrEqual(ms);
          expect(nextPeriod(freq, start)).toBeGreaterThan(ms);
          const stepped = addPeriods(freq, start, n);
          expect(periodStart(freq, stepped)).toBe(stepped);
          expect(addPeriods(freq, stepped, -n)).toBe(start);
          expect(periodsBetween(freq, start, stepped)).toBe(n);
        },
      ),
    );
  });
});

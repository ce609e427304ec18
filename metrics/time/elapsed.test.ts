import { describe, expect, it } from 'vitest';
import { elapsedOfYear } from './elapsed';
import { periodOf } from './period';

const at = (text: string) => Date.parse(`${text}+08:00`);
const november = periodOf('M', { year: 2026, month: 11 });

describe('how much of the year has passed', () => {
  it('is its months once the period is over (T21: half of the year at the end of June)', () => {
    const june = periodOf('M', { year: 2026, month: 6 });
    expect(elapsedOfYear('M', june, at('2026-07-01T00:00:00'))).toEqual({ elapsed: 6, total: 12 });
    const second = periodOf('Q', { year: 2026, quarter: 2 });
    expect(elapsedOfYear('Q', second, at('2026-12-01T00:00:00'))).toEqual({ elapsed: 6, total: 12 });
  });

  it('is whole days while it runs, however late the hour', () => {
    // To the end of 26 November: 304 days of ten months and 26.
    const passed = { elapsed: 330, total: 365 };
    expect(elapsedOfYear('M', november, at('2026-11-27T00:00:00'))).toEqual(passed);
    expect(elapsedOfYear('M', november, at('2026-11-27T23:00:00'))).toEqual(passed);
    expect(elapsedOfYear('A', periodOf('A', { year: 2026 }), at('2026-11-27T09:00:00'))).toEqual(passed);
  });

  it('is days for days, of 366 in a leap year', () => {
    const day = periodOf('D', { year: 2024, month: 2, day: 29 });
    expect(elapsedOfYear('D', day, at('2024-06-01T00:00:00'))).toEqual({ elapsed: 60, total: 366 });
  });
});

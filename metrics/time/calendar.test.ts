import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  civilDaysBetween,
  countWorkingDays,
  dayKey,
  type HolidayYear,
  holidayYearFindings,
  WEEKDAYS_ONLY,
  workCalendar,
  workingDay,
} from './calendar';
import { instantOf } from './zone';

/** A made-up arrangement: the rule is under test, not a real year. */
const INVENTED: HolidayYear = {
  year: 2030,
  off: ['2030-01-01', '2030-01-02'],
  work: ['2030-01-05'],
  source: 'test table',
};

describe('working days', () => {
  it('follows the holiday table before the weekday', () => {
    const calendar = workCalendar([INVENTED]);
    // 2030-01-01 is a Tuesday.
    expect(workingDay(calendar, instantOf(2030, 1, 2))).toEqual({ working: false, basis: 'table' });
    expect(workingDay(calendar, instantOf(2030, 1, 5))).toEqual({ working: true, basis: 'table' });
    expect(workingDay(calendar, instantOf(2030, 1, 6))).toEqual({ working: false, basis: 'table' });
    const third = addWorkingDays(calendar, instantOf(2030, 1, 1, 9), 3);
    expect([dayKey(third.dayMs), third.basis]).toEqual(['2030-01-05', 'table']);
    expect(countWorkingDays(calendar, instantOf(2030, 1, 1), instantOf(2030, 1, 8))).toEqual({
      days: 4,
      basis: 'table',
    });
  });

  it('falls back to weekdays and says so when a year has no table', () => {
    // 2026-03-06 is a Friday (calculus.md T58).
    const next = addWorkingDays(WEEKDAYS_ONLY, instantOf(2026, 3, 6, 16, 20), 1);
    expect([dayKey(next.dayMs), next.basis]).toEqual(['2026-03-09', 'weekday']);
    const across = addWorkingDays(workCalendar([INVENTED]), instantOf(2030, 12, 31), 1);
    expect([dayKey(across.dayMs), across.basis]).toEqual(['2031-01-01', 'weekday']);
    expect(() => addWorkingDays(WEEKDAYS_ONLY, 0, -1)).toThrow(RangeError);
  });

  it('finds everything wrong with a table at once', () => {
    expect(holidayYearFindings(INVENTED)).toEqual([]);
    expect(
      holidayYearFindings({
        year: 2030,
        off: ['2030-02-30', '2031-01-01', '2030-01-01', '2030-01-01', '2030-01-05'],
        work: ['2030-01-07', '2030-01-05'],
        source: '',
      }),
    ).toEqual([
      { place: 'source', message: '请写明来源(发文字号或网址)' },
      { place: 'off.0', message: '放假日第 1 个“2030-02-30”不是 YYYY-MM-DD 形式的日期' },
      { place: 'off.1', message: '放假日第 2 个“2031-01-01”不在 2030 年' },
      { place: 'off.3', message: '放假日第 4 个“2030-01-01”重复' },
      { place: 'work.0', message: '调休上班日第 1 个“2030-01-07”本来就是周一至周五' },
      { place: 'work.1', message: '调休上班日第 2 个“2030-01-05”已列为放假日' },
    ]);
    expect(holidayYearFindings({ year: 2030, off: [], work: [], source: 'x' })).toEqual([
      { place: 'off', message: '没有放假日' },
    ]);
  });

  it('counts civil days, not 24-hour stretches', () => {
    expect(civilDaysBetween(instantOf(2024, 2, 28, 23), instantOf(2024, 3, 1, 1))).toBe(2);
  });
});

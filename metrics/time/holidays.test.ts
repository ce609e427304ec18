import { describe, expect, it } from 'vitest';
import { addWorkingDays, countWorkingDays, dayKey, holidayYearFindings, workCalendar } from './calendar';
import { FESTIVALS, festivalDay } from './festivals';
import { SHIPPED_HOLIDAYS } from './holidays';
import { civilOf, instantOf, weekdayOf } from './zone';

const calendar = workCalendar(SHIPPED_HOLIDAYS);
const isWeekday = (key: string) => {
  const { year, month, day } = civilOf(Date.parse(`${key}T00:00:00+08:00`));
  return weekdayOf(year, month, day) <= 5;
};

describe('shipped holidays', () => {
  it('are sound tables of 2017 to 2026, each with the number of its notice', () => {
    expect(SHIPPED_HOLIDAYS.map(({ year }) => year)).toEqual([
      2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026,
    ]);
    for (const table of SHIPPED_HOLIDAYS) {
      expect(holidayYearFindings(table), String(table.year)).toEqual([]);
      expect(table.source).toMatch(/国办发明电〔20\d\d〕\d+号/);
    }
  });

  it('hold 春节, 清明, 端午 and 中秋 themselves and the National Day of every year', () => {
    expect(FESTIVALS.map(({ name }) => name)).toEqual(['春节', '清明', '端午', '中秋']);
    for (const { year, off } of SHIPPED_HOLIDAYS) {
      for (const festival of FESTIVALS)
        expect(off, festival.name).toContain(dayKey(festivalDay(festival, year) ?? 0));
      expect(off).toContain(`${year}-10-01`);
    }
  });

  // 全国年节及纪念日放假办法: 11 statutory days a year, 13 since 2025. 调休 only moves weekends about, so a mistyped day
  // shows as a sum that is off.
  it.each(SHIPPED_HOLIDAYS.map((table) => [table.year, table] as const))(
    'free weekdays less worked weekend days of %i are the statutory days',
    (year, { off, work }) => {
      // The extension of 2020 freed Friday 31 January and took back the make-up day of 1 February.
      const extended = year === 2020 ? 2 : 0;
      expect(off.filter(isWeekday).length - work.length).toBe((year < 2025 ? 11 : 13) + extended);
    },
  );

  it('decide where weekdays would be wrong', () => {
    // 国庆 2026: 1–7 October off, Saturday 10 October worked. After Wednesday 30 September come the 8th, 9th and 10th.
    const third = addWorkingDays(calendar, instantOf(2026, 9, 30, 17), 3);
    expect([dayKey(third.dayMs), third.basis]).toEqual(['2026-10-10', 'table']);
    // 2018-12-29 (Saturday) was worked for 31 December; New Year's Day follows.
    expect(countWorkingDays(calendar, instantOf(2018, 12, 29), instantOf(2019, 1, 3))).toEqual({
      days: 2,
      basis: 'table',
    });
    // 2020-02-01 was first to be worked, then the holiday was extended over it.
    expect(countWorkingDays(calendar, instantOf(2020, 1, 24), instantOf(2020, 2, 4)).days).toBe(1);
  });

  it('give the working-day variant of T58, which no holiday of March 2026 touches', () => {
    const at = instantOf(2026, 3, 6, 16, 20);
    expect([1, 3, 7].map((n) => dayKey(addWorkingDays(calendar, at, n).dayMs))).toEqual([
      '2026-03-09',
      '2026-03-11',
      '2026-03-17',
    ]);
  });
});

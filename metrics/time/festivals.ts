import { civilDaysBetween } from './calendar';
import { civilOf, instantOf } from './zone';

/** A festival whose Gregorian date moves; the daily comparison may be aligned with it (calculus.md §3). */
export interface Festival {
  name: string;
  /** Days before and after it that are aligned. */
  windowDays: number;
  /** 'MM-DD' by Gregorian year. A year that is absent is unknown. */
  dates: Readonly<Record<number, string>>;
}

/** What fixes the dates: 春节 正月初一, 端午 五月初五, 中秋 八月十五, 清明 the sun at 15°. */
export const FESTIVAL_SOURCE = 'GB/T 33661-2017《农历的编算和颁行》';

/** From 正月初一 half a month to either side, as long as 春运 and 元宵 move with it. */
export const SPRING_FESTIVAL: Festival = {
  name: '春节',
  windowDays: 15,
  dates: {
    2017: '01-28',
    2018: '02-16',
    2019: '02-05',
    2020: '01-25',
    2021: '02-12',
    2022: '02-01',
    2023: '01-22',
    2024: '02-10',
    2025: '01-29',
    2026: '02-17',
    2027: '02-06',
  },
};

const MID_AUTUMN: Festival = {
  name: '中秋',
  windowDays: 3,
  dates: {
    2017: '10-04',
    2018: '09-24',
    2019: '09-13',
    2020: '10-01',
    2021: '09-21',
    2022: '09-10',
    2023: '09-29',
    2024: '09-17',
    2025: '10-06',
    2026: '09-25',
  },
};

/** The years in which a State Council's notice gives the day itself off: known twice over. */
export const FESTIVALS: readonly Festival[] = [
  SPRING_FESTIVAL,
  {
    name: '清明',
    windowDays: 3,
    dates: {
      2017: '04-04',
      2018: '04-05',
      2019: '04-05',
      2020: '04-04',
      2021: '04-04',
      2022: '04-05',
      2023: '04-05',
      2024: '04-04',
      2025: '04-04',
      2026: '04-05',
    },
  },
  {
    name: '端午',
    windowDays: 3,
    dates: {
      2017: '05-30',
      2018: '06-18',
      2019: '06-07',
      2020: '06-25',
      2021: '06-14',
      2022: '06-03',
      2023: '06-22',
      2024: '06-10',
      2025: '05-31',
      2026: '06-19',
    },
  },
  MID_AUTUMN,
];

/** Start of the festival's day in a Gregorian year; null when the year is not in its table. */
export function festivalDay({ dates }: Festival, year: number): number | null {
  const text = dates[year];
  if (text === undefined) return null;
  return instantOf(year, Number(text.slice(0, 2)), Number(text.slice(3)));
}

export interface AlignedDay {
  /** The day of last year with the same distance to the festival. */
  dayMs: number;
  festival: string;
}

/**
 * The day of last year that stands as far from the same festival, for 农历对齐同比 of daily tourism and traffic. Only
 * a display aid beside the Gregorian comparison (calculus.md §3). Null outside the windows, when a year is unknown, and
 * for a 中秋 that runs into the National Day's week in one of the years: then the Gregorian comparison holds.
 */
export function alignedDay(dayMs: number, festivals: readonly Festival[] = FESTIVALS): AlignedDay | null {
  const { year } = civilOf(dayMs);
  for (const festival of festivals) {
    const now = festivalDay(festival, year);
    const then = festivalDay(festival, year - 1);
    if (now === null || then === null) continue;
    const distance = civilDaysBetween(now, dayMs);
    if (Math.abs(distance) > festival.windowDays) continue;
    if (festival === MID_AUTUMN && [now, then].some(meetsNationalDay)) continue;
    const { month, day } = civilOf(then);
    return { dayMs: instantOf(year - 1, month, day + distance), festival: festival.name };
  }
  return null;
}

/** Its window touches 1–7 October: a holiday of eight days is compared with none of three. */
function meetsNationalDay(festivalMs: number): boolean {
  const { year } = civilOf(festivalMs);
  return civilDaysBetween(festivalMs, instantOf(year, 10, 1)) <= MID_AUTUMN.windowDays;
}

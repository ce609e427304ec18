import { civilDaysBetween } from './calendar';
import { civilOf, instantOf } from './zone';

/** Days of 春节 (正月初一), 'MM-DD' by Gregorian year, with where they are from. A year that is absent is unknown. */
export interface SpringFestivalTable {
  source: string;
  dates: Readonly<Record<number, string>>;
}

/** The years we ship. */
export const SPRING_FESTIVAL: SpringFestivalTable = {
  source: 'GB/T 33661-2017《农历的编算和颁行》',
  dates: {
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

/** Start of 春节 (初一) in a Gregorian year; null when the year is not in the table. */
export function springFestival(year: number, table: SpringFestivalTable = SPRING_FESTIVAL): number | null {
  const text = table.dates[year];
  if (text === undefined) return null;
  return instantOf(year, Number(text.slice(0, 2)), Number(text.slice(3)));
}

/**
 * The day of last year with the same distance to 春节, for 农历对齐同比 of daily tourism and traffic. Only a
 * display aid beside the Gregorian comparison (calculus.md §3). Null outside `windowDays` around the festival
 * or when a year is unknown: then the Gregorian comparison holds.
 */
export function lunarAlignedDay(
  dayMs: number,
  windowDays = 15,
  table: SpringFestivalTable = SPRING_FESTIVAL,
): number | null {
  const { year } = civilOf(dayMs);
  const festival = springFestival(year, table);
  const former = springFestival(year - 1, table);
  if (festival === null || former === null) return null;
  const distance = civilDaysBetween(festival, dayMs);
  if (Math.abs(distance) > windowDays) return null;
  const { month, day } = civilOf(former);
  return instantOf(year - 1, month, day + distance);
}

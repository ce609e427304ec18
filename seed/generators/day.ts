import { festivalDay, SPRING_FESTIVAL } from '@/metrics/time/festivals';
import { civilOf, DAY_MS, HOUR_MS, instantOf, weekdayOf } from '@/metrics/time/zone';

/** What the calendar says about a day, as the generators need it. */
export interface DayFacts {
  startMs: number;
  year: number;
  month: number;
  day: number;
  /** 1 Monday … 7 Sunday. */
  weekday: number;
  /** Days to 春节 (初一): −1 is 除夕, 0–6 the holiday. Undefined more than 40 days away. */
  festivalOffset?: number;
  /** 国庆 1–7 October, 五一 1–5 May, 元旦. Made-up working weekends are left out: the generators need no more. */
  publicHoliday: boolean;
  workday: boolean;
  /** `YYYY-MM-DD`. */
  text: string;
}

export function dayFacts(ms: number): DayFacts {
  const { year, month, day } = civilOf(ms);
  const startMs = instantOf(year, month, day);
  const weekday = weekdayOf(year, month, day);
  const festival = festivalDay(SPRING_FESTIVAL, year);
  const offset = festival === null ? undefined : Math.round((startMs - festival) / DAY_MS);
  const festivalOffset = offset !== undefined && Math.abs(offset) <= 40 ? offset : undefined;
  const inFestival = festivalOffset !== undefined && festivalOffset >= -1 && festivalOffset <= 6;
  const publicHoliday =
    inFestival || (month === 10 && day <= 7) || (month === 5 && day <= 5) || (month === 1 && day === 1);
  return {
    startMs,
    year,
    month,
    day,
    weekday,
    festivalOffset,
    publicHoliday,
    workday: weekday <= 5 && !publicHoliday,
    text: `${year}-${two(month)}-${two(day)}`,
  };
}

/** A month's number turned into a value that moves smoothly over the year: `byMonth[0]` holds in mid January. */
export function seasonal(byMonth: readonly number[], day: DayFacts): number {
  const position = day.month - 1 + (day.day - 15) / 30.4;
  const low = Math.floor(position);
  const share = position - low;
  const at = (i: number) => byMonth[((i % 12) + 12) % 12] ?? 1;
  return at(low) * (1 - share) + at(low + 1) * share;
}

/** Hours since 1970, the index of time in the generators. */
export function hourIndex(ms: number): number {
  return Math.floor(ms / HOUR_MS);
}

/** `YYYY-MM-DD HH:mm:ss` in Asia/Shanghai. */
export function timeText(ms: number): string {
  // All generated instants are long after 1992, when the zone's offset became fixed.
  return new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');
}

export function dateText(ms: number): string {
  return new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 10);
}

/** The instant after `workdays` weekdays, at the same time of day; a due date from a promise. */
export function afterWorkdays(ms: number, workdays: number): number {
  let at = ms;
  let left = workdays;
  while (left > 0) {
    at += DAY_MS;
    if (dayFacts(at).workday) left--;
  }
  return at;
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/**
 * Civil time of Asia/Shanghai. Statistical periods are civil periods there, whatever zone the machine keeps.
 *
 * Since 1992 the offset is a constant +08:00, so the common case is plain arithmetic. Before that the zone
 * had summer time (1986–1991, 1940s) and local mean time (until 1901): those ask the ICU zone data.
 */

export const TIME_ZONE = 'Asia/Shanghai';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** First and last year the period functions vouch for. */
export const MIN_YEAR = 1949;
export const MAX_YEAR = 2100;

const STANDARD_OFFSET_MS = 8 * HOUR_MS;
/** 1992-01-01T00:00+08:00: from here on the offset never changes. */
const FIXED_SINCE_MS = Date.UTC(1992, 0, 1) - STANDARD_OFFSET_MS;

const historic = new Intl.DateTimeFormat('en-US', {
  timeZone: TIME_ZONE,
  calendar: 'gregory',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** A civil date and time; month 1–12. */
export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** Offset of Asia/Shanghai from UTC at an instant, milliseconds east. */
export function offsetAt(ms: number): number {
  if (ms >= FIXED_SINCE_MS) return STANDARD_OFFSET_MS;
  const part: Record<string, number> = {};
  const wholeSecondMs = Math.floor(ms / 1000) * 1000;
  for (const { type, value } of historic.formatToParts(wholeSecondMs)) part[type] = Number(value);
  const civilAsUtcMs = Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day,
    part.hour,
    part.minute,
    part.second,
  );
  return civilAsUtcMs - wholeSecondMs;
}

/** Civil date and time of an instant. */
export function civilOf(ms: number): Civil {
  const shifted = new Date(ms + offsetAt(ms));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/** An instant in ISO 8601 with the offset of that time, so that its first ten characters are the civil date. */
export function isoOf(ms: number): string {
  const offsetMs = offsetAt(ms);
  const offset = new Date(offsetMs).toISOString().slice(11, 16);
  return `${new Date(ms + offsetMs).toISOString().slice(0, -1)}+${offset}`;
}

/**
 * Instant of a civil time. Out-of-range months and days carry over (month 13 is next January), as in calendar
 * arithmetic. A time repeated by the end of summer time is its first occurrence; a time skipped by its
 * beginning is moved forward, so that the start of a day always lies in that day.
 */
export function instantOf(year: number, month = 1, day = 1, hour = 0, minute = 0): number {
  const civilAsUtcMs = Date.UTC(year, month - 1, day, hour, minute);
  const standardMs = civilAsUtcMs - STANDARD_OFFSET_MS;
  if (standardMs >= FIXED_SINCE_MS) return standardMs;
  const before = offsetAt(standardMs - DAY_MS);
  const after = offsetAt(standardMs + DAY_MS);
  const first = civilAsUtcMs - Math.max(before, after);
  if (offsetAt(first) === Math.max(before, after)) return first;
  return civilAsUtcMs - Math.min(before, after);
}

/** Days in a civil month; month may carry over. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Day of the week of a civil date, 1 Monday … 7 Sunday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}

import { civilOf, DAY_MS, daysInMonth, instantOf, weekdayOf } from './zone';

/**
 * One year of the State Council's holiday arrangement. It decides, not the weekday: make-up working days
 * fall on weekends (调休). Days are 'YYYY-MM-DD'.
 */
export interface HolidayYear {
  year: number;
  /** Weekdays and weekend days declared free. */
  off: readonly string[];
  /** Weekend days declared working (调休上班). */
  work: readonly string[];
  /** Where the arrangement was published. */
  source: string;
}

/** Holiday tables by year; a year without a table falls back to weekdays, and results say so. */
export type WorkCalendar = ReadonlyMap<number, HolidayYear>;

/** No tables: Monday to Friday, always marked as `weekday`. */
export const WEEKDAYS_ONLY: WorkCalendar = new Map();

/** `table`: every day consulted had its arrangement. `weekday`: at least one was judged by the weekday alone. */
export type CalendarBasis = 'table' | 'weekday';

export function workCalendar(years: readonly HolidayYear[]): WorkCalendar {
  return new Map(years.map((table) => [table.year, table]));
}

/** 'YYYY-MM-DD' of the civil day of an instant. */
export function dayKey(ms: number): string {
  const { year, month, day } = civilOf(ms);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whether the civil day of `ms` is a working day, and by what it was judged. */
export function workingDay(calendar: WorkCalendar, ms: number): { working: boolean; basis: CalendarBasis } {
  const { year, month, day } = civilOf(ms);
  const weekday = weekdayOf(year, month, day) <= 5;
  const table = calendar.get(year);
  if (!table) return { working: weekday, basis: 'weekday' };
  const key = dayKey(ms);
  if (table.off.includes(key)) return { working: false, basis: 'table' };
  return { working: weekday || table.work.includes(key), basis: 'table' };
}

/**
 * Start of the n-th working day after the civil day of `ms` (n ≥ 0; 0 is that day itself, working or not).
 */
export function addWorkingDays(
  calendar: WorkCalendar,
  ms: number,
  n: number,
): { dayMs: number; basis: CalendarBasis } {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`working days must be a whole number ≥ 0: ${n}`);
  const { year, month, day } = civilOf(ms);
  let basis: CalendarBasis = 'table';
  let offset = 0;
  for (let left = n; left > 0; ) {
    offset += 1;
    const verdict = workingDay(calendar, instantOf(year, month, day + offset));
    if (verdict.basis === 'weekday') basis = 'weekday';
    if (verdict.working) left -= 1;
  }
  return { dayMs: instantOf(year, month, day + offset), basis };
}

/** Working days in the half-open stretch of civil days [fromMs, toMs). */
export function countWorkingDays(
  calendar: WorkCalendar,
  fromMs: number,
  toMs: number,
): { days: number; basis: CalendarBasis } {
  const { year, month, day } = civilOf(fromMs);
  let basis: CalendarBasis = 'table';
  let days = 0;
  for (let offset = 0; ; offset += 1) {
    const at = instantOf(year, month, day + offset);
    if (at >= toMs) return { days, basis };
    const verdict = workingDay(calendar, at);
    if (verdict.basis === 'weekday') basis = 'weekday';
    if (verdict.working) days += 1;
  }
}

/**
 * What is wrong with a holiday table an operator adds; empty when sound. All findings at once.
 */
export function holidayYearFindings(table: HolidayYear): string[] {
  const findings: string[] = [];
  if (table.source.trim() === '') findings.push('source is missing');
  const seen = new Set<string>();
  for (const [kind, days] of [
    ['off', table.off],
    ['work', table.work],
  ] as const) {
    for (const key of days) {
      const date = civilDay(key);
      if (!date) findings.push(`${kind}: "${key}" is no date YYYY-MM-DD`);
      else if (date.year !== table.year) findings.push(`${kind}: ${key} is not in ${table.year}`);
      else if (kind === 'work' && weekdayOf(date.year, date.month, date.day) <= 5)
        findings.push(`work: ${key} is a weekday already`);
      if (seen.has(key)) findings.push(`${kind}: ${key} appears twice`);
      seen.add(key);
    }
  }
  return findings;
}

/** Whole civil days from the day of `fromMs` to the day of `toMs`. */
export function civilDaysBetween(fromMs: number, toMs: number): number {
  const a = civilOf(fromMs);
  const b = civilOf(toMs);
  return (Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / DAY_MS;
}

function civilDay(key: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(key);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const real = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? { year, month, day } : null;
}

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

/** Something wrong with a holiday table: `place` is the field, with the entry's index where there is one. */
export interface HolidayFinding {
  place: string;
  /** Chinese, for the operator. */
  message: string;
}

const LIST_ZH = { off: '放假日', work: '调休上班日' } as const;

/**
 * What is wrong with a holiday table an operator adds; empty when sound. All findings at once.
 */
export function holidayYearFindings(table: HolidayYear): HolidayFinding[] {
  const findings: HolidayFinding[] = [];
  if (table.source.trim() === '') findings.push({ place: 'source', message: '请写明来源(发文字号或网址)' });
  if (table.off.length === 0) findings.push({ place: 'off', message: '没有放假日' });
  const seen = new Map<string, keyof typeof LIST_ZH>();
  for (const kind of ['off', 'work'] as const) {
    table[kind].forEach((key, index) => {
      const problem = dayProblem(table.year, kind, key) ?? repetition(seen.get(key), kind);
      if (problem !== null)
        findings.push({
          place: `${kind}.${index}`,
          message: `${LIST_ZH[kind]}第 ${index + 1} 个“${key}”${problem}`,
        });
      seen.set(key, kind);
    });
  }
  return findings;
}

function dayProblem(year: number, kind: keyof typeof LIST_ZH, key: string): string | null {
  const date = civilDay(key);
  if (!date) return '不是 YYYY-MM-DD 形式的日期';
  if (date.year !== year) return `不在 ${year} 年`;
  if (kind === 'work' && weekdayOf(date.year, date.month, date.day) <= 5) return '本来就是周一至周五';
  return null;
}

function repetition(earlier: keyof typeof LIST_ZH | undefined, kind: keyof typeof LIST_ZH): string | null {
  if (earlier === undefined) return null;
  return earlier === kind ? '重复' : `已列为${LIST_ZH[earlier]}`;
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

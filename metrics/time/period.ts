import type { Freq } from '@/metrics/model/cell';
import {
  type Civil,
  civilOf,
  daysInMonth,
  HOUR_MS,
  instantOf,
  MAX_YEAR,
  MIN_YEAR,
  MINUTE_MS,
  offsetAt,
} from './zone';

/** Names a period; what a frequency needs beyond its default (first) part is up to the caller. */
export interface PeriodParts {
  year: number;
  quarter?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
}

/** First instant of the period of this frequency that contains `ms`. */
export function periodStart(freq: Freq, ms: number): number {
  if (freq === 'H') return floorTo(ms, HOUR_MS);
  if (freq === 'N') return floorTo(ms, MINUTE_MS);
  const { year, month, day } = civilOf(ms);
  if (freq === 'A') return instantOf(year);
  if (freq === 'Q') return instantOf(year, month - ((month - 1) % 3));
  if (freq === 'M') return instantOf(year, month);
  return instantOf(year, month, day);
}

/** First instant of the following period; also the (exclusive) end of this one. */
export function nextPeriod(freq: Freq, startMs: number): number {
  return addPeriods(freq, startMs, 1);
}

/**
 * Start `n` periods later (earlier when negative). Years, quarters, months and days are steps of the civil
 * calendar; hours and minutes are elapsed time, so a summer-time day has 23 or 25 hours.
 */
export function addPeriods(freq: Freq, startMs: number, n: number): number {
  if (freq === 'H') return startMs + n * HOUR_MS;
  if (freq === 'N') return startMs + n * MINUTE_MS;
  const { year, month, day } = civilOf(startMs);
  if (freq === 'A') return instantOf(year + n, month);
  if (freq === 'Q') return instantOf(year, month + 3 * n);
  if (freq === 'M') return instantOf(year, month + n);
  return instantOf(year, month, day + n);
}

/**
 * Start of a named period. Throws RangeError when a part is no such date or the year is outside
 * {@link MIN_YEAR}–{@link MAX_YEAR}.
 */
export function periodOf(freq: Freq, parts: PeriodParts): number {
  const { year, quarter, day = 1, hour = 0, minute = 0 } = parts;
  const month = parts.month ?? (quarter === undefined ? 1 : quarter * 3 - 2);
  const sound =
    within(year, MIN_YEAR, MAX_YEAR) &&
    (quarter === undefined || within(quarter, 1, 4)) &&
    within(month, 1, 12) &&
    within(day, 1, daysInMonth(year, month)) &&
    within(hour, 0, 23) &&
    within(minute, 0, 59);
  if (!sound) throw new RangeError(`no such period: ${freq} ${JSON.stringify(parts)}`);
  return periodStart(freq, instantOf(year, month, day, hour, minute));
}

/** Civil parts of a period's start, with its quarter. */
export function periodParts(startMs: number): Civil & { quarter: number } {
  const civil = civilOf(startMs);
  return { ...civil, quarter: Math.ceil(civil.month / 3) };
}

/** Periods from `fromMs` to `toMs` of one frequency; negative when `toMs` is earlier. Both are period starts. */
export function periodsBetween(freq: Freq, fromMs: number, toMs: number): number {
  if (freq === 'H') return Math.round((toMs - fromMs) / HOUR_MS);
  if (freq === 'N') return Math.round((toMs - fromMs) / MINUTE_MS);
  const from = civilOf(fromMs);
  const to = civilOf(toMs);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  if (freq === 'A') return to.year - from.year;
  if (freq === 'Q') return Math.floor(months / 3);
  if (freq === 'M') return months;
  return Math.round((dayNumber(to) - dayNumber(from)) / (24 * HOUR_MS));
}

/** Starts of all periods in the half-open stretch [fromMs, toMs); the first one contains `fromMs`. */
export function periodRange(freq: Freq, fromMs: number, toMs: number): number[] {
  const starts: number[] = [];
  const first = periodStart(freq, fromMs);
  // Stepping from the first start each time keeps calendar steps free of accumulated day clipping.
  for (let i = 0, at = first; at < toMs; i += 1, at = addPeriods(freq, first, i)) starts.push(at);
  return starts;
}

/** First instant of the civil year: where 本年累计 begins. */
export function ytdStart(ms: number): number {
  return instantOf(civilOf(ms).year);
}

/** The last period of this frequency in a year that starts at `yearMs`. */
export function lastOfYear(freq: Freq, yearMs: number): number {
  return addPeriods(freq, nextPeriod('A', yearMs), -1);
}

/**
 * The comparison period of 同比: the same period `years` earlier. 29 February compares with 28 February
 * (calculus.md §3).
 */
export function samePeriodLastYear(freq: Freq, startMs: number, years = 1): number {
  const { year, month, day, hour, minute } = civilOf(startMs);
  const target = year - years;
  return periodStart(freq, instantOf(target, month, Math.min(day, daysInMonth(target, month)), hour, minute));
}

/** Months of the year passed at the end of this period: 时序进度 is this over twelve. */
export function monthsElapsed(freq: Freq, startMs: number): number {
  const { month, quarter } = periodParts(startMs);
  if (freq === 'A') return 12;
  return freq === 'Q' ? quarter * 3 : month;
}

function floorTo(ms: number, unitMs: number): number {
  const offset = offsetAt(ms);
  return Math.floor((ms + offset) / unitMs) * unitMs - offset;
}

function dayNumber({ year, month, day }: Civil): number {
  return Date.UTC(year, month - 1, day);
}

function within(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}

import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods, nextPeriod, periodParts, periodsBetween } from '@/metrics/time/period';

type Of = Pick<CellKey, 'freq' | 'basis' | 'periodMs'>;

/** Metrics that publish no January: 1-2月 come as one (calculus.md §2). */
export function mergesJanFeb({ period_rule }: Pick<MetricDefinition, 'period_rule'>): boolean {
  return period_rule === 'MC' || period_rule === 'M_noJanFeb';
}

/** The period published before this one, over a turn of the year too; January is skipped where there is none. */
export function publishedBefore(definition: MetricDefinition, { freq, basis, periodMs }: Of): number {
  const before = addPeriods(freq, periodMs, -1);
  if (freq !== 'M' || !mergesJanFeb(definition)) return before;
  const { month } = periodParts(before);
  if (month === 1) return addPeriods(freq, before, -1);
  // Single months of 1-2月 do not exist at all.
  return month === 2 && basis !== 'ytd' ? addPeriods(freq, before, -2) : before;
}

/** Periods that there are to publish after one and up to another; skipped Januaries are none. */
export function periodsAfter(definition: MetricDefinition, of: Of, untilMs: number): number {
  if (of.freq !== 'M') return periodsBetween(of.freq, of.periodMs, untilMs);
  let count = 0;
  for (let ms = untilMs; ms > of.periodMs; ms = publishedBefore(definition, { ...of, periodMs: ms }))
    count += 1;
  return count;
}

/** Whether a cumulative period is the year's first: it is its own single period, there is nothing to subtract. */
export function opensYear({ freq, periodMs }: Of): boolean {
  const { month } = periodParts(periodMs);
  return freq === 'Q' || freq === 'M' ? month === 1 : freq === 'A';
}

/** Starts of the year's months (or quarters) up to and with this one. */
export function yearToDate(freq: 'M' | 'Q', periodMs: number): number[] {
  const { month, quarter } = periodParts(periodMs);
  const count = freq === 'M' ? month : quarter;
  return Array.from({ length: count }, (_, index) => addPeriods(freq, periodMs, index - count + 1));
}

/** One stretch of the year that its cumulative figure is made of. */
export type YearPart = Pick<CellKey, 'periodMs' | 'basis'>;

/**
 * What adds up to the year's cumulative figure: its single periods; where 1-2月 are merged their common figure comes
 * first, for neither has one of its own, and within them there is nothing to add up.
 */
export function partsOfYear(definition: MetricDefinition, freq: 'M' | 'Q', periodMs: number): YearPart[] {
  const parts = yearToDate(freq, periodMs).map((ms): YearPart => ({ periodMs: ms, basis: 'period' }));
  if (freq !== 'M' || !mergesJanFeb(definition)) return parts;
  const [, february, ...later] = parts;
  return february === undefined || later.length === 0 ? [] : [{ ...february, basis: 'ytd' }, ...later];
}

/** Civil days of the period. */
export function daysOf({ freq, periodMs }: Of): number {
  return periodsBetween('D', periodMs, nextPeriod(freq, periodMs));
}

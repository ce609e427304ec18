import type { Freq } from '@/metrics/model/cell';
import { monthsElapsed, nextPeriod, periodStart, periodsBetween, ytdStart } from './period';

/**
 * How much of its year has passed at the end of a period, for 时序进度 (calculus.md §11): months of twelve; whole days for
 * what is counted by the day or finer, and while the period is still running, for then its months have not passed.
 */
export function elapsedOfYear(
  freq: Freq,
  periodMs: number,
  asOfMs: number,
): { elapsed: number; total: number } {
  const endMs = Math.min(nextPeriod(freq, periodMs), asOfMs);
  const isFine = freq === 'D' || freq === 'H' || freq === 'N';
  if (!isFine && endMs === nextPeriod(freq, periodMs))
    return { elapsed: monthsElapsed(freq, periodMs), total: 12 };
  const yearMs = ytdStart(periodMs);
  const days = (untilMs: number) => periodsBetween('D', yearMs, periodStart('D', untilMs));
  return { elapsed: days(endMs), total: days(nextPeriod('A', yearMs)) };
}

import { isYtd } from '@/metrics/model/basis';
import type { Basis, Freq } from '@/metrics/model/cell';
import type { PeriodRule } from '@/metrics/model/definition-vocabulary';
import { nextPeriod, periodParts } from './period';

/** Months that a period rule never publishes by themselves: 1–2月 are merged, or left out altogether. */
const SKIPPED_MONTHS: Readonly<Partial<Record<PeriodRule, readonly number[]>>> = {
  MC: [1],
  M_noJanFeb: [1, 2],
};

/**
 * The period that is expected after this one: after December of a merged rule comes 1–2月, which is a 累计; of single
 * months March, for neither of the two has a figure of its own (calculus.md §2).
 */
export function followingPeriod(rule: PeriodRule, freq: Freq, periodMs: number, basis: Basis): number {
  let next = nextPeriod(freq, periodMs);
  if (freq !== 'M') return next;
  const skipped = rule === 'MC' && !isYtd(basis) ? FIRST_TWO : (SKIPPED_MONTHS[rule] ?? []);
  while (skipped.includes(periodParts(next).month)) next = nextPeriod(freq, next);
  return next;
}

const FIRST_TWO: readonly number[] = [1, 2];

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
  while (isNeverPublished(rule, freq, next, basis)) next = nextPeriod(freq, next);
  return next;
}

/** A month that the rule has no figure of: where it is missing nothing is. */
export function isNeverPublished(rule: PeriodRule, freq: Freq, periodMs: number, basis: Basis): boolean {
  if (freq !== 'M') return false;
  const skipped = rule === 'MC' && !isYtd(basis) ? FIRST_TWO : (SKIPPED_MONTHS[rule] ?? []);
  return skipped.includes(periodParts(periodMs).month);
}

const FIRST_TWO: readonly number[] = [1, 2];

import type { Freq } from '@/metrics/model/cell';
import type { PeriodRule } from '@/metrics/model/definition-vocabulary';
import { nextPeriod, periodParts } from './period';

/** Months that a period rule never publishes by themselves: 1–2月 are merged, or left out altogether. */
const SKIPPED_MONTHS: Readonly<Partial<Record<PeriodRule, readonly number[]>>> = {
  MC: [1],
  M_noJanFeb: [1, 2],
};

/** The period that is expected after this one: after December of a merged rule comes February. */
export function followingPeriod(rule: PeriodRule, freq: Freq, periodMs: number): number {
  let next = nextPeriod(freq, periodMs);
  if (freq !== 'M') return next;
  const skipped = SKIPPED_MONTHS[rule] ?? [];
  while (skipped.includes(periodParts(next).month)) next = nextPeriod(freq, next);
  return next;
}

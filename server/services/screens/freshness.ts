import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { WEEKDAYS_ONLY } from '@/metrics/time/calendar';
import { periodLabelZh } from '@/metrics/time/label';
import { nextPeriod, periodParts } from '@/metrics/time/period';
import { expectedRelease, missingReleaseState } from '@/metrics/time/release';
import { civilOf } from '@/metrics/time/zone';
import type { Freshness } from '@/server/services/screens/types';

const UNKNOWN: Freshness = {
  state: 'unknown',
  nextPeriodLabel: null,
  dueMs: null,
  text: '没有发布时间的约定',
};
const TARGET: Freshness = { ...UNKNOWN, text: '年度目标,不按期发布' };

/**
 * Is there a newer figure that should be here already? Judged by the promised release of the next period
 * (calculus.md §25); holidays without a table count by weekday.
 */
export function freshnessOf(
  definition: MetricDefinition,
  observation: Pick<Observation, 'freq' | 'periodMs' | 'basis' | 'measure'>,
  asOfMs: number,
): Freshness {
  if (observation.measure === 'target') return TARGET;
  const { freq, basis } = observation;
  const nextMs = followingPeriod(definition, freq, observation.periodMs);
  const expected = expectedRelease(definition.release.lag, freq, nextMs);
  if (expected === null) return UNKNOWN;
  const nextPeriodLabel = periodLabelZh(freq, nextMs, basis);
  const due = dueText(freq, expected.dueMs);
  const state = missingReleaseState(WEEKDAYS_ONLY, expected.dueMs, asOfMs);
  if (state === 'pending') {
    return {
      state: 'current',
      nextPeriodLabel,
      dueMs: expected.dueMs,
      text: `最新一期;${nextPeriodLabel}应于 ${due} 前到达`,
    };
  }
  // A real-time value that is minutes behind its hour is not a late report of a department.
  const live = freq === 'H' || freq === 'N';
  if (live && asOfMs - expected.dueMs < LIVE_GRACE_MS) {
    return { state: 'current', nextPeriodLabel, dueMs: expected.dueMs, text: `等待 ${nextPeriodLabel}` };
  }
  const overdue = state === 'overdue' || live;
  return {
    state: overdue ? 'overdue' : 'late',
    nextPeriodLabel,
    dueMs: expected.dueMs,
    text: `${nextPeriodLabel}应于 ${due} 前到达,${overdue ? '逾期未报' : '尚未收到'}`,
  };
}

const LIVE_GRACE_MS = 2 * 3_600_000;

/** 1–2月 are merged for some rules: after December comes February. */
function followingPeriod(definition: MetricDefinition, freq: Freq, periodMs: number): number {
  let next = nextPeriod(freq, periodMs);
  if (freq !== 'M') return next;
  const skipped =
    definition.period_rule === 'MC' ? [1] : definition.period_rule === 'M_noJanFeb' ? [1, 2] : [];
  while (skipped.includes(periodParts(next).month)) next = nextPeriod(freq, next);
  return next;
}

function dueText(freq: Freq, dueMs: number): string {
  const { year, month, day, hour, minute } = civilOf(freq === 'H' || freq === 'N' ? dueMs : dueMs - 1);
  const two = (value: number) => String(value).padStart(2, '0');
  return freq === 'H' || freq === 'N' ? `${two(hour)}:${two(minute)}` : `${year}-${two(month)}-${two(day)}`;
}

import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { WorkCalendar } from '@/metrics/time/calendar';
import { awaitedAfter, newestOfNothing } from '@/metrics/time/expected-period';
import { followingPeriod } from '@/metrics/time/following';
import { periodName } from '@/metrics/time/period-of-rule';
import { missingReleaseState, overdueFrom } from '@/metrics/time/release';
import { promisedRelease } from '@/metrics/time/release-rule';
import { civilOf } from '@/metrics/time/zone';
import { ofNothingZh } from '@/server/services/screens/of-nothing';
import type { Freshness } from '@/server/services/screens/types';

const UNKNOWN: Freshness = {
  state: 'unknown',
  nextPeriodLabel: null,
  dueMs: null,
  text: '没有发布时间的约定',
};
const TARGET: Freshness = { ...UNKNOWN, text: '年度目标,不按期发布' };

/** The instant that figures are judged at, and the working days they are judged by. */
export interface Moment {
  asOfMs: number;
  calendar: WorkCalendar;
  /**
   * What is known of the metric beside a figure, of whatever frequency and place: years that tell of months, and months
   * that are waited for after a year.
   */
  known?: readonly Observation[];
}

/**
 * Is there a newer figure that should be here already? Judged by the promised release of the period that the release
 * calendar waits for (calculus.md §25), of which a longer one does not tell already. The grace is counted in working days; where a year has no holiday table the text says so.
 */
export function freshnessOf(
  definition: MetricDefinition,
  observation: Observed,
  { asOfMs, calendar, known = [] }: Moment,
): Freshness {
  if (observation.measure === 'target') return TARGET;
  const beside = known.filter((o) => isBeside(o, observation));
  const { freq, basis, periodMs: nextMs } = awaitedAfter(definition, observation, beside, asOfMs);
  const expected = promisedRelease(definition.release, freq, nextMs);
  if (expected === null) return UNKNOWN;
  const none = newestOfNothing(beside.filter((o) => o.freq === freq && o.basis === basis));
  const sinceThen =
    none && none.periodMs > observation.periodMs
      ? `其后至${periodName(definition, none)}${ofNothingZh(definition)}`
      : null;
  const nextPeriodLabel = periodName(definition, { freq, basis, periodMs: nextMs });
  const due = dueText(freq, expected.dueMs);
  const state = missingReleaseState(calendar, expected.dueMs, asOfMs);
  if (state === 'pending') {
    return {
      state: 'current',
      nextPeriodLabel,
      dueMs: expected.dueMs,
      text: `${sinceThen ?? '最新一期'};${nextPeriodLabel}应于 ${due} 前到达`,
    };
  }
  // A real-time value that is minutes behind its hour is not a late report of a department.
  const live = freq === 'H' || freq === 'N';
  if (live && asOfMs - expected.dueMs < LIVE_GRACE_MS) {
    return { state: 'current', nextPeriodLabel, dueMs: expected.dueMs, text: `等待 ${nextPeriodLabel}` };
  }
  const overdue = state === 'overdue' || live;
  const guessed = !live && overdueFrom(calendar, expected.dueMs).basis === 'weekday';
  return {
    state: overdue ? 'overdue' : 'late',
    nextPeriodLabel,
    dueMs: expected.dueMs,
    text: `${nextPeriodLabel}应于 ${due} 前到达,${overdue ? '逾期未报' : '尚未收到'}${guessed ? WEEKDAY_NOTE : ''}`,
  };
}

type Observed = Pick<Observation, 'metric' | 'region' | 'slice' | 'measure' | 'freq' | 'periodMs' | 'basis'>;

/** The same figure in whatever stretches of time. */
function isBeside(o: Observation, { metric, region, slice, measure }: Observed): boolean {
  return o.metric === metric && o.region === region && o.slice === slice && o.measure === measure;
}

/**
 * How one period stands, which need not be the newest: what is there is of its period and no older for that; what is
 * not may be promised, late or overdue, unless a later period is due by now and this one simply lies behind.
 */
export function freshnessInPeriod(
  definition: MetricDefinition,
  cell: Pick<Observation, 'freq' | 'periodMs' | 'basis'>,
  present: boolean,
  { asOfMs, calendar }: Moment,
): Freshness {
  const { freq, periodMs, basis } = cell;
  const label = periodName(definition, cell);
  if (present) return { ...UNKNOWN, state: 'current', text: `截至 ${label}` };
  const promised = promisedRelease(definition.release, freq, periodMs);
  const following = followingPeriod(definition.period_rule, freq, periodMs, basis);
  const later = promisedRelease(definition.release, freq, following);
  if (!promised || !later || later.dueMs <= asOfMs) return { ...UNKNOWN, text: `${label}没有数` };
  const state = missingReleaseState(calendar, promised.dueMs, asOfMs);
  const due = dueText(freq, promised.dueMs);
  if (state === 'pending')
    return { ...UNKNOWN, state: 'current', dueMs: promised.dueMs, text: `待发布,应于 ${due} 前到达` };
  const words = state === 'overdue' ? '逾期未报' : '尚未收到';
  return { ...UNKNOWN, state, dueMs: promised.dueMs, text: `应于 ${due} 前到达,${words}` };
}

const LIVE_GRACE_MS = 2 * 3_600_000;

/** Beside a judgement for which a year's holiday arrangement was missing. */
export const WEEKDAY_NOTE = '(当年无放假安排,工作日按周一至周五计)';

function dueText(freq: Freq, dueMs: number): string {
  const { year, month, day, hour, minute } = civilOf(freq === 'H' || freq === 'N' ? dueMs : dueMs - 1);
  const two = (value: number) => String(value).padStart(2, '0');
  return freq === 'H' || freq === 'N' ? `${two(hour)}:${two(minute)}` : `${year}-${two(month)}-${two(day)}`;
}

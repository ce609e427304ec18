import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { followingPeriod } from '@/metrics/time/following';
import { periodLabelZh } from '@/metrics/time/label';
import { nextPeriod } from '@/metrics/time/period';
import { missingReleaseState, overdueFrom, type ReleaseState } from '@/metrics/time/release';
import { promisedRelease } from '@/metrics/time/release-rule';
import { DAY_MS } from '@/metrics/time/zone';
import type { Moment } from '@/server/services/screens/freshness';
import { basesOf } from '@/server/services/screens/reading';

/** One expected release. Instants are epoch milliseconds. */
export interface ReleaseRow {
  freq: Freq;
  periodMs: number;
  periodLabel: string;
  /** Customary window; it is promised before `dueMs`. */
  fromMs: number;
  dueMs: number;
  /** From here a missing figure is 逾期未报. */
  overdueMs: number;
  state: ReleaseState | 'arrived';
  /** Periods missing by now, this one first; 1 unless later ones are due as well. */
  missing: number;
  /** Earlier periods that never came, of which a longer one tells; null where there are none. */
  covered: CoveredGap | null;
  /** When the figure became known; null while it has not come. */
  arrivedMs: number | null;
  /** A year without a holiday table was judged by weekdays. */
  byWeekday: boolean;
}

/** A stretch in which only longer periods were published: months that ended in 2020, years that go on to 2024. */
export interface CoveredGap {
  /** The newest period of the metric's own series. */
  lastLabel: string;
  /** Periods of that series after it which lie in published longer ones. */
  periods: number;
  by: Freq;
  /** The newest of the longer periods. */
  untilLabel: string;
}

/** Official statistics come by month, quarter or year; what flows daily is watched at its dataset. */
export const RELEASED_FREQS: readonly Freq[] = ['M', 'Q', 'A'];

const AHEAD_MS = 60 * DAY_MS;
/** How long a figure that came stays on the calendar after its promise. */
const KEPT_MS = 31 * DAY_MS;
/** Periods looked at; a monthly series that fell silent thirty years ago is simply very late. */
const MAX_PERIODS = 400;

/** Observations a metric is followed by: its own frequency where it has values, else the finest that has. */
export function followedSeries(
  definition: MetricDefinition,
  newest: readonly Observation[],
  nowMs: number,
): Observation | undefined {
  // A computed month that has not ended is no release yet.
  const whole = newest.filter(
    (o) => o.value !== null && (definition.kind === 'reported' || nextPeriod(o.freq, o.periodMs) <= nowMs),
  );
  const freq = [definition.freq, ...RELEASED_FREQS].find(
    (one) => RELEASED_FREQS.includes(one) && whole.some((o) => o.freq === one),
  );
  // Cumulative figures are the headline of some rules, the period's own of the others.
  const bases = basesOf(definition, { metric: definition.code });
  return whole
    .filter((o) => o.freq === freq)
    .sort((a, b) => b.periodMs - a.periodMs || bases.indexOf(a.basis) - bases.indexOf(b.basis))[0];
}

/** A series of longer periods that reaches further than the one followed; of several the furthest, then the finer. */
export function coveringSeries(
  followed: Observation,
  newest: readonly Observation[],
  nowMs: number,
): Observation | undefined {
  const rank = (freq: Freq) => RELEASED_FREQS.indexOf(freq);
  const endMs = (o: Observation) => nextPeriod(o.freq, o.periodMs);
  return newest
    .filter((o) => o.value !== null && rank(o.freq) > rank(followed.freq))
    .filter((o) => endMs(o) <= nowMs && endMs(o) > endMs(followed))
    .sort((a, b) => endMs(b) - endMs(a) || rank(a.freq) - rank(b.freq))[0];
}

/**
 * What is expected of a metric after its newest figure: everything promised within sixty days, and of what is late the
 * earliest, with the number of periods missing. The newest figure itself while its promise is recent. Periods of which a
 * longer published one tells are not asked for any more: the first row says how many there are.
 */
export function releasesOf(
  definition: Pick<MetricDefinition, 'release' | 'period_rule'>,
  newest: Pick<Observation, 'freq' | 'periodMs' | 'basis' | 'vintageMs'>,
  { asOfMs, calendar }: Moment,
  covering?: Pick<Observation, 'freq' | 'periodMs' | 'basis'>,
): ReleaseRow[] {
  const { freq, basis } = newest;
  const coveredToMs = covering ? nextPeriod(covering.freq, covering.periodMs) : Number.NEGATIVE_INFINITY;
  const rowOf = (periodMs: number, arrivedMs: number | null): ReleaseRow | null => {
    const promised = promisedRelease(definition.release, freq, periodMs);
    if (promised === null) return null;
    const { overdueMs, basis: judgedBy } = overdueFrom(calendar, promised.dueMs);
    const state =
      arrivedMs === null ? missingReleaseState(calendar, promised.dueMs, asOfMs) : ('arrived' as const);
    return {
      freq,
      periodMs,
      periodLabel: periodLabelZh(freq, periodMs, basis),
      ...promised,
      overdueMs,
      state,
      missing: 1,
      covered: null,
      arrivedMs,
      byWeekday: judgedBy === 'weekday',
    };
  };
  const rows: ReleaseRow[] = [];
  const last = rowOf(newest.periodMs, newest.vintageMs);
  if (last && last.dueMs >= asOfMs - KEPT_MS) rows.push(last);
  let late: ReleaseRow | null = null;
  let periodMs = newest.periodMs;
  let covered = 0;
  for (let count = 0; count < MAX_PERIODS; count += 1) {
    periodMs = followingPeriod(definition.period_rule, freq, periodMs, basis);
    if (nextPeriod(freq, periodMs) <= coveredToMs) {
      covered += 1;
      continue;
    }
    const row = rowOf(periodMs, null);
    if (row === null || row.fromMs > asOfMs + AHEAD_MS) break;
    if (row.state === 'pending') rows.push(row);
    else if (late) late.missing += 1;
    else late = row;
  }
  if (late) rows.unshift(late);
  const [first] = rows;
  if (first && covering && covered > 0) {
    first.covered = {
      lastLabel: periodLabelZh(freq, newest.periodMs, basis),
      periods: covered,
      by: covering.freq,
      untilLabel: periodLabelZh(covering.freq, covering.periodMs, covering.basis),
    };
  }
  return rows;
}

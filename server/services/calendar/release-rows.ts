import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { periodsToCome } from '@/metrics/time/expected-period';
import { periodStart } from '@/metrics/time/period';
import { periodName } from '@/metrics/time/period-of-rule';
import { missingReleaseState, overdueFrom, type ReleaseState } from '@/metrics/time/release';
import { promisedRelease } from '@/metrics/time/release-rule';
import { DAY_MS } from '@/metrics/time/zone';
import type { Moment } from '@/server/services/screens/freshness';

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
  /** The longer periods of the stretch that came and, where not all did, those that never came, in words. */
  found: string[];
  lacking: string[];
}

const AHEAD_MS = 60 * DAY_MS;
/** How long a figure that came stays on the calendar after its promise. */
const KEPT_MS = 31 * DAY_MS;
/** Periods looked at; a monthly series that fell silent thirty years ago is simply very late. */
const MAX_PERIODS = 400;

/**
 * What is expected of a metric after its newest figure: everything promised within sixty days, and of what is late the
 * earliest, with the number of periods missing. The newest figure itself while its promise is recent. Periods of which a
 * longer published one tells are not asked for any more: the first row says how many there are, and which of the longer
 * ones `known` has. Neither are those of which it says that their rows were too few.
 */
export function releasesOf(
  definition: Pick<MetricDefinition, 'release' | 'period_rule'>,
  newest: Pick<Observation, 'freq' | 'periodMs' | 'basis' | 'vintageMs'>,
  { asOfMs, calendar }: Moment,
  covering?: Pick<Observation, 'freq' | 'periodMs' | 'basis'>,
  known: readonly Observation[] = [],
): ReleaseRow[] {
  const { freq, basis } = newest;
  const rowOf = (periodMs: number, arrivedMs: number | null): ReleaseRow | null => {
    const promised = promisedRelease(definition.release, freq, periodMs);
    if (promised === null) return null;
    const { overdueMs, basis: judgedBy } = overdueFrom(calendar, promised.dueMs);
    const state =
      arrivedMs === null ? missingReleaseState(calendar, promised.dueMs, asOfMs) : ('arrived' as const);
    return {
      freq,
      periodMs,
      periodLabel: periodName(definition, { freq, basis, periodMs }),
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
  const gap: number[] = [];
  let count = 0;
  for (const next of periodsToCome(definition, newest, covering, known)) {
    count += 1;
    if (count > MAX_PERIODS) break;
    if (next.covered) {
      gap.push(next.periodMs);
      continue;
    }
    if (next.answered) continue;
    const row = rowOf(next.periodMs, null);
    if (row === null || row.fromMs > asOfMs + AHEAD_MS) break;
    if (row.state === 'pending') rows.push(row);
    else if (late) late.missing += 1;
    else late = row;
  }
  if (late) rows.unshift(late);
  const [first] = rows;
  if (first && covering && gap.length > 0) {
    first.covered = {
      lastLabel: periodName(definition, newest),
      periods: gap.length,
      by: covering.freq,
      untilLabel: periodName(definition, covering),
      ...longerPeriods(definition, covering, gap, known),
    };
  }
  return rows;
}

/** Of the longer periods in which the gap lies, which are there: that the newest came does not say that all did. */
function longerPeriods(
  definition: Pick<MetricDefinition, 'release' | 'period_rule'>,
  covering: Pick<Observation, 'freq' | 'periodMs' | 'basis'>,
  gap: readonly number[],
  known: readonly Observation[],
): Pick<CoveredGap, 'found' | 'lacking'> {
  const { freq, basis } = covering;
  const there = new Set([
    covering.periodMs,
    ...known.filter((o) => o.freq === freq && o.basis === basis && o.value !== null).map((o) => o.periodMs),
  ]);
  const longer = [...new Set(gap.map((ms) => periodStart(freq, ms)))];
  const named = (periods: readonly number[]) =>
    periods.map((periodMs) => periodName(definition, { freq, basis, periodMs }));
  return {
    found: named(longer.filter((ms) => there.has(ms))),
    lacking: named(longer.filter((ms) => !there.has(ms))),
  };
}

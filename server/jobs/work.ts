import { periodStart } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';
import { tidy } from '@/server/compute/housekeeping';
import { reportOf, runCompute } from '@/server/compute/run';
import type { RunReport } from '@/server/compute/run-record';
import { computeOutdated } from '@/server/compute/upgrade';
import type { Stores } from '@/server/context';
import type { JobName } from '@/server/services/jobs/schedules';

/** Longer than the longest lateness limit of a detail dataset (30 days), so that what a queue missed is healed. */
const RECOMPUTE_DAYS = 45;

export interface Work {
  stores: Stores;
  runId: string;
  signal: AbortSignal;
}

/** What each job does. Every one may run at any time, twice, or after having been killed. */
export const WORK: Readonly<Record<JobName, (work: Work) => Promise<RunReport>>> = {
  compute: (work) => computeReport(work, {}),
  sweep: (work) => {
    const today = periodStart('D', work.stores.clock.nowMs());
    return computeReport(work, { fromMs: today - DAY_MS, toMs: today + DAY_MS });
  },
  recompute: (work) => {
    const today = periodStart('D', work.stores.clock.nowMs());
    return computeReport(work, { fromMs: today - RECOMPUTE_DAYS * DAY_MS, toMs: today + DAY_MS });
  },
  upgrade: ({ stores, runId, signal }) => computeOutdated(stores, { runId, signal }),
  housekeeping: async ({ stores }) => {
    const done = await tidy(stores);
    return { outcome: 'success', rowsRead: 0, rowsWritten: 0, details: done };
  },
};

async function computeReport(
  { stores, runId, signal }: Work,
  window: { fromMs?: number; toMs?: number },
): Promise<RunReport> {
  const reason = window.fromMs === undefined ? 'queue' : 'schedule';
  const done = await runCompute(stores, { ...window, reason, runId, signal });
  return reportOf(done, reason);
}

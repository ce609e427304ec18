import { and, eq, inArray, lt, ne, or } from 'drizzle-orm';
import { z } from 'zod';
import { DAY_MS } from '@/metrics/time/zone';
import type { Stores } from '@/server/context';
import { jobRun } from '@/server/db/schema/ingest';
import { dropStages } from '@/server/observations/append';
import { alone } from './turns';

/** How long a run that did something, and one that found nothing to do, stay on record. */
const KEEP_RUNS_MS = 180 * DAY_MS;
const KEEP_IDLE_RUNS_MS = DAY_MS;

/** Removes what dead runs left in the stage, and records nobody asks for any more. */
export async function tidy(stores: Stores): Promise<{ stages: number; runs: number }> {
  const stages = await alone(stores, () => dropStaleStages(stores));
  const nowMs = stores.clock.nowMs();
  const old = (ms: number) => lt(jobRun.startedAt, new Date(nowMs - ms));
  const gone = await stores.db
    .delete(jobRun)
    .where(
      and(
        ne(jobRun.outcome, 'running'),
        or(old(KEEP_RUNS_MS), and(eq(jobRun.outcome, 'skipped'), old(KEEP_IDLE_RUNS_MS))),
      ),
    )
    .returning({ id: jobRun.id });
  return { stages, runs: gone.length };
}

/** A stage belongs to its run; an hour without change says that its process is gone, also of another process. */
async function dropStaleStages(stores: Stores): Promise<number> {
  const stale = await stores.warehouse.jobs.rows({
    name: 'observation_stage_stale',
    sql: `SELECT partition FROM system.parts WHERE database = currentDatabase() AND table = 'observation_stage' AND active
      GROUP BY partition HAVING max(modification_time) < now() - INTERVAL 1 HOUR ORDER BY partition`,
    row: z.object({ partition: z.string() }),
  });
  await dropStages(
    stores,
    stale.map(({ partition }) => partition),
  );
  return stale.length;
}

/** Runs that were under way when their process died. @returns the jobs they belonged to. */
export async function markInterrupted(
  stores: Pick<Stores, 'db' | 'clock'>,
  startedBeforeMs: number,
): Promise<string[]> {
  const rows = await stores.db
    .select({ id: jobRun.id, job: jobRun.job })
    .from(jobRun)
    .where(and(eq(jobRun.outcome, 'running'), lt(jobRun.startedAt, new Date(startedBeforeMs))));
  if (rows.length === 0) return [];
  await stores.db
    .update(jobRun)
    .set({ outcome: 'interrupted', finishedAt: new Date(stores.clock.nowMs()) })
    .where(
      inArray(
        jobRun.id,
        rows.map((row) => row.id),
      ),
    );
  return [...new Set(rows.map((row) => row.job))];
}

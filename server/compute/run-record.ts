import { eq } from 'drizzle-orm';
import type { Stores } from '@/server/context';
import { jobRun } from '@/server/db/schema/ingest';
import { messageOf } from '@/server/redacted';

export const OUTCOMES = ['success', 'failed', 'skipped', 'interrupted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface RunReport {
  outcome: 'success' | 'skipped';
  rowsRead: number;
  rowsWritten: number;
  details?: Record<string, unknown>;
}

/**
 * Runs work under a row of job_run. The id is the run's identity: when the row exists already another process has this
 * slot, and nothing is done (`null`).
 */
export async function recordRun(
  stores: Stores,
  run: { id: string; job: string },
  work: () => Promise<RunReport>,
): Promise<RunReport | null> {
  const { db, bus, clock, log } = stores;
  const inserted = await db
    .insert(jobRun)
    .values({ id: run.id, job: run.job, outcome: 'running', startedAt: new Date(clock.nowMs()) })
    .onConflictDoNothing()
    .returning({ id: jobRun.id });
  if (inserted.length === 0) return null;
  const finish = async (outcome: Outcome, set: Partial<typeof jobRun.$inferInsert>) => {
    await db
      .update(jobRun)
      .set({ outcome, finishedAt: new Date(clock.nowMs()), ...set })
      .where(eq(jobRun.id, run.id));
    bus.emit('job', { runId: run.id, job: run.job, outcome });
  };
  bus.emit('job', { runId: run.id, job: run.job, outcome: 'running' });
  try {
    const report = await work();
    await finish(report.outcome, {
      rowsRead: report.rowsRead,
      rowsWritten: report.rowsWritten,
      details: report.details ?? {},
    });
    return report;
  } catch (error) {
    const stopped = error instanceof Error && error.name === 'AbortError';
    if (!stopped) log.error({ err: error, job: run.job, run: run.id }, 'job failed');
    await finish(stopped ? 'interrupted' : 'failed', { error: messageOf(error).slice(0, 2000) });
    throw error;
  }
}

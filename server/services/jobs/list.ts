import { desc, inArray } from 'drizzle-orm';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { jobRun } from '@/server/db/schema/ingest';
import { JOB_NAMES, nextRunMs, SCHEDULES, type Schedule } from '@/server/services/jobs/schedules';

export type JobRunRow = typeof jobRun.$inferSelect;

export interface JobSummary extends Schedule {
  nextRunAt: Date | null;
  lastRun: JobRunRow | null;
  /** The newest run that went well: 最近一次正常. */
  lastSuccessAt: Date | null;
}

/** Scheduled jobs with their last and next run. */
export async function listJobs(ctx: Context): Promise<JobSummary[]> {
  assertCan(ctx.actor, 'job:read');
  const { db, clock } = ctx;
  const names = [...JOB_NAMES];
  const newest = await db
    .selectDistinctOn([jobRun.job])
    .from(jobRun)
    .where(inArray(jobRun.job, names))
    .orderBy(jobRun.job, desc(jobRun.startedAt));
  const healthy = await db
    .selectDistinctOn([jobRun.job, jobRun.outcome])
    .from(jobRun)
    .where(inArray(jobRun.outcome, ['success', 'skipped']))
    .orderBy(jobRun.job, jobRun.outcome, desc(jobRun.startedAt));
  return names.map((name) => {
    const next = nextRunMs(name, clock.nowMs());
    const ends = healthy.filter((run) => run.job === name).map((run) => run.finishedAt?.getTime() ?? 0);
    const lastMs = Math.max(0, ...ends);
    return {
      ...SCHEDULES[name],
      nextRunAt: next === null ? null : new Date(next),
      lastRun: newest.find((run) => run.job === name) ?? null,
      lastSuccessAt: lastMs === 0 ? null : new Date(lastMs),
    };
  });
}

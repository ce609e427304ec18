import { and, desc, eq, lt, ne } from 'drizzle-orm';
import { z } from 'zod';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { jobRun } from '@/server/db/schema/ingest';
import type { JobRunRow } from '@/server/services/jobs/list';

export const runsInput = z.object({
  job: z.string().max(64).optional(),
  /** Leave out runs that found nothing to do. */
  withWork: z.boolean().default(false),
  before: z.coerce.date().optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** Runs, newest first; `before` pages on. */
export async function listJobRuns(ctx: Context, input: z.input<typeof runsInput>): Promise<JobRunRow[]> {
  assertCan(ctx.actor, 'job:read');
  const { job, withWork, before, limit } = runsInput.parse(input);
  return ctx.db
    .select()
    .from(jobRun)
    .where(
      and(
        job === undefined ? undefined : eq(jobRun.job, job),
        withWork ? ne(jobRun.outcome, 'skipped') : undefined,
        before === undefined ? undefined : lt(jobRun.startedAt, before),
      ),
    )
    .orderBy(desc(jobRun.startedAt))
    .limit(limit);
}

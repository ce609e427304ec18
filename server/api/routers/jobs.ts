import { procedure, router } from '@/server/api/trpc';
import { listJobs } from '@/server/services/jobs/list';
import { runInput, runJob } from '@/server/services/jobs/run';
import { listJobRuns, runsInput } from '@/server/services/jobs/runs';

export const jobsRouter = router({
  /** Scheduled jobs with last and next run. */
  list: procedure.query(({ ctx }) => listJobs(ctx)),
  runs: procedure.input(runsInput).query(({ ctx, input }) => listJobRuns(ctx, input)),
  /** Starts a job now. */
  run: procedure.input(runInput).mutation(({ ctx, input }) => runJob(ctx, input)),
});

import { z } from 'zod';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { recordAudit } from '@/server/services/audit/record';
import { JOB_NAMES } from '@/server/services/jobs/schedules';

export const runInput = z.object({ name: z.enum(JOB_NAMES) });

/**
 * Starts a job now, beside its schedule. @returns the run's id; its outcome is in the runs.
 * @throws AppError `unavailable` in a process that runs no jobs (ROLE=web).
 */
export async function runJob(ctx: Context, input: z.input<typeof runInput>): Promise<{ runId: string }> {
  assertCan(ctx.actor, 'job:run');
  const { name } = runInput.parse(input);
  if (!ctx.jobs) throw new AppError('unavailable', '本进程不运行作业,请在作业进程上执行');
  const runId = await ctx.jobs.runNow(name);
  await recordAudit(ctx, { action: 'job.run', entity: 'job', entityId: name, details: { runId } });
  return { runId };
}

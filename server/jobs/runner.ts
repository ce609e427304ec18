import { createHash, randomUUID } from 'node:crypto';
import PgBoss from 'pg-boss';
import { markInterrupted } from '@/server/compute/housekeeping';
import { recordRun } from '@/server/compute/run-record';
import type { JobDoor, Stores } from '@/server/context';
import type { DatabaseHandle } from '@/server/db/client';
import { AppError } from '@/server/errors';
import {
  isJobName,
  JOB_NAMES,
  type JobName,
  nextRunMs,
  SCHEDULE_ZONE,
  SCHEDULES,
} from '@/server/services/jobs/schedules';
import { computeOnLoad } from './on-load';
import { WORK } from './work';

export interface JobRunner extends JobDoor {
  /** Next time a job is due, epoch milliseconds. */
  nextRunMs(name: JobName): number | null;
  /** Stops taking jobs and lets go of those under way; well below a second. */
  close(): Promise<void>;
}

/** With a server database other processes may be running jobs: only a run this old is surely dead. */
const FOREIGN_RUN_LIMIT_MS = 60 * 60_000;
const STOP_LIMIT_MS = 700;
const RETRY_DELAY_S = 5;

/**
 * Starts schedules and the immediate computation after a load. Runs that a dead process left are marked interrupted
 * and their jobs run again at once.
 */
export async function startJobs(stores: Stores, database: DatabaseHandle): Promise<JobRunner> {
  const { log, clock } = stores;
  const stop = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const execute = (name: JobName, runId: string) => {
    const run = recordRun(stores, { id: runId, job: name }, () =>
      WORK[name]({ stores, runId, signal: stop.signal }),
    );
    const watched = run.catch(() => undefined).finally(() => underWay.delete(watched));
    underWay.add(watched);
    return run;
  };
  const runNow = async (name: string) => {
    if (!isJobName(name)) throw new AppError('not_found', `没有作业“${name}”`, { place: 'name' });
    const runId = randomUUID();
    // The run records its own failure; who started it looks there.
    void execute(name, runId).catch(() => undefined);
    return runId;
  };

  const deadline = database.kind === 'embedded' ? clock.nowMs() + 1 : clock.nowMs() - FOREIGN_RUN_LIMIT_MS;
  const interrupted = await markInterrupted(stores, deadline);
  const boss = await startBoss(stores, database, (name, runId) => execute(name, runId));
  const stopListening = computeOnLoad(stores, stop.signal);
  // What waits first, then what a newer build counts otherwise.
  for (const name of new Set(['compute', 'upgrade', ...interrupted.filter(isJobName)])) await runNow(name);

  const close = async () => {
    stop.abort();
    stopListening();
    delete stores.jobs;
    const quiet = Promise.allSettled([...underWay, boss.stop({ graceful: false, close: true, wait: false })]);
    await Promise.race([quiet, new Promise((resolve) => setTimeout(resolve, STOP_LIMIT_MS))]);
    log.debug('jobs stopped');
  };
  const runner: JobRunner = { runNow, nextRunMs: (name) => nextRunMs(name, clock.nowMs()), close };
  stores.jobs = runner;
  return runner;
}

/** One run a slot: two instances that see the same scheduled job compute the same identity, and the second finds it taken. */
export function slotRunId(name: JobName, slotMs: number, attempt: number): string {
  const minute = Math.floor(slotMs / 60_000);
  return createHash('sha256').update(`${name} ${minute} ${attempt}`).digest('hex').slice(0, 32);
}

async function startBoss(
  stores: Stores,
  database: DatabaseHandle,
  execute: (name: JobName, runId: string) => Promise<unknown>,
): Promise<PgBoss> {
  const { connectionString, host, user } = database.connection;
  const boss = new PgBoss({
    ...(connectionString === undefined ? {} : { connectionString }),
    ...(host === undefined ? {} : { host }),
    ...(user === undefined ? {} : { user }),
    ...(database.connection.database === undefined ? {} : { database: database.connection.database }),
    schema: 'pgboss',
    application_name: 'yiping-jobs',
    max: 3,
  });
  boss.on('error', (error) => stores.log.warn({ err: error }, 'job queue'));
  await boss.start();
  for (const name of JOB_NAMES) {
    await boss.createQueue(name, {
      name,
      policy: 'short',
      retryLimit: 2,
      retryDelay: RETRY_DELAY_S,
      expireInSeconds: 3600,
    });
    await boss.work<object>(
      name,
      { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: 5 },
      async (jobs) => {
        for (const job of jobs) await execute(name, slotRunId(name, job.createdOn.getTime(), job.retryCount));
      },
    );
    await boss.schedule(name, SCHEDULES[name].cron, {}, { tz: SCHEDULE_ZONE });
  }
  return boss;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordRun } from '@/server/compute/run-record';
import { alone, giveWay } from '@/server/compute/turns';
import { computeQueue, jobRun } from '@/server/db/schema/ingest';
import { type JobRunner, slotRunId, startJobs } from '@/server/jobs/runner';
import { readObservations } from '@/server/observations/read';
import { listJobs } from '@/server/services/jobs/list';
import { runJob } from '@/server/services/jobs/run';
import { listJobRuns } from '@/server/services/jobs/runs';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let runner: JobRunner;
beforeAll(async () => {
  runtime = await openTestRuntime();
  await runtime.stores.db.insert(jobRun).values({
    id: 'dead',
    job: 'housekeeping',
    outcome: 'running',
    startedAt: new Date(runtime.clock.nowMs() - 1000),
  });
  runner = await startJobs(runtime.stores, runtime.database);
});
afterAll(async () => {
  await runner.close();
  await runtime.close();
});

async function until(condition: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > 30_000) throw new Error('waited 30 s in vain');
    await sleep(20);
  }
  return performance.now() - began;
}

const outcomesOf = async (job: string) =>
  (await runtime.stores.db.select().from(jobRun).where(eq(jobRun.job, job))).map((run) => run.outcome);

describe('jobs', () => {
  it('marks the runs of a dead process interrupted and runs their jobs again', async () => {
    await until(async () => (await outcomesOf('housekeeping')).includes('success'));
    expect((await outcomesOf('housekeeping')).sort()).toEqual(['interrupted', 'success']);
  });

  it('says when a job ran and when it will', async () => {
    const jobs = await listJobs(runtime.context());
    expect(jobs.map((job) => job.name)).toEqual(['compute', 'sweep', 'recompute', 'upgrade', 'housekeeping']);
    // The test clock stands at 12:00:00: the next 02:20 is tomorrow's.
    expect(jobs.find((job) => job.name === 'recompute')?.nextRunAt?.toISOString()).toBe(
      '2026-11-23T18:20:00.000Z',
    );
    expect(jobs.find((job) => job.name === 'housekeeping')?.lastSuccessAt).not.toBeNull();
  });

  it('lets one slot run once, whoever sees it', async () => {
    const slot = slotRunId('compute', Date.parse('2026-11-23T12:00:30+08:00'), 0);
    expect(slotRunId('compute', Date.parse('2026-11-23T12:00:59+08:00'), 0)).toBe(slot);
    expect(slotRunId('compute', Date.parse('2026-11-23T12:01:00+08:00'), 0)).not.toBe(slot);
    let ran = 0;
    const work = async () => {
      ran += 1;
      return { outcome: 'success' as const, rowsRead: 0, rowsWritten: 0 };
    };
    await Promise.all([
      recordRun(runtime.stores, { id: slot, job: 'compute' }, work),
      recordRun(runtime.stores, { id: slot, job: 'compute' }, work),
    ]);
    expect(ran).toBe(1);
  });

  it('records a failure with its reason', async () => {
    await expect(
      recordRun(runtime.stores, { id: 'bad', job: 'sweep' }, async () => {
        throw new Error('the reason');
      }),
    ).rejects.toThrow('the reason');
    const [run] = await listJobRuns(runtime.context(), { job: 'sweep' });
    expect(run).toMatchObject({ id: 'bad', outcome: 'failed', error: 'the reason' });
  });

  it('computes a load at once and empties the queue', async () => {
    const { stores } = runtime;
    await stores.warehouse.loads.insert('hotline_ticket', [
      { ticket_id: 't', region_code: 140105, create_ts: '2026-11-23 11:00:00', valid: 1, version: 1 },
    ]);
    await stores.db.insert(computeQueue).values({
      dataset: 'hotline_ticket',
      windowStart: new Date('2026-11-23T00:00:00+08:00'),
      windowEnd: new Date('2026-11-24T00:00:00+08:00'),
      createdAt: new Date(runtime.clock.nowMs()),
    });
    stores.bus.emit('load', { loadId: 'l', dataset: 'hotline_ticket', accepted: 1 });
    await until(async () => {
      const seen = await readObservations(runtime.context(), { metrics: ['hotline_requests'], freq: ['D'] });
      return seen.length === 3;
    });
    await until(async () => (await stores.db.select().from(computeQueue)).length === 0);
  });

  it('shows a load while a longer computation is under way, and finishes it afterwards', async () => {
    const { stores } = runtime;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const steps: string[] = [];
    const long = alone(stores, async () => {
      // Steps until the push has been seen: a recomputation of years.
      while (!steps.includes('seen')) await giveWay(stores).then(() => sleep(20));
      steps.push('long');
      await ended;
    });
    await stores.warehouse.loads.insert('hotline_ticket', [
      { ticket_id: 'u', region_code: 140212, create_ts: '2026-11-23 11:10:00', valid: 1, version: 1 },
    ]);
    await stores.db.insert(computeQueue).values({
      dataset: 'hotline_ticket',
      windowStart: new Date('2026-11-23T00:00:00+08:00'),
      windowEnd: new Date('2026-11-24T00:00:00+08:00'),
      createdAt: new Date(runtime.clock.nowMs()),
    });
    stores.bus.emit('load', { loadId: 'm', dataset: 'hotline_ticket', accepted: 1 });
    const read = (freq: 'D' | 'A') =>
      readObservations(runtime.context(), { metrics: ['hotline_requests'], regions: [140200], freq: [freq] });
    await until(async () => (await read('D')).length === 1);
    steps.push('seen');
    // Years follow, and the rows stay queued until then.
    expect(await read('A')).toEqual([]);
    expect(await stores.db.select().from(computeQueue)).toHaveLength(1);
    end();
    await long;
    await until(async () => (await stores.db.select().from(computeQueue)).length === 0);
    expect((await read('A')).map(({ value }) => Number(value))).toEqual([1]);
    const runs = await listJobRuns(runtime.context(), { job: 'compute' });
    expect(runs.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  it('starts a job for an operator, and refuses a leader', async () => {
    const { runId } = await runJob(runtime.context(), { name: 'housekeeping' });
    await until(async () =>
      (await listJobRuns(runtime.context(), {})).some((run) => run.id === runId && run.outcome === 'success'),
    );
    const leader = { ...runtime.context().actor, role: 'leader' as const };
    await expect(runJob(runtime.context(leader), { name: 'housekeeping' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listJobs(runtime.context(leader))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('stops within a second', async () => {
    const began = performance.now();
    await runner.close();
    expect(performance.now() - began).toBeLessThan(1_000);
    await expect(runJob(runtime.context(), { name: 'compute' })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

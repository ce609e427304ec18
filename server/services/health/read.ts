import { and, desc, eq, like, min, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Stores } from '@/server/context';
import { computeQueue, datasetLoad, dataVersion, jobRun } from '@/server/db/schema/ingest';

/** What the runtime knows of its own process. */
export interface ProcessFacts {
  pid: number;
  role: string;
  startedAtMs: number;
  database: { kind: string; version: string };
}

export interface Health {
  status: 'ok' | 'degraded';
  warehouse: { kind: string; version: string; answers: boolean };
  database: { kind: string; version: string; answers: boolean };
  owner: { pid: number; role: string; startedAt: string };
  dataVersion: number | null;
  lastLoad: { dataset: string; finishedAt: string } | null;
  lastCompute: { job: string; finishedAt: string } | null;
  /** Age of the oldest rows that were loaded but not yet computed; 0 when there are none. */
  lagSeconds: number | null;
  /** Some of the data are 演示数据. */
  demo: boolean | null;
}

const ANSWER_WITHIN_MS = 2_000;

/** For monitoring; says nothing about the data themselves, so nobody needs to sign in. */
export async function readHealth(stores: Stores, facts: ProcessFacts): Promise<Health> {
  const [warehouseAnswers, data] = await Promise.all([
    within(pingWarehouse(stores)),
    within(readFacts(stores)),
  ]);
  return {
    status: warehouseAnswers && data ? 'ok' : 'degraded',
    warehouse: {
      kind: stores.warehouse.kind,
      version: stores.warehouse.version,
      answers: warehouseAnswers === true,
    },
    database: { ...facts.database, answers: data !== null },
    owner: { pid: facts.pid, role: facts.role, startedAt: new Date(facts.startedAtMs).toISOString() },
    dataVersion: data?.version ?? null,
    lastLoad: data?.lastLoad ?? null,
    lastCompute: data?.lastCompute ?? null,
    lagSeconds: data?.lagSeconds ?? null,
    demo: data?.demo ?? null,
  };
}

/** null when it fails or does not answer in time: monitoring must get its answer all the same. */
async function within<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function pingWarehouse({ warehouse }: Stores): Promise<boolean> {
  const rows = await warehouse.screens.rows({
    name: 'health',
    sql: 'SELECT 1 AS one',
    row: z.object({ one: z.coerce.number() }),
  });
  return rows.length === 1;
}

async function readFacts({ db, clock }: Stores) {
  const [version] = await db.select({ version: dataVersion.version }).from(dataVersion);
  const [load] = await db
    .select({ dataset: datasetLoad.dataset, finishedAt: datasetLoad.finishedAt })
    .from(datasetLoad)
    .where(eq(datasetLoad.status, 'committed'))
    .orderBy(sql`${datasetLoad.finishedAt} DESC NULLS LAST`)
    .limit(1);
  const [run] = await db
    .select({ job: jobRun.job, finishedAt: jobRun.finishedAt })
    .from(jobRun)
    .where(and(like(jobRun.job, 'compute%'), eq(jobRun.outcome, 'success')))
    .orderBy(desc(jobRun.startedAt))
    .limit(1);
  const [waiting] = await db.select({ since: min(computeQueue.createdAt) }).from(computeQueue);
  const [demo] = await db
    .select({ id: datasetLoad.id })
    .from(datasetLoad)
    .where(and(eq(datasetLoad.provenance, 'demo'), eq(datasetLoad.status, 'committed')))
    .limit(1);
  const sinceMs = waiting?.since?.getTime();
  return {
    version: version?.version ?? 0,
    lastLoad: load?.finishedAt ? { dataset: load.dataset, finishedAt: load.finishedAt.toISOString() } : null,
    lastCompute: run?.finishedAt ? { job: run.job, finishedAt: run.finishedAt.toISOString() } : null,
    lagSeconds: sinceMs === undefined ? 0 : Math.max(0, Math.round((clock.nowMs() - sinceMs) / 1000)),
    demo: demo !== undefined,
  };
}

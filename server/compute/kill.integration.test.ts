import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { runCompute } from '@/server/compute/run';
import { computeQueue, jobRun } from '@/server/db/schema/ingest';
import { KEY_LIST } from '@/server/observations/columns';
import { air, at, labelsOf, openWorld, ticket } from '@/tests/support/compute';
import { BEGUN } from '@/tests/support/compute-victim';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const days = Array.from({ length: 10 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);
let last: TestRuntime | undefined;
afterAll(() => last?.close());

/** Starts a process that computes, and kills it some time after it began. */
function computeAndKill(dataDir: string, afterMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/compute-victim.ts', dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(BEGUN)) setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('exit', (code, signal) =>
      signal === 'SIGKILL' || code === 0 ? resolve() : reject(new Error(errors)),
    );
  });
}

const tally = z.object({ cells: z.coerce.number(), rows: z.coerce.number(), sum: z.string() });

async function state(runtime: TestRuntime) {
  const [row] = await runtime.stores.warehouse.jobs.rows({
    name: 'tally',
    sql: `SELECT uniqExact((${KEY_LIST})) AS cells, count() AS rows, toString(sum(cityHash64(${KEY_LIST}, ifNull(toString(value), '-')))) AS sum FROM observation`,
    row: tally,
  });
  return row;
}

it('killed at any moment, the next run finishes and nothing is doubled', async () => {
  const dataDir = path.join(os.tmpdir(), `yiping-test-${randomBytes(5).toString('hex')}`);
  // Every process here has the same hour: what differs is only where it was killed.
  const world = await openWorld('2026-11-23T12:00:00', { dataDir, keepDir: true });
  await world.load(
    'air_quality_hour',
    days.flatMap((day) =>
      labelsOf(day).map((label, i) =>
        air('s1', 140105, label, { pm25: i, pm10: 2 * i, so2: 5, no2: 9, co: 1, o3: 60 }),
      ),
    ),
    '2026-03-01',
    '2026-03-10',
  );
  await world.load(
    'hotline_ticket',
    days.flatMap((day, i) => [
      ticket(`a${i}`, 140105, `${day} 09:00:00`),
      ticket(`b${i}`, 140200, `${day} 10:00:00`),
    ]),
    '2026-03-01',
    '2026-03-10',
  );
  const { postgresHome } = world.runtime;
  await world.runtime.close();
  for (const afterMs of [150, 700, 1600]) await computeAndKill(dataDir, afterMs);

  const runtime = await openTestRuntime({ dataDir });
  last = runtime;
  await runCompute(runtime.stores, { reason: 'restart' });
  const finished = await state(runtime);
  expect(finished?.rows).toBe(finished?.cells);
  expect(await runtime.stores.db.select().from(computeQueue)).toEqual([]);
  expect(runtime.postgresHome).toBe(postgresHome);

  // The same rows computed in one go give the same cells.
  await runtime.stores.warehouse.jobs.command({ name: 'empty', sql: 'TRUNCATE TABLE observation' });
  await runCompute(runtime.stores, { fromMs: at('2026-03-01T00:00:00'), reason: 'whole' });
  expect(await state(runtime)).toEqual(finished);
  const runs = await runtime.stores.db.select().from(jobRun);
  expect(runs.length).toBeGreaterThan(1);
}, 300_000);

import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobRun } from '@/server/db/schema/ingest';
import { currentDataVersion } from '@/server/observations/append';
import { announceAppend } from '@/server/observations/derive-queue';
import { openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

it('what a run appended and did not come to count is of a new data version once the next run is over', async () => {
  const { stores } = world.runtime;
  await world.compute();
  const before = await currentDataVersion(stores);
  await stores.db.insert(jobRun).values({
    id: 'dead',
    job: 'compute',
    outcome: 'interrupted',
    startedAt: new Date(stores.clock.nowMs()),
  });
  await announceAppend(stores, 'dead');
  // A target: nothing follows from it, so the next run appends nothing of its own.
  const cell = { metric: 'gdp', freq: 'A', region: 140000, slice: '', basis: 'period', measure: 'target' };
  await stores.warehouse.jobs.insert('observation', [
    {
      ...cell,
      period: '2026-01-01 00:00:00',
      vintage: '2026-03-01 00:00:00.000',
      value: '26000',
      sample_count: 1,
      status: 'final',
      flags: [],
      source: 'test',
      run_id: 'dead',
      definition_version: 1,
    },
  ]);
  expect(await world.compute()).toMatchObject({ rowsWritten: 0, derivedRows: 0 });
  expect(await currentDataVersion(stores)).toBe(before + 1);
  // Told once.
  await world.compute();
  expect(await currentDataVersion(stores)).toBe(before + 1);
});

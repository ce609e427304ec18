import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type PartitionMemory, partitionMemory } from '@/server/warehouse/partitions';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let memory: PartitionMemory<number>;
const asked: string[][] = [];
beforeAll(async () => {
  runtime = await openTestRuntime();
  memory = partitionMemory(runtime.stores.warehouse);
});
afterAll(() => runtime.close());

const rowsOf = z.object({ id: z.string(), n: z.coerce.number() });

/** Rows that count of all partitions, in their order, and which partitions were read for it. */
async function count(): Promise<{ counts: number[]; read: string[] }> {
  asked.length = 0;
  const counts = await memory.ask('hotline_ticket', async (lane, ids) => {
    asked.push(ids);
    const rows = await lane.rows({
      name: 'count',
      sql: `SELECT _partition_id AS id, count() AS n FROM hotline_ticket FINAL
        WHERE _partition_id IN {ids:Array(String)} GROUP BY id`,
      params: { ids },
      row: rowsOf,
    });
    return new Map(rows.map(({ id, n }) => [id, n]));
  });
  return { counts, read: asked.flat() };
}

let version = 0;
function insert(...rows: [id: string, at: string, isDeleted?: number][]) {
  version += 1;
  return runtime.stores.warehouse.loads.insert(
    'hotline_ticket',
    rows.map(([ticket_id, create_ts, is_deleted = 0]) => ({
      ticket_id,
      create_ts,
      is_deleted,
      region_code: 140105,
      version,
    })),
  );
}
const run = (sql: string) => runtime.stores.warehouse.jobs.command({ name: 'change', sql });

it('reads only partitions whose rows changed, and never answers with former rows', async () => {
  expect(await count()).toEqual({ counts: [], read: [] });
  await insert(['a', '2026-09-01 08:00:00'], ['b', '2026-10-01 08:00:00']);
  expect(await count()).toEqual({ counts: [1, 1], read: ['202609', '202610'] });
  expect(await count()).toEqual({ counts: [1, 1], read: [] });
  await insert(['c', '2026-10-02 08:00:00']);
  expect(await count()).toEqual({ counts: [1, 2], read: ['202610'] });
  // The same key again counts once, a withdrawn one not at all.
  await insert(['a', '2026-09-01 08:00:00'], ['b', '2026-10-01 08:00:00', 1]);
  expect(await count()).toEqual({ counts: [1, 1], read: ['202609', '202610'] });
  // A merge changes no row.
  await run('OPTIMIZE TABLE hotline_ticket FINAL');
  expect(await count()).toEqual({ counts: [1, 1], read: [] });
  await run("ALTER TABLE hotline_ticket DELETE WHERE ticket_id = 'c' SETTINGS mutations_sync = 2");
  expect((await count()).counts).toEqual([1]);
  await run("ALTER TABLE hotline_ticket DROP PARTITION '202609'");
  expect((await count()).counts).toEqual([]);
  await insert(['a', '2026-09-01 08:00:00']);
  expect(await count()).toMatchObject({ counts: [1] });
});

it('answers two that ask at once with one read', async () => {
  await insert(['d', '2026-11-01 08:00:00']);
  await Promise.all([count(), count()]);
  expect(asked.flat()).toEqual(['202611']);
});

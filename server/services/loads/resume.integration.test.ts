import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '@/server/context';
import { systemActor } from '@/server/context';
import { computeQueue, datasetLoad } from '@/server/db/schema/ingest';
import type { Lane } from '@/server/warehouse/client';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { createLoad } from './create';
import { resumeLoads } from './resume';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());
afterEach(async () => {
  for (const table of ['hotline_ticket', 'hotline_ticket_stage', 'load_decision', 'quarantine_row'])
    await runtime.stores.warehouse.jobs.command({ name: 'empty', sql: `TRUNCATE TABLE ${table}` });
  await runtime.stores.db.delete(datasetLoad);
  await runtime.stores.db.delete(computeQueue);
});

const HEADER = 'ticket_id,region_code,create_ts,channel,request_type,topic';
const before = `${HEADER}
T1,140105,2026-11-01 08:00:00,phone,投诉,供热
T2,140105,2026-11-02 08:00:00,phone,投诉,供热
`;
/** One ticket moves, one stays, two are new, one is refused. */
const after = `${HEADER}
T1,140106,2026-11-01 08:00:00,phone,投诉,供热
T2,140105,2026-11-02 08:00:00,phone,投诉,供热
T3,140105,2026-11-03 08:00:00,phone,投诉,供热
T4,140105,2026-11-07 08:00:00,phone,投诉,供热
T5,140105,2026-11-07 08:00:00,fax,投诉,供热
`;

/** Stores whose process dies at a step: the step is done or not, and nothing after it happens. */
function dyingAt(step: string, done: boolean): Stores {
  const { warehouse } = runtime.stores;
  let dead = false;
  const guard = <A extends unknown[], R>(
    nameOf: (...args: A) => string,
    work: (...args: A) => Promise<R>,
  ) => {
    return async (...args: A): Promise<R> => {
      if (dead) throw new Error('dead');
      const dies = nameOf(...args) === step;
      if (dies) dead = true;
      if (dies && !done) throw new Error('dead');
      const result = await work(...args);
      if (dead) throw new Error('dead');
      return result;
    };
  };
  const { loads } = warehouse;
  let drops = 0;
  const lane: Lane = {
    rows: (query) =>
      guard((q: typeof query) => q.name, loads.rows)(query) as ReturnType<typeof loads.rows<never>>,
    text: loads.text,
    // The stage is dropped before the load (twice: rows, decision) and after its commit.
    command: guard(
      ({ name }) => (name === 'load_stage_drop' ? `${name}_${Math.floor(drops++ / 2)}` : name),
      loads.command,
    ),
    insert: guard((table) => table, loads.insert),
    insertBytes: guard((table) => table, loads.insertBytes),
  };
  return { ...runtime.stores, warehouse: { ...warehouse, loads: lane } };
}

async function load(stores: Stores, text: string) {
  runtime.clock.advance(1000);
  return createLoad(
    { ...stores, actor: systemActor('test') },
    {
      dataset: 'hotline_ticket',
      fileName: 'f.csv',
      origin: 'push',
      provenance: 'real',
      bytes: Buffer.from(text),
    },
  );
}

async function state() {
  const { warehouse, db, dataDir } = runtime.stores;
  const text = (sql: string) => warehouse.screens.text({ name: 'state', sql }, 'TSV');
  const loads = await db.select().from(datasetLoad).orderBy(datasetLoad.receivedAt);
  const queued = await db.select().from(computeQueue).orderBy(computeQueue.id);
  return {
    counted: await text('SELECT ticket_id, region_code FROM hotline_ticket FINAL ORDER BY 1'),
    // Also without FINAL nothing is there twice.
    held: await text(
      'SELECT ticket_id, region_code, is_deleted, count() FROM hotline_ticket GROUP BY 1, 2, 3 ORDER BY 1, 2, 3',
    ),
    rejected: await text('SELECT row_number, code FROM quarantine_row FINAL ORDER BY 1'),
    staged: await text('SELECT count() FROM hotline_ticket_stage'),
    decided: await text('SELECT count() FROM load_decision'),
    loads: loads.map((row) => [
      row.status,
      row.acceptedRows,
      row.correctedRows,
      row.duplicateRows,
      row.rejectedRows,
      row.error,
    ]),
    queued: queued.map((row) => [row.windowStart.toISOString(), row.windowEnd.toISOString()]),
    files: fs.readdirSync(path.join(dataDir, 'loads')),
  };
}

const STEPS: [string, boolean][] = [
  ['hotline_ticket_stage', false],
  ['hotline_ticket_stage', true],
  ['quarantine_row', true],
  ['load_decide', false],
  ['load_decide', true],
  ['load_outcome', true],
  ['load_span', true],
  ['load_withdraw', false],
  ['load_withdraw', true],
  ['load_append', false],
  ['load_append', true],
  ['load_stage_drop_0', true],
];

describe('a process that dies during a load', () => {
  it.each(STEPS)(
    'at %s (done: %s): the restart finishes it, nothing lost, nothing doubled',
    async (step, done) => {
      await load(runtime.stores, before);
      await load(runtime.stores, after);
      const undisturbed = await state();
      expect(undisturbed.loads).toEqual([
        ['committed', 2, 0, 0, 0, null],
        ['committed', 2, 1, 1, 1, null],
      ]);
      expect(undisturbed.counted).toBe('T1\t140106\nT2\t140105\nT3\t140105\nT4\t140105\n');
      for (const table of ['hotline_ticket', 'quarantine_row'])
        await runtime.stores.warehouse.jobs.command({ name: 'empty', sql: `TRUNCATE TABLE ${table}` });
      await runtime.stores.db.delete(datasetLoad);
      await runtime.stores.db.delete(computeQueue);

      await load(runtime.stores, before);
      await expect(load(dyingAt(step, done), after)).rejects.toThrow('dead');
      const left = await state();
      expect(['received', 'staged']).toContain(left.loads[1]?.[0]);
      expect(await resumeLoads(runtime.stores)).toHaveLength(1);
      expect(await state()).toEqual(undisturbed);
      expect(await resumeLoads(runtime.stores)).toEqual([]);
    },
  );

  it('after the commit: only what is left lying about is cleared away', async () => {
    await expect(load(dyingAt('load_stage_drop_1', false), after)).rejects.toThrow('dead');
    const left = await state();
    expect(left).toMatchObject({ staged: '4\n', loads: [['committed', 4, 0, 0, 1, null]] });
    expect(left.files).toHaveLength(1);
    expect(await resumeLoads(runtime.stores)).toEqual([]);
    expect(await state()).toEqual({ ...left, staged: '0\n', decided: '0\n', files: [] });
  });

  it('the same file sent again instead of a restart finishes the load as well', async () => {
    await expect(load(dyingAt('load_append', true), after)).rejects.toThrow('dead');
    expect(await load(runtime.stores, after)).toMatchObject({
      accepted: 4,
      rejected: 1,
      alreadyLoaded: true,
    });
    expect((await state()).loads).toHaveLength(1);
  });

  it('a load whose file is gone, as in a restored backup, takes the file that is sent again', async () => {
    await expect(load(dyingAt('load_decide', false), after)).rejects.toThrow('dead');
    const directory = path.join(runtime.stores.dataDir, 'loads');
    for (const name of fs.readdirSync(directory)) fs.rmSync(path.join(directory, name));
    expect(await load(runtime.stores, after)).toMatchObject({ accepted: 4, rejected: 1 });
    expect(await state()).toMatchObject({ loads: [['committed', 4, 0, 0, 1, null]], files: [] });
  });

  it('clears away uploads that broke off, and leaves alone loads whose file lies elsewhere', async () => {
    await expect(load(dyingAt('load_append', false), after)).rejects.toThrow('dead');
    const directory = path.join(runtime.stores.dataDir, 'loads');
    for (const name of fs.readdirSync(directory)) fs.rmSync(path.join(directory, name));
    fs.writeFileSync(path.join(directory, 'x.raw.part'), 'half');
    expect(await resumeLoads(runtime.stores)).toEqual([]);
    expect(fs.readdirSync(directory)).toEqual([]);
    expect((await state()).loads[0]?.[0]).toBe('staged');
  });
});

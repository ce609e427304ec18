import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Warehouse } from '@/server/warehouse/client';
import { openEmbeddedWarehouse } from '@/server/warehouse/embedded';

let directory: string;
let warehouse: Warehouse;
beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-lane-'));
  warehouse = await openEmbeddedWarehouse(directory);
});
afterAll(async () => {
  await warehouse.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

const HOSTILE = [
  "o'brien",
  "'; DROP DATABASE yiping; --",
  'back\\slash',
  "back\\'slash quote",
  'tab\tnewline\nend',
  '{x:String}',
  '[1,2]',
  "['a']",
  '\\N',
  '中文；全角＇',
];

describe('the embedded warehouse', () => {
  it('hands bound text to the engine unchanged, alone and in arrays', async () => {
    const row = z.object({ one: z.string(), many: z.array(z.string()) });
    for (const text of HOSTILE) {
      const rows = await warehouse.screens.rows({
        name: 'echo',
        sql: 'SELECT {text:String} AS one, {texts:Array(String)} AS many',
        params: { text, texts: [text, ''] },
        row,
      });
      expect(rows).toEqual([{ one: text, many: [text, ''] }]);
    }
  });

  it('works in its own database on every connection', async () => {
    const current = {
      name: 'database',
      sql: 'SELECT currentDatabase() AS name, sleep(0.1)',
      row: z.object({ name: z.string() }),
    };
    const lanes = [warehouse.screens, warehouse.screens, warehouse.screens, warehouse.jobs, warehouse.loads];
    const answers = await Promise.all(lanes.map((lane) => lane.rows(current)));
    expect(answers.flat().map(({ name }) => name)).toEqual(lanes.map(() => 'yiping'));
  });

  it('lets a screen read while a job runs: lanes do not wait for each other', async () => {
    const order: string[] = [];
    const job = warehouse.jobs
      .rows({ name: 'slow', sql: 'SELECT sleepEachRow(0.5) AS s FROM numbers(3)', row: z.unknown() })
      .then(() => order.push('job'));
    await warehouse.screens.rows({ name: 'quick', sql: 'SELECT 1 AS one', row: z.unknown() });
    order.push('screen');
    await job;
    expect(order).toEqual(['screen', 'job']);
  });

  it('does not let settings leak into later queries of the same connection', async () => {
    const lane = warehouse.jobs;
    const maxThreads = {
      name: 'setting',
      sql: "SELECT toUInt32(getSetting('max_threads')) AS n",
      row: z.object({ n: z.number() }),
    };
    const before = await lane.rows(maxThreads);
    const during = await lane.rows({ ...maxThreads, settings: { max_threads: 7 } });
    expect(during).toEqual([{ n: 7 }]);
    expect(await lane.rows(maxThreads)).toEqual(before);
  });
});

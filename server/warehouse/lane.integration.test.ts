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
    for (const lane of [warehouse.screens, warehouse.jobs])
      for (const text of HOSTILE) {
        const rows = await lane.rows({
          name: 'echo',
          sql: 'SELECT {text:String} AS one, {texts:Array(String)} AS many',
          params: { text, texts: [text, ''] },
          row,
        });
        expect(rows).toEqual([{ one: text, many: [text, ''] }]);
      }
  });

  it('gives a parameter of every type to the engine as it is', async () => {
    const sql = `SELECT toTypeName({n:Int64}) AS type, toString({n:Int64}) AS n, toString({u:UInt32}) AS u, toString({d:Decimal(38, 10)}) AS d,
      toString({f:Float64}) AS f, toString({day:Date}) AS day, toString({id:UUID}) AS id, {us:Array(UInt32)} AS us, {none:Array(String)} AS none,
      toString({big:UInt64}) AS big`;
    const params = {
      n: -9007199254740991,
      u: 140_105,
      d: '-12345678901234567890.0123456789',
      f: 0.1,
      day: '2026-03-01',
      id: '0b0bb0f0-5a3c-4c1e-9a60-5f2f2a1c7d11',
      us: [1, 2],
      none: [],
      big: '18446744073709551615',
    };
    const expected = {
      type: 'Int64',
      n: '-9007199254740991',
      u: '140105',
      d: '-12345678901234567890.0123456789',
      f: '0.1',
      day: '2026-03-01',
      id: '0b0bb0f0-5a3c-4c1e-9a60-5f2f2a1c7d11',
      us: [1, 2],
      none: [],
      big: '18446744073709551615',
    };
    const row = z.record(z.string(), z.unknown());
    for (const lane of [warehouse.screens, warehouse.jobs, warehouse.loads])
      expect(await lane.rows({ name: 'types', sql, params, row })).toEqual([expected]);
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

  it('lets a screen read beside a job also when both bind values', async () => {
    const order: string[] = [];
    const row = z.unknown();
    const sql = 'SELECT sleepEachRow(0.5) AS s FROM numbers(3) WHERE number < {limit:Int64}';
    const job = warehouse.jobs
      .rows({ name: 'slow', sql, params: { limit: 3 }, row })
      .then(() => order.push('job'));
    await warehouse.screens.rows({
      name: 'quick',
      sql: 'SELECT {one:Int64} AS one',
      params: { one: 1 },
      row,
    });
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

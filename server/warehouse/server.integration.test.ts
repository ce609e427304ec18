import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Warehouse } from '@/server/warehouse/client';
import { migrateWarehouse } from '@/server/warehouse/migrate';
import { openServerWarehouse } from '@/server/warehouse/server';
import { type ClickHouseHttp, startClickHouseHttp } from '@/tests/support/clickhouse-http';

let directory: string;
let front: ClickHouseHttp;
let warehouse: Warehouse;

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-http-'));
  front = await startClickHouseHttp(path.join(directory, 'store'));
  warehouse = await openServerWarehouse(front.url);
});
afterAll(async () => {
  await warehouse.close();
  await front.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

describe('the server form of the warehouse, through the official HTTP client', () => {
  it('migrates, and a second run is a no-op', async () => {
    const migrations = { directory: path.resolve('server/warehouse/migrations') };
    const first = await migrateWarehouse(warehouse, migrations);
    expect(first[0]).toBe('0001_observation.sql');
    expect(await migrateWarehouse(warehouse, migrations)).toEqual([]);
    expect(front.requests()).toBeGreaterThan(3);
  });

  it('keeps every digit of a decimal and binds parameters of every kind used', async () => {
    await warehouse.loads.insert('observation', [
      {
        metric: "o'brien; DROP TABLE observation",
        freq: 'A',
        region: 140000,
        slice: 'a=甲;b=乙',
        basis: 'period',
        measure: 'level',
        period: '1952-01-01 00:00:00',
        vintage: '2026-01-01 00:00:00.001',
        value: '1234567890123456.0123456789',
        sample_count: '18446744073709551615',
        status: 'final',
        flags: ['demo', "引号'"],
        source: 's',
        run_id: 'r',
        definition_version: 1,
      },
    ]);
    const rows = await warehouse.screens.rows({
      name: 'test',
      sql: `SELECT metric, toString(value) AS value_text, sample_count, flags, toUnixTimestamp64Milli(toDateTime64(period, 3)) AS ms
        FROM observation WHERE metric = {metric:String} AND region IN {regions:Array(UInt32)} AND slice IN {slices:Array(String)}`,
      params: { metric: "o'brien; DROP TABLE observation", regions: [140000, 1], slices: ['', 'a=甲;b=乙'] },
      row: z.object({
        metric: z.string(),
        value_text: z.string(),
        sample_count: z.string(),
        flags: z.array(z.string()),
        ms: z.string(),
      }),
    });
    expect(rows).toEqual([
      {
        metric: "o'brien; DROP TABLE observation",
        value_text: '1234567890123456.0123456789',
        sample_count: '18446744073709551615',
        flags: ['demo', "引号'"],
        ms: String(Date.parse('1952-01-01T00:00:00+08:00')),
      },
    ]);
  });

  it('appends bytes in an engine format and gives text for downloads', async () => {
    await warehouse.loads.insertBytes(
      'schema_migration',
      ['name', 'hash'],
      'TabSeparated',
      Buffer.from('x\ty\n'),
    );
    const csv = await warehouse.screens.text(
      {
        name: 'download',
        sql: 'SELECT name, hash FROM schema_migration WHERE name = {name:String}',
        params: { name: 'x' },
      },
      'CSVWithNames',
    );
    expect(csv).toBe('"name","hash"\n"x","y"\n');
  });

  it("reports the engine's error code", async () => {
    await expect(
      warehouse.screens.rows({ name: 'bad', sql: 'SELECT nope FROM observation', row: z.unknown() }),
    ).rejects.toMatchObject({ code: '47', type: 'UNKNOWN_IDENTIFIER' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetLoad } from '@/server/db/schema/ingest';
import { listReleases } from '@/server/services/calendar/releases';
import { listDatasets, readDataset } from '@/server/services/datasets/read';
import { actorOf } from '@/tests/support/actors';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
const BATCH = '00000000-0000-4000-8000-000000000001';

/** The clock of the tests stands at 2026-11-23 12:00. */
function hour(station: string, region: number, at: string, version: number, isDemo = 0): object {
  return {
    station_id: station,
    station_kind: 'national',
    region_code: region,
    data_ts: at,
    pm25: '35.0',
    flag: 'valid',
    audit_status: 'raw',
    sand_flag: 0,
    source_id: '',
    batch_id: BATCH,
    row_number: version,
    row_key: `${station} ${at}`,
    row_hash: version,
    version,
    is_deleted: 0,
    is_demo: isDemo,
    ingest_ts: '2026-11-23 12:00:00.000',
    dq_flags: [],
  };
}

beforeAll(async () => {
  runtime = await openTestRuntime();
  await runtime.stores.warehouse.loads.insert('air_quality_hour', [
    hour('a', 140105, '2026-11-22 09:00:00', 1),
    // The same key again: a correction, not a second row.
    hour('a', 140105, '2026-11-22 09:00:00', 2),
    hour('a', 140105, '2026-11-23 11:00:00', 3),
    hour('b', 140212, '2026-11-01 00:00:00', 4, 1),
  ]);
  const load = {
    dataset: 'air_quality_hour',
    contractVersion: 1,
    origin: 'upload',
    provenance: 'real',
    actorId: 'test',
    actorName: '测试',
  };
  await runtime.stores.db.insert(datasetLoad).values([
    {
      ...load,
      id: BATCH,
      contentHash: 'a',
      fileName: 'good.csv',
      status: 'committed',
      acceptedRows: 3,
      receivedAt: new Date('2026-11-23T10:00:00+08:00'),
    },
    {
      ...load,
      id: '00000000-0000-4000-8000-000000000002',
      contentHash: 'b',
      fileName: 'half.csv',
      status: 'failed',
      error: '文件不完整',
      receivedAt: new Date('2026-11-23T11:00:00+08:00'),
    },
  ]);
});
afterAll(() => runtime.close());

describe('datasets in the console', () => {
  it('counts a corrected row once and says how far the rows reach', async () => {
    const found = await readDataset(runtime.context(actorOf('operator')), { name: 'air_quality_hour' });
    expect(found.span).toEqual({
      rows: 3,
      demoRows: 1,
      firstMs: Date.parse('2026-11-01T00:00:00+08:00'),
      lastMs: Date.parse('2026-11-23T11:00:00+08:00'),
    });
    expect(found.freshness).toBe('fresh');
    expect(found.contract.columns.length).toBeGreaterThan(10);
  });

  it('takes the time of a case that was not taken up for unknown, not for the first there is', async () => {
    const state = { version: 1, is_deleted: 0, is_demo: 0, ingest_ts: '2026-11-23 12:00:00.000' };
    const shared = { ...state, department: '民政', batch_id: BATCH, row_hash: 1 };
    await runtime.stores.warehouse.loads.insert('service_case', [
      { ...shared, case_no: 'A', row_key: 'A', region_code: 140105, accept_ts: '2026-11-20 09:00:00' },
      { ...shared, case_no: 'B', row_key: 'B', region_code: 140106, accept_ts: null },
    ]);
    const atMs = Date.parse('2026-11-20T09:00:00+08:00');
    const found = await readDataset(runtime.context(actorOf('operator')), { name: 'service_case' });
    expect(found.span).toEqual({ rows: 2, demoRows: 0, firstMs: atMs, lastMs: atMs });
    // Who reads the region of that case alone has a row, though none with a time: not a dataset without rows.
    const alone = runtime.context(actorOf('operator', { regions: [140106] }));
    expect(await readDataset(alone, { name: 'service_case' })).toMatchObject({
      span: { rows: 1, firstMs: null, lastMs: null },
      freshness: 'undated',
    });
  });

  it('tells the newest load from the newest one that counts', async () => {
    const found = await readDataset(runtime.context(actorOf('auditor')), { name: 'air_quality_hour' });
    expect(found.lastLoad).toMatchObject({ fileName: 'half.csv', error: '文件不完整' });
    expect(found.lastCommitted).toMatchObject({ fileName: 'good.csv', acceptedRows: 3 });
  });

  it('counts only rows of the regions of the reader, and says when the newest is old', async () => {
    const datong = runtime.context(actorOf('operator', { regions: [140200] }));
    const found = await readDataset(datong, { name: 'air_quality_hour' });
    // 22 days old, the lateness limit is 7.
    expect(found).toMatchObject({ span: { rows: 1 }, freshness: 'stale' });
  });

  it('says late and overdue by the release calendar, of every metric that goes back to the dataset', async () => {
    const before = await readDataset(runtime.context(actorOf('operator')), { name: 'official_figure' });
    expect(before.releases).toEqual({ late: 0, overdue: 0 });
    // A year and a month long past, nothing since; the density is made of two published figures.
    await publisher(runtime)('2023-02-01', [
      { metric: 'gdp', period: '2022-01-01', value: '25642.59' },
      { metric: 'coal_output', freq: 'M', period: '2022-12-01', value: '11500' },
      { metric: 'gdp_per_capita', period: '2022-01-01', value: '73675' },
      // Counted from rows elsewhere; here no row ever came, the figure did.
      { metric: 'water_good_rate', freq: 'M', period: '2022-12-01', value: '87.2' },
    ]);
    const { releases } = await listReleases(runtime.context(actorOf('operator')));
    const overdue = releases.filter(({ state }) => state === 'overdue');
    expect(overdue.map(({ metric }) => metric).sort()).toEqual([
      'coal_output',
      'gdp',
      'gdp_per_capita',
      'water_good_rate',
    ]);
    const after = await listDatasets(runtime.context(actorOf('operator')));
    expect(after.find(({ name }) => name === 'official_figure')?.releases).toEqual({ late: 0, overdue: 4 });
    expect(after.find(({ name }) => name === 'hotline_ticket')?.releases).toEqual({ late: 0, overdue: 0 });
  });

  it('says of a dataset without rows that it is empty', async () => {
    const found = await listDatasets(runtime.context(actorOf('operator')));
    expect(found).toHaveLength(8);
    const hotline = found.find(({ name }) => name === 'hotline_ticket');
    expect(hotline).toMatchObject({
      freshness: 'empty',
      lastLoad: null,
      span: { rows: 0, demoRows: 0, firstMs: null, lastMs: null },
    });
  });

  it('refuses roles without business here, and datasets there are none of', async () => {
    for (const role of ['leader', 'analyst'] as const) {
      const ctx = runtime.context(actorOf(role));
      await expect(listDatasets(ctx)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(readDataset(ctx, { name: 'air_quality_hour' })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await expect(
      readDataset(runtime.context(actorOf('operator')), { name: 'observation; DROP TABLE x' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

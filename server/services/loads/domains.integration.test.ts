import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiToken } from '@/server/db/schema/access';
import { datasetLoad } from '@/server/db/schema/ingest';
import { keepRaw } from '@/server/ingest/raw-file';
import { listDatasets, readDataset } from '@/server/services/datasets/read';
import { createLoad } from '@/server/services/loads/create';
import { getLoad } from '@/server/services/loads/get';
import { listLoads } from '@/server/services/loads/list';
import { listRejects } from '@/server/services/loads/rejects';
import { resumeLoads } from '@/server/services/loads/resume';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const economist = { ...actorOf('operator', { domains: ['economy'] }), id: 'economist' };
const warden = { ...actorOf('operator', { domains: ['environment'] }), id: 'warden' };
const everything = actorOf('operator');

const AIR = 'station_id,region_code,data_ts,pm25\nS1,140105,2026-11-20 01:00:00,10\n';
/** One figure of the economy, one of the environment. */
const FIGURES = `metric,region_code,period,freq,basis,measure,status,value,unit,published_at,source
gdp,140000,2024,A,period,level,prelim,25494.69,亿元,2025-03-25,省统计局
pm25_avg,140000,2024,A,,target,final,35,μg/m³,2024-02-01,政府工作报告
`;

function load(actor: typeof everything, dataset: string, text: string) {
  runtime.clock.advance(1000);
  return createLoad(runtime.context(actor), {
    dataset,
    fileName: 'file.csv',
    origin: 'upload',
    provenance: 'real',
    bytes: Buffer.from(text),
  });
}

describe('who is limited to a domain', () => {
  it('may not load a dataset of other domains, and leaves no trace of the try', async () => {
    await expect(load(economist, 'air_quality_hour', AIR)).rejects.toMatchObject({
      code: 'forbidden',
      place: 'dataset',
    });
    expect((await listLoads(runtime.context(everything), {})).loads).toEqual([]);
    expect(await load(warden, 'air_quality_hour', AIR)).toMatchObject({ accepted: 1 });
  });

  it('sees datasets and loads of its own domains only', async () => {
    const { loadId } = await load(everything, 'air_quality_hour', AIR.replace('S1', 'S2'));
    const names = async (actor: typeof everything) =>
      (await listDatasets(runtime.context(actor))).map(({ name }) => name);
    expect(await names(economist)).toEqual(['official_figure']);
    expect(await names(warden)).toEqual(['official_figure', 'air_quality_hour', 'water_quality_sample']);
    await expect(readDataset(runtime.context(economist), { name: 'air_quality_hour' })).rejects.toMatchObject(
      { code: 'forbidden' },
    );
    expect((await listLoads(runtime.context(economist), {})).loads).toEqual([]);
    await expect(getLoad(runtime.context(economist), { id: loadId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(listRejects(runtime.context(economist), { id: loadId })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await getLoad(runtime.context(warden), { id: loadId })).id).toBe(loadId);
  });

  it('loads of published figures those of its domains, and sees no file of others', async () => {
    const mine = await load(economist, 'official_figure', FIGURES);
    expect(mine).toMatchObject({ accepted: 1, rejected: 1 });
    const { rows } = await listRejects(runtime.context(economist), { id: mine.loadId });
    expect(rows.map(({ row, column, code }) => [row, column, code])).toEqual([[3, 'metric', 'out_of_scope']]);
    // The same file from somebody with every domain is another load, with the row that was refused.
    const whole = await load(everything, 'official_figure', FIGURES);
    expect(whole).toMatchObject({ alreadyLoaded: false, accepted: 1, duplicate: 1, rejected: 0 });
    await expect(getLoad(runtime.context(economist), { id: whole.loadId })).rejects.toMatchObject({
      code: 'not_found',
    });
    const seen = await listLoads(runtime.context(everything), { dataset: 'official_figure' });
    expect(seen.loads.map(({ id }) => id)).toEqual([whole.loadId, mine.loadId]);
  });

  it('is limited also in a load that is finished after a restart', async () => {
    const { db, dataDir, clock } = runtime.stores;
    const at = new Date(clock.nowMs());
    await db.insert(apiToken).values({
      id: 'feed',
      name: 'feed',
      tokenHash: 'x',
      role: 'operator',
      regions: [140000],
      domains: ['economy'],
      createdBy: 'test',
    });
    const id = '00000000-0000-4000-8000-00000000000a';
    await keepRaw(dataDir, id, Buffer.from(FIGURES.replace('25494.69', '25500.00')), 1e6);
    await db.insert(datasetLoad).values({
      id,
      dataset: 'official_figure',
      contractVersion: 2,
      contentHash: 'left',
      fileName: 'left.csv',
      origin: 'push',
      provenance: 'real',
      status: 'received',
      scopeRegions: [140000],
      actorId: 'feed',
      actorName: 'feed',
      receivedAt: at,
    });
    expect(await resumeLoads(runtime.stores)).toEqual([id]);
    expect(await getLoad(runtime.context(), { id })).toMatchObject({ corrected: 1, rejected: 1 });
  });
});

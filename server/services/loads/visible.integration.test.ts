import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoad } from '@/server/services/loads/create';
import { getLoad } from '@/server/services/loads/get';
import { listLoads } from '@/server/services/loads/list';
import { listRejects } from '@/server/services/loads/rejects';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const HEADER = 'metric,region_code,period,freq,basis,measure,status,value,unit,published_at,source';

/** Loaded by the installation itself, as a command or the seed does. */
function bySystem(lines: readonly string[], fileName: string) {
  return createLoad(runtime.context(), {
    dataset: 'official_figure',
    fileName,
    origin: 'command',
    provenance: 'real',
    bytes: Buffer.from(`${[HEADER, ...lines].join('\n')}\n`),
  });
}

describe('what the installation loaded', () => {
  it('is seen by who sees the province, with its rejected rows, and by nobody below', async () => {
    const made = await bySystem(
      [
        'gdp,140000,2024,A,period,level,prelim,25494.69,亿元,2025-03-25,省统计局',
        'gdp,149999,2024,A,period,level,prelim,1,亿元,2025-03-25,省统计局',
      ],
      'seen.csv',
    );
    const operator = runtime.context(actorOf('operator'));
    expect((await listLoads(operator, {})).loads.map(({ id }) => id)).toEqual([made.loadId]);
    expect(await getLoad(operator, { id: made.loadId })).toMatchObject({ accepted: 1, rejected: 1 });
    expect((await listRejects(operator, { id: made.loadId })).rows).toHaveLength(1);
    const city = runtime.context(actorOf('operator', { regions: [140100] }));
    expect((await listLoads(city, {})).loads).toEqual([]);
    await expect(getLoad(city, { id: made.loadId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('published figures', () => {
  it('are refused in another unit, and for a period that had not begun when they were published', async () => {
    const made = await bySystem(
      [
        'gdp,140000,2023,A,period,level,prelim,256981800,万元,2024-01-22,省统计局',
        'gdp,140000,2030,A,period,level,prelim,1,亿元,2026-01-22,省统计局',
        'gdp,140000,2023,A,period,yoy,prelim,5.0,亿元,2024-01-22,省统计局',
        // The year's growth target is published before the year, or early in it.
        'gdp_growth,140000,2030,A,period,target,final,5,%,2026-01-22,政府工作报告',
        'gdp,140000,2023,A,period,yoy,prelim,5.0,%,2024-01-22,省统计局',
      ],
      'refused.csv',
    );
    const operator = runtime.context(actorOf('operator'));
    expect(made).toMatchObject({ accepted: 2, rejected: 3 });
    const { rows } = await listRejects(operator, { id: made.loadId });
    expect(rows.map(({ column, reason }) => [column, reason])).toEqual([
      ['unit', '单位“万元”与指标的“亿元”不符,请换算后再报'],
      ['period', '报告期“2030”在公布日 2026-01-22 时尚未开始'],
      ['unit', '单位“亿元”与指标的“%”不符,请换算后再报'],
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { createLoad } from './create';
import { listRejects } from './rejects';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const TICKET = 'ticket_id,region_code,create_ts,channel,request_type,topic,finish_ts';

async function reasonsOf(dataset: string, text: string) {
  const { loadId } = await createLoad(runtime.context(), {
    dataset,
    fileName: 'f.csv',
    origin: 'push',
    provenance: 'real',
    bytes: Buffer.from(text),
  });
  const { rows } = await listRejects(runtime.context(), { id: loadId });
  return rows.map(({ row, column, code, reason }) => [row, column, code, reason]);
}

describe('a rejected row is told where to look', () => {
  it('at the placeholder that was taken for a missing value, not at the rule that missed it', async () => {
    const head = 'metric,region_code,period,freq,unit,published_at,source,value,numerator,denominator';
    const row = (year: number, cells: string) => `gdp,140000,${year},A,亿元,2026-01-20,省局,${cells}\n`;
    expect(
      await reasonsOf(
        'official_figure',
        `${head}\n${row(2024, '-999,,')}${row(2023, 'N/A,,')}${row(2022, ',,')}${row(2021, '1,-9999,5')}`,
      ),
    ).toEqual([
      [2, 'value', 'sentinel', '“-999”是占位值,按缺失处理;数值为空时状态应为 missing'],
      [3, 'value', 'value_without_status', '“N/A”是占位值,按缺失处理;数值为空时状态应为 missing'],
      [4, 'value', 'value_without_status', '数值为空时状态应为 missing'],
      [5, 'numerator', 'sentinel', '“-9999”是占位值,按缺失处理;分子与分母要么都报,要么都不报'],
    ]);
  });

  it('at the value that cannot be, and it may be mended; what was taken in once can be withdrawn as it is', async () => {
    const head = 'metric,region_code,period,freq,basis,value,unit,published_at,source,is_deleted';
    expect(
      await reasonsOf(
        'official_figure',
        [
          head,
          'good_days_rate,140000,2024,A,period,174.5,%,2025-06-05,省局,0',
          'fai_growth,140000,2024-05,M,period,3.1,%,2024-06-18,省局,0',
          'budget_revenue,140000,2024-05,M,ytd,1500,亿元,2024-05-20,省局,0',
          'good_days_rate,140000,2024,A,period,174.5,%,2025-06-05,省局,1',
          'good_days_rate,140000,2024,A,period,74.5,%,2025-06-05,省局,0\n',
        ].join('\n'),
      ),
    ).toEqual([
      [2, 'value', 'out_of_range', '数值 174.5 不可能:“优良天数比例”应不小于 0、不大于 100(%)'],
      [3, 'basis', 'basis_impossible', '“固定资产投资增速(不含农户)”只有累计数,口径应为 ytd,不是 period'],
      [4, 'period', 'period_unfinished', '报告期“2024-05”在公布日 2024-05-20 时尚未结束'],
    ]);
  });

  it('at the basis that is left out where it could be either; where it could not, the row is taken', async () => {
    const head = 'metric,region_code,period,freq,value,unit,published_at,source';
    expect(
      await reasonsOf(
        'official_figure',
        [
          head,
          'pop_resident,140000,2023,A,3466,万人,2024-03-01,省局',
          'coal_output,140000,2023,A,137800,万吨,2024-03-01,省局',
          'coal_output,140000,2024-05,M,50000,万吨,2024-06-18,省局',
          'coal_output,140000,2024年1-2月,M,20000,万吨,2024-03-18,省局\n',
        ].join('\n'),
      ),
    ).toEqual([
      [4, 'basis', 'basis_unsaid', '未写口径:指标“coal_output”在频率 M 上可以是 period、ytd,请写明'],
    ]);
    const taken = await runtime.stores.warehouse.jobs.rows({
      name: 'taken_bases',
      sql: "SELECT metric, period, basis FROM official_figure FINAL WHERE source = '省局' AND basis != '' AND metric NOT IN ('gdp', 'good_days_rate') ORDER BY metric, period",
      row: z.object({ metric: z.string(), period: z.string(), basis: z.string() }),
    });
    expect(taken.map(({ metric, basis }) => [metric, basis])).toEqual([
      ['coal_output', 'period'],
      ['coal_output', 'ytd'],
      ['pop_resident', 'point'],
    ]);
  });

  it('at the time of closing that lies before the acceptance', async () => {
    expect(
      await reasonsOf(
        'hotline_ticket',
        `${TICKET}\nT1,140105,2026-11-02 08:00:00,phone,投诉,供热,2026-11-01 08:00:00\n`,
      ),
    ).toEqual([[2, 'finish_ts', 'finish_before_create', '办结时间早于受理时间']]);
    const cases =
      'case_no,region_code,item_code,department,channel,stage,apply_ts,accept_ts,finish_ts\n' +
      'C1,140105,x,d,hall,finish,,2026-11-02 08:00:00,2026-11-01 08:00:00\n' +
      'C2,140105,x,d,hall,apply,1970-01-01 08:00:00,,\n';
    expect(await reasonsOf('service_case', cases)).toEqual([
      [2, 'finish_ts', 'finish_before_accept', '办结时间早于受理时间'],
      [3, 'apply_ts', 'no_time', '“1970-01-01 08:00:00”是占位值,按缺失处理;申请时间和受理时间至少要有一个'],
    ]);
  });

  // A city's total is the sum of its counties; only a zone (开发区) has no county of its own.
  it('at a region that is no county, unless the row is of a zone in that city', async () => {
    const text = `${TICKET},park_code\n${[
      'T1,140100,2026-11-01 08:00:00,phone,投诉,供热,,',
      'T2,140100,2026-11-01 08:00:00,phone,投诉,供热,,ZGQ',
      'T3,140000,2026-11-01 08:00:00,phone,投诉,供热,,ZGQ',
      'T4,140105,2026-11-01 08:00:00,phone,投诉,供热,,',
    ].join('\n')}\n`;
    expect(await reasonsOf('hotline_ticket', text)).toEqual([
      [
        2,
        'region_code',
        'not_county',
        '区划 140100(太原市)不是县(市、区);功能区(开发区、示范区)的行填所在市代码,并在 park_code 填功能区编码',
      ],
      [4, 'region_code', 'not_county', '区划:区划 140000 不是县(市、区)'],
    ]);
    const sql =
      "SELECT ticket_id, region_code, park_code, dq_flags FROM hotline_ticket FINAL WHERE ticket_id IN ('T2', 'T4') ORDER BY 1";
    expect(await runtime.stores.warehouse.jobs.text({ name: 'zones', sql }, 'CSV')).toBe(
      '"T2",140100,"ZGQ","[]"\n"T4",140105,\\N,"[]"\n',
    );
  });
});

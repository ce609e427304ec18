import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendFromStage } from '@/server/observations/append';
import { exportObservations } from '@/server/services/observations/export';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  const cell = {
    stage_id: 'export',
    metric: 'hotline_requests',
    freq: 'M',
    region: 140100,
    basis: 'ytd',
    measure: 'level',
    period: '2024-02-01 00:00:00',
    sample_count: 5,
    definition_version: 1,
    source: 'hotline_ticket',
  };
  await runtime.stores.warehouse.jobs.insert('observation_stage', [
    { ...cell, slice: '', value: '5', status: 'prelim', flags: ['demo', 'partial'] },
    { ...cell, slice: 'channel=wechat', value: '3', status: 'final', flags: [] },
    {
      ...cell,
      metric: 'gdp',
      slice: '',
      freq: 'A',
      basis: 'period',
      value: '7',
      status: 'final',
      flags: [],
      source: 'deduced',
    },
  ]);
  await appendFromStage(runtime.stores, { stageId: 'export', runId: 'export' });
});
afterAll(() => runtime.close());

it('holds codes for programs, and for people the words of the screens, in the same columns', async () => {
  const query = { metric: ['hotline_requests', 'gdp'], slice: 'all' as const };
  const fileOf = async (labels: 'id' | 'name') => {
    const { text } = await exportObservations(runtime.context(), query, { bom: false, labels });
    return text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
  };
  const [byCode, byName] = [await fileOf('id'), await fileOf('name')];
  expect(byCode.map((row) => row.length)).toEqual(byName.map((row) => row.length));
  expect(byName[0]?.slice(0, 11)).toEqual(
    '指标代码,指标,单位,频率,区划代码,地区,分组,口径,度量,期,数值'.split(','),
  );
  const rowOf = (rows: string[][], metric: string, value: string) =>
    rows.find((row) => row[0] === metric && row[10] === value);
  expect(rowOf(byCode, 'hotline_requests', '3')?.slice(3, 11)).toEqual([
    'M',
    '140100',
    '太原市',
    'channel=wechat',
    'ytd',
    'level',
    '2024-02',
    '3',
  ]);
  expect(rowOf(byName, 'hotline_requests', '3')?.slice(3, 11)).toEqual([
    '月',
    '140100',
    '太原市',
    '渠道=微信',
    '本年累计',
    '水平值',
    '2024年1-2月',
    '3',
  ]);
  const whole = rowOf(byName, 'hotline_requests', '5');
  expect([whole?.[6], whole?.[14], whole?.[15], whole?.[17]]).toEqual([
    '全部',
    '初步',
    '演示数据;不完整',
    '12345 热线工单',
  ]);
  expect(whole?.[16]).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
  expect(rowOf(byName, 'gdp', '7')?.[17]).toBe('由同一指标的其他时段得出');
});

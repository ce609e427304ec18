import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetricPage } from '@/server/services/desk/page';
import { actorOf } from '@/tests/support/actors';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** 1–12月 is the year: what was published of the one is not missing of the other. */
let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await openTestRuntime();
  const publish = publisher(runtime);
  const month = (period: string, value: string) => ({
    ...{ metric: 'iva_growth', freq: 'M', basis: 'ytd', period: `${period}-01`, value },
  });
  const year = (period: string, value: string) => ({
    metric: 'iva_growth',
    period: `${period}-01-01`,
    value,
  });
  await publish('2023-12-15', [month('2022-11', '8.3'), month('2023-10', '4.4'), month('2023-11', '4.5')]);
  await publish('2024-01-20', [year('2022', '8.0'), year('2023', '4.6')]);
  await publish('2024-03-18', [month('2024-02', '-0.5')]);
});
afterAll(() => runtime.close());

const read = (period?: string) =>
  readMetricPage(runtime.context(actorOf('analyst')), {
    ...{ code: 'iva_growth', freq: 'M', basis: 'ytd' },
    ...(period !== undefined && { period }),
  });

describe('the twelfth cumulative month of a year of which the year was published', () => {
  it('shows the year in the course, with its growth', async () => {
    const { trend } = await read();
    const point = (period: string) => trend?.points.find((one) => one.period === period);
    expect(point('2022-12')).toMatchObject({ label: '2022年1-12月(全年)', text: '8.0', wholeYear: true });
    // 4.6 − 8.0
    expect(point('2023-12')).toMatchObject({ text: '4.6', wholeYear: true, yoy: { text: '−3.4 个百分点' } });
    expect(point('2023-11')).toMatchObject({ text: '4.5', wholeYear: false });
    // Nothing was published of it, nor of a year that it ends.
    expect(point('2023-09')).toMatchObject({ value: null, wholeYear: false });
  });

  it('is not the newest of its series, and says where its figure is', async () => {
    expect((await read()).figure.periodLabel).toBe('2024年1-2月');
    expect((await read('2023-12')).figure).toMatchObject({
      value: null,
      reason: '全年的累计即年度数,见频率“年”',
    });
  });

  it('is told from months that never came, and from one that no rule publishes', async () => {
    expect((await read('2023-09')).figure).toMatchObject({
      reason: '2023年1-9月没有数',
      periodLabel: '2023年1-9月',
    });
    expect((await read('2024-01')).figure.reason).toBe('1-2月合并发布,2024年1月不单独发布');
  });
});

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
  // A rate of the year until now, as some give it.
  await publish('2024-11-18', [year('2024', '1.1')]);
  await publish('2024-03-18', [month('2024-02', '-0.5')]);
});
afterAll(() => runtime.close());

const read = (period?: string, asOf?: string) =>
  readMetricPage(runtime.context(actorOf('analyst')), {
    ...{ code: 'iva_growth', freq: 'M', basis: 'ytd' },
    ...(period !== undefined && { period }),
    ...(asOf !== undefined && { asOfMs: Date.parse(`${asOf}T00:00:00Z`) }),
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

  it('is that year when asked for: with its growth, its versions and the call that answers it', async () => {
    const { chosenMs, trend, figure, changes, vintages, rest } = await read('2023-12');
    expect(trend?.points.find(({ periodMs }) => periodMs === chosenMs)?.period).toBe('2023-12');
    expect(figure).toMatchObject({ text: '4.6', periodLabel: '2023年1-12月(全年)', reason: null });
    // 4.6 − 8.0
    expect(changes.find(({ label }) => label === '同比')).toMatchObject({ text: '−3.4 个百分点' });
    expect(vintages.map(({ period, chosen }) => [period, chosen])).toEqual([
      ['2023', true],
      ['2022', false],
    ]);
    expect(rest?.calculusPath).toContain('freq=A&basis=period&period=2023');
  });

  it('is not the newest of its series where a later month is known, and is where none is', async () => {
    expect((await read(undefined, '2024-04-01')).figure.periodLabel).toBe('2024年1-2月');
    const { figure, trend } = await read(undefined, '2024-02-01');
    expect(trend?.points.at(-1)).toMatchObject({ period: '2023-12', text: '4.6', wholeYear: true });
    expect(figure).toMatchObject({ text: '4.6', periodLabel: '2023年1-12月(全年)' });
    // Before the years were published the course ends with the last month.
    expect((await read(undefined, '2024-01-01')).figure.periodLabel).toBe('2023年1-11月');
  });

  it('is no running year, which ends nothing yet', async () => {
    const { trend } = await read(undefined, '2024-12-01');
    expect(trend?.points.at(-1)).toMatchObject({ period: '2024-02', wholeYear: false });
  });

  it('is told from months that never came, and from one that no rule publishes', async () => {
    expect((await read('2023-09')).figure).toMatchObject({
      reason: '2023年1-9月没有数',
      periodLabel: '2023年1-9月',
    });
    expect((await read('2024-01')).figure.reason).toBe('1-2月合并发布,2024年1月不单独发布');
  });
});

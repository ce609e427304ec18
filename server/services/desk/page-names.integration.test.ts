import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMetricList } from '@/server/services/desk/list';
import { readMetricPage } from '@/server/services/desk/page';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** What a page calls a figure, and which one it shows where the address says only a part. */
let runtime: TestRuntime;
let publish: ReturnType<typeof publisher>;
beforeAll(async () => {
  runtime = await openTestRuntime();
  publish = publisher(runtime);
});
afterAll(() => runtime.close());

const read = (input: Parameters<typeof readMetricPage>[1]) =>
  readMetricPage(runtime.context(actorOf('analyst')), input);

it('is of the frequency of the period that is asked for', async () => {
  const jobs = { metric: 'urban_new_jobs', basis: 'ytd' };
  await publish('2024-04-25', [
    { ...jobs, period: '2023-01-01', basis: 'period', value: '46.2' },
    { ...jobs, freq: 'M', period: '2023-06-01', value: '25.1' },
  ]);
  const asked = async (period: string) => {
    const { selection, figure } = await read({ code: 'urban_new_jobs', period });
    return [selection.freq, figure.periodLabel, figure.text];
  };
  expect(await asked('2023')).toEqual(['A', '2023年', '46.20']);
  expect(await asked('2023-06')).toEqual(['M', '2023年1-6月', '25.10']);
});

it('is titled, as its passport and its operands are, by what the index of the year is 100 of', async () => {
  const ppi = { metric: 'ppi_yoy', value: '111.4' };
  await publish('2023-03-25', [
    { ...ppi, period: '2022-01-01' },
    { ...ppi, freq: 'M', period: '2022-12-01' },
  ]);
  const year = await read({ code: 'ppi_yoy', freq: 'A' });
  const title = '工业生产者出厂价格指数(上年=100)';
  expect(year).toMatchObject({ definition: { name: title }, figure: { name: title, text: '111.4' } });
  expect(year.calculus?.metric.name).toBe(title);
  const { cell } = year.figure;
  if (!cell) throw new Error('no cell');
  const passport = await readPassport(runtime.context(actorOf('analyst')), { cell });
  expect(passport).toMatchObject({ definition: { name: title }, figure: { name: title } });
  const list = await readMetricList(runtime.context(actorOf('analyst')));
  const listed = list.domains.flatMap(({ metrics }) => metrics).find(({ code }) => code === 'ppi_yoy');
  expect(listed?.name).toBe(title);
  const month = await read({ code: 'ppi_yoy', freq: 'M' });
  expect(month.definition.name).toBe('工业生产者出厂价格指数(上年同月=100)');
});

it('says which month is not there where 累计 of rows has a hole', async () => {
  const requests = { metric: 'hotline_requests', region: 140500, freq: 'M', basis: 'ytd' };
  await publish('2024-07-01', [
    { ...requests, period: '2024-04-01', value: '272' },
    { ...requests, period: '2024-06-01', value: '345' },
  ]);
  const { figure } = await read({
    ...{ code: 'hotline_requests', region: 140500, freq: 'M', basis: 'ytd', period: '2024-05' },
  });
  expect(figure).toMatchObject({ value: null, reason: '缺2024年5月', periodLabel: '2024年1-5月' });
});

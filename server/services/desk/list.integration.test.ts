import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDefinitions } from '@/server/services/definitions/read';
import { readMetricList } from '@/server/services/desk/list';
import { readMetricPage } from '@/server/services/desk/page';
import { actorOf } from '@/tests/support/actors';
import { publishDeskFigures } from '@/tests/support/desk-figures';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let publish: ReturnType<typeof publisher>;

const read = (input: Parameters<typeof readMetricPage>[1]) =>
  readMetricPage(runtime.context(actorOf('analyst')), input);

beforeAll(async () => {
  runtime = await openTestRuntime();
  publish = publisher(runtime);
  await publishDeskFigures(publish);
});
afterAll(() => runtime.close());

describe('the list of metrics', () => {
  it('has the whole catalogue by domain, with the newest value or the reason for none', async () => {
    const list = await readMetricList(runtime.context(actorOf('analyst')));
    expect(list).toMatchObject({ total: 219, present: 3, region: { code: 140000 } });
    expect(list.domains.reduce((sum, { metrics }) => sum + metrics.length, 0)).toBe(219);
    const all = list.domains.flatMap(({ metrics }) => metrics);
    expect(all.find(({ code }) => code === 'gdp')?.figure).toMatchObject({
      text: '22,590.16',
      periodLabel: '2021年',
      status: 'prelim',
    });
    expect(all.filter(({ state, reason }) => state !== 'present' && !reason)).toEqual([]);
    expect(all.find(({ code }) => code === 'scenic_visits')).toMatchObject({
      state: 'not_computable',
      figure: null,
    });
  });

  it('counts what has data as the console does, and says where a number is that the province has not', async () => {
    const before = await readMetricList(runtime.context(actorOf('operator')));
    await publish('2024-02-01', [
      // Of a city alone; of the province a growth alone; a figure published as missing; a target.
      { metric: 'tax_revenue', region: 140100, period: '2023-01-01', value: '400' },
      { metric: 'budget_expenditure', measure: 'yoy', period: '2023-01-01', value: '3.1' },
      { metric: 'coal_output', period: '2023-01-01', value: null, status: 'missing' },
      { metric: 'urban_new_jobs', measure: 'target', period: '2023-01-01', value: '45' },
    ]);
    const list = await readMetricList(runtime.context(actorOf('operator')));
    const all = list.domains.flatMap(({ metrics }) => metrics);
    const of = (code: string) => all.find((metric) => metric.code === code);
    expect(of('tax_revenue')).toMatchObject({ state: 'present', figure: null, reason: '仅市级有数' });
    expect(of('budget_expenditure')).toMatchObject({ state: 'present', figure: null });
    expect(of('budget_expenditure')?.reason).toContain('增速');
    expect([of('coal_output')?.state, of('urban_new_jobs')?.state]).toEqual(['awaiting', 'awaiting']);
    expect(list.present).toBe(before.present + 2);
    expect((await countDefinitions(runtime.context(actorOf('operator')))).present).toBe(list.present);
  });

  it('shows the newest value when newer periods were published as missing', async () => {
    await publish('2024-03-01', [
      { metric: 'grain_output', period: '2021-01-01', value: '1421.2' },
      { metric: 'grain_output', period: '2022-01-01', value: null, status: 'missing' },
      { metric: 'grain_output', period: '2023-01-01', value: null, status: 'missing' },
    ]);
    const list = await readMetricList(runtime.context(actorOf('operator')));
    const found = list.domains.flatMap(({ metrics }) => metrics).find(({ code }) => code === 'grain_output');
    expect(found?.figure).toMatchObject({ value: '1421.2', periodLabel: '2021年' });
  });

  it('has of every figure the lamp that its page has', async () => {
    await publish('2026-10-05', [
      { metric: 'hotline_ontime_rate', freq: 'M', period: '2026-09-01', value: '84', flags: ['demo'] },
    ]);
    const list = await readMetricList(runtime.context(actorOf('analyst')));
    const figures = list.domains.flatMap(({ metrics }) => metrics).filter(({ figure }) => figure !== null);
    const lamps = await Promise.all(
      figures.map(async ({ code, figure }) => [
        code,
        figure?.lamp ?? null,
        (await read({ code })).figure.lamp,
      ]),
    );
    for (const [code, listed, onPage] of lamps) expect([code, listed]).toEqual([code, onPage]);
    expect(lamps.filter(([, listed]) => listed !== null).length).toBeGreaterThan(1);
  });

  it("shows only the reader's domains and regions", async () => {
    const narrow = actorOf('analyst', { domains: ['economy'], regions: [140100] });
    const list = await readMetricList(runtime.context(narrow));
    expect(list.domains.map(({ code }) => code)).toEqual(['economy']);
    expect(list.domains[0]?.metrics.find(({ code }) => code === 'gdp')?.figure?.text).toBe('5,121.61');
  });
});

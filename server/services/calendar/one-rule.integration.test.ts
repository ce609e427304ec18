import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '@/metrics/time/zone';
import { listReleases } from '@/server/services/calendar/releases';
import { readMetricList } from '@/server/services/desk/list';
import { readMetricPage } from '@/server/services/desk/page';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import { actorOf } from '@/tests/support/actors';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** Whatever says that a figure is late says so of the same period: calendar, wall, list, page and passport. */
let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.clock.set(instantOf(2026, 5, 26, 12));
  const publish = publisher(runtime);
  const month = (period: string, value: string) => ({
    metric: 'coal_output',
    freq: 'M',
    basis: 'ytd',
    period,
    value,
  });
  await publish('2024-11-20', [month('2024-10-01', '104000'), month('2024-09-01', '93000')]);
  // The months fell silent, the years go on.
  await publish('2025-01-20', [{ metric: 'coal_output', period: '2024-01-01', value: '126873.8' }]);
  await publish('2026-01-20', [{ metric: 'coal_output', period: '2025-01-01', value: '130500' }]);
  // Of another metric one year of the stretch came alone, and the years before the months ended.
  const retail = { metric: 'retail_sales', value: '7500' };
  await publish('2022-08-20', [{ ...retail, freq: 'M', basis: 'ytd', period: '2022-07-01' }]);
  await publish('2026-01-20', [
    { ...retail, period: '2021-01-01' },
    { ...retail, period: '2023-01-01' },
    { ...retail, period: '2025-01-01' },
  ]);
});
afterAll(() => runtime.close());

const operator = () => runtime.context(actorOf('operator'));
const cell = { metric: 'coal_output', region: 140000, slice: '', measure: 'level' } as const;

describe('months that only years tell of', () => {
  it('are asked for nowhere: what is overdue is 1-2月 of the year after, on the figure of the year as well', async () => {
    const ctx = operator();
    const row = (await listReleases(ctx)).releases.find(({ metric }) => metric === 'coal_output');
    expect(row).toMatchObject({
      ...{ periodLabel: '2026年1-2月', state: 'overdue' },
      covered: { found: ['2024年', '2025年'], lacking: [] },
    });
    // 月后18–22日: due by the end of 22 March 2026.
    const text = '2026年1-2月应于 2026-03-22 前到达,逾期未报';

    const screen = await readScreen(ctx, { screen: 'province' });
    const strip = screen.panels.flatMap(({ result }) =>
      result.ok && 'indicators' in result.data ? result.data.indicators.map(({ figure }) => figure) : [],
    );
    const onWall = strip.find(({ metric }) => metric === 'coal_output');
    expect(onWall).toMatchObject({ periodLabel: '2025年', freshness: { state: 'overdue', text } });

    const { domains } = await readMetricList(ctx);
    const listed = domains.flatMap(({ metrics }) => metrics).find(({ code }) => code === 'coal_output');
    expect(listed?.figure?.freshness.text).toBe(text);

    for (const freq of ['M', 'A'] as const) {
      const page = await readMetricPage(ctx, { code: 'coal_output', freq });
      expect([freq, page.freshness?.text]).toEqual([freq, text]);
    }
    const october = { ...cell, freq: 'M', basis: 'ytd', periodMs: instantOf(2024, 10) } as const;
    const year = { ...cell, freq: 'A', basis: 'period', periodMs: instantOf(2025) } as const;
    for (const of of [october, year]) {
      const { figure } = await readPassport(ctx, { cell: of });
      expect([of.freq, figure.freshness.text]).toEqual([of.freq, text]);
    }
  });

  it('are not said to be told of by a year that never came', async () => {
    const { releases } = await listReleases(operator());
    const row = releases.find(({ metric }) => metric === 'retail_sales');
    expect(row?.covered).toMatchObject({
      lastLabel: '2022年1-7月',
      found: ['2023年', '2025年'],
      lacking: ['2022年', '2024年'],
    });
  });

  it('were asked for before the year that tells of them came', async () => {
    // On 2025-12-05 of 2025 nothing had come: of the months after October 2024, those of 2024 are told by that year.
    const asOfMs = instantOf(2025, 12, 5);
    const page = await readMetricPage(operator(), { code: 'coal_output', freq: 'M', asOfMs });
    expect(page.freshness).toMatchObject({ state: 'overdue', nextPeriodLabel: '2025年1-2月' });
  });
});

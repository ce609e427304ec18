import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodOf } from '@/metrics/time/period';
import { readComparable } from '@/server/observations/comparable';
import { readMetricPage } from '@/server/services/desk/page';
import { yoyOf } from '@/server/services/screens/change';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { publishDeskFigures } from '@/tests/support/desk-figures';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** One growth of one cell, whoever says it: the page's headline, course and regions, the passport, the wall. */
let runtime: TestRuntime;
let publish: ReturnType<typeof publisher>;
const ctx = () => runtime.context(actorOf('analyst'));

beforeAll(async () => {
  runtime = await openTestRuntime();
  publish = publisher(runtime);
  await publishDeskFigures(publish);
});
afterAll(() => runtime.close());

describe('growth that is published as a metric of its own alone', () => {
  it('stands in the course and among the regions as in the headline', async () => {
    const growth = { metric: 'gdp_growth', period: '2021-01-01', region: 140900 };
    await publish('2022-01-15', [{ ...growth, value: '8.7' }]);
    const page = await readMetricPage(ctx(), { code: 'gdp', region: 140900, period: '2021' });
    const said = { text: '+8.7%', basis: 'published' };
    expect(page.changes.find(({ label }) => label === '同比')).toMatchObject(said);
    expect(page.trend?.points.find(({ period }) => period === '2021')?.yoy).toMatchObject(said);
    const province = await readMetricPage(ctx(), { code: 'gdp', period: '2021' });
    const row = province.regions?.rows.find(({ region }) => region.code === 140900);
    expect(row?.change).toMatchObject(said);
    // Where nothing is published none is made of the levels.
    const other = province.regions?.rows.find(({ region }) => region.code === 140200);
    expect(other?.change.value).toBeNull();
  });
});

describe('a break of a monthly series', () => {
  const month = { metric: 'hotline_requests', freq: 'M', region: 140300 };
  const periodMs = periodOf('M', { year: 2025, month: 6 });
  const broken = '本期与此前口径不可直接比';

  it('parts every later month from every earlier one, by every read', async () => {
    await publish('2024-07-10', [
      { ...month, period: '2024-05-01', value: '70' },
      { ...month, period: '2024-06-01', value: '80' },
    ]);
    await publish('2025-02-10', [{ ...month, period: '2025-01-01', value: '90', flags: ['series_break'] }]);
    await publish('2025-07-10', [
      { ...month, period: '2025-05-01', value: '110' },
      { ...month, period: '2025-06-01', value: '100' },
    ]);
    const page = await readMetricPage(ctx(), {
      ...{ code: month.metric, region: month.region, freq: 'M', period: '2025-06' },
    });
    const change = (label: string) => page.changes.find((one) => one.label === label);
    expect(change('同比')).toMatchObject({ value: null, rule: broken });
    // The month before lies on the same side of the break: 100 / 110 − 1.
    expect(change('环比')?.text).toBe('−9.1%');
    expect(page.trend?.points.find(({ period }) => period === '2025-06')?.yoy).toMatchObject({
      value: null,
      rule: broken,
    });
    const regions = await readMetricPage(ctx(), { code: month.metric, freq: 'M', period: '2025-06' });
    const row = regions.regions?.rows.find(({ region }) => region.code === month.region);
    expect(row?.change).toMatchObject({ value: null, rule: broken });

    const cell = { ...month, freq: 'M', slice: '', basis: 'period', measure: 'level', periodMs } as const;
    const passport = await readPassport(ctx(), { cell });
    expect(passport.comparisons.find(({ key }) => key === 'yoy')).toMatchObject({ reason: broken });
    const observations = await readComparable(ctx(), { metrics: [month.metric], regions: [month.region] });
    const { definition } = runtime.stores.registry.get(month.metric);
    const current = observations.find((o) => o.periodMs === periodMs);
    const asOfMs = Date.parse('2026-11-01T00:00:00+08:00');
    expect(yoyOf({ definition, standard: null, current, observations, asOfMs }).rule).toBe(broken);
  });

  it('parts them no more once the base was published anew', async () => {
    await publish('2025-08-10', [{ ...month, period: '2024-06-01', value: '95' }]);
    const page = await readMetricPage(ctx(), {
      ...{ code: month.metric, region: month.region, freq: 'M', period: '2025-06' },
    });
    // 100 / 95 − 1
    expect(page.changes[0]).toMatchObject({ label: '同比', text: '+5.3%' });
  });
});

describe('growth of levels that are told again', () => {
  const place = { metric: 'unconv_gas_output', region: 140500 };
  const period = '2023-01-01';
  const saidGrowth = async (asOfDay?: string) => {
    const asOf = asOfDay === undefined ? {} : { asOfMs: Date.parse(`${asOfDay}T12:00:00+08:00`) };
    const page = await readMetricPage(ctx(), {
      ...{ code: place.metric, region: place.region, period: '2023', ...asOf },
    });
    const cell = { ...place, freq: 'A', slice: '', basis: 'period', measure: 'level' } as const;
    const passport = await readPassport(ctx(), {
      cell: { ...cell, periodMs: periodOf('A', { year: 2023 }) },
      ...asOf,
    });
    const province = await readMetricPage(ctx(), {
      code: place.metric,
      period: '2023',
      ...asOf,
    });
    return [
      page.changes.find(({ label }) => label === '同比'),
      page.trend?.points.find((one) => one.period === '2023')?.yoy,
      province.regions?.rows.find(({ region }) => region.code === place.region)?.change,
      passport.comparisons.find(({ key }) => key === 'yoy'),
    ].map((one) => one?.text);
  };

  it('is that of their publisher as long as only their marks are other ones', async () => {
    const yoy = { ...place, period, measure: 'yoy', value: '5.0' };
    await publish('2023-02-01', [{ ...place, period: '2022-01-01', value: '100' }]);
    await publish('2024-02-01', [{ ...place, period, value: '106' }, yoy]);
    await publish('2024-03-01', [{ ...place, period, value: '106', flags: ['inferred'] }]);
    await publish('2024-03-02', [{ ...place, period: '2022-01-01', value: '100', flags: ['inferred'] }]);
    expect(await saidGrowth()).toEqual(['+5.0%', '+5.0%', '+5.0%', '+5.0%']);
  });

  it('and theirs again once another value came and went', async () => {
    await publish('2024-04-01', [{ ...place, period, value: '108' }]);
    // 108 / 100 − 1
    expect(await saidGrowth()).toEqual(['+8.0%', '+8.0%', '+8.0%', '+8.0%']);
    expect(await saidGrowth('2024-03-20')).toEqual(['+5.0%', '+5.0%', '+5.0%', '+5.0%']);
    await publish('2024-05-01', [{ ...place, period, value: '106' }]);
    // The level of 106 that stands now was said after the growth of 5.0: 106 / 100 − 1
    expect(await saidGrowth()).toEqual(['+6.0%', '+6.0%', '+6.0%', '+6.0%']);
  });
});

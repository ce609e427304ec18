import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalculus } from '@/server/services/calculus/read';
import { queryObservations } from '@/server/services/observations/query';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import { actorOf } from '@/tests/support/actors';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  const growth = (region: number, value: string) => ({
    metric: 'gdp',
    region,
    measure: 'yoy',
    period: '2023-01-01',
    value,
  });
  await publisher(runtime)('2024-01-25', [
    growth(140000, '5.0'),
    growth(100000, '5.2'),
    growth(140100, '6.1'),
    { metric: 'gdp', region: 140000, period: '2023-01-01', value: '25698.18' },
  ]);
});
afterAll(() => runtime.close());

const province = actorOf('analyst');
const city = actorOf('analyst', { regions: [140200] });

describe('the nation', () => {
  it('is what a reader of the province compares with: metric page, passport and wall', async () => {
    const ctx = runtime.context(province);
    const { workings, cell } = await readCalculus(ctx, { code: 'gdp', region: 140000, period: '2023' });
    const above = workings.find(({ key }) => key === 'above_nation_pp');
    // 5.0 − 5.2.
    expect(above).toMatchObject({ text: '−0.2 个百分点', tone: 'unfavourable' });
    const passport = await readPassport(ctx, { cell });
    expect(passport.comparisons.find(({ key }) => key === 'above_nation_pp')).toEqual(above);
    const { panels } = await readScreen(ctx, { screen: 'province' });
    const cards = panels.flatMap(({ result }) =>
      result.ok && 'indicators' in result.data ? result.data.indicators : [],
    );
    const gdp = cards.find(({ figure }) => figure.metric === 'gdp');
    expect(gdp?.figure.region).toBe(140000);
    const change = gdp?.changes.find(({ label }) => label === '比全国');
    expect(change).toMatchObject({ text: '−0.2 个百分点', rule: '本地区增速 − 全国增速 5.2%' });
    // Where the nation's number is from can be asked for by whoever sees it.
    expect(change?.cell && (await readPassport(ctx, { cell: change.cell })).figure.text).toBe('5.2');
  });

  it('is public beside any scope, and in nobody’s list of regions', async () => {
    const query = (actor: typeof city, region?: number[]) =>
      queryObservations(runtime.context(actor), {
        metric: ['gdp'],
        measure: ['yoy'],
        ...(region && { region }),
      });
    const regionsOf = async (...asked: Parameters<typeof query>) =>
      (await query(...asked)).observations.map(({ region }) => region);
    expect(await regionsOf(city, [100000])).toEqual([100000]);
    expect(await regionsOf(city)).toEqual([]);
    expect(await regionsOf(province)).toEqual([140000, 140100]);
    expect(await regionsOf(actorOf('analyst', { regions: [100000] }))).toEqual([100000, 140000, 140100]);
  });

  it('opens no other region, domain or role', async () => {
    const ask = (actor: typeof city, region: number) =>
      queryObservations(runtime.context(actor), { metric: ['gdp'], region: [region] });
    const refused = (place?: string) => ({ code: 'forbidden', ...(place && { place }) });
    for (const region of [140000, 140100])
      await expect(ask(city, region)).rejects.toMatchObject(refused('region'));
    await expect(ask(actorOf('analyst', { regions: [] }), 100000)).rejects.toMatchObject(refused('region'));
    const elsewhere = actorOf('analyst', { domains: ['environment'] });
    await expect(ask(elsewhere, 100000)).rejects.toMatchObject(refused('metric'));
    await expect(ask(actorOf('auditor'), 100000)).rejects.toMatchObject(refused());
    // A wall or a page of the nation itself is still for those whose scope it is.
    await expect(
      readScreen(runtime.context(province), { screen: 'province', region: 100000 }),
    ).rejects.toMatchObject(refused('region'));
  });
});

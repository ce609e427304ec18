import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf } from '@/metrics/regions/tree';
import { at, figures, openWorld, type World } from '@/tests/support/compute';
import { COUNTIES, each, said } from '@/tests/support/county-months';

const YANGQUAN = childrenOf(140300).map(({ code }) => code);

const opening = (region: number, month: string, stock: number, published: string) =>
  figures('entity_total', region, { freq: 'M', basis: 'point' }, [[month, String(stock), published]]);

let world: World;
/**
 * 10 000 in the province at the end of 2025, 1000 in 阳泉, 3000 in 太原, 200 in each county of 阳泉. Each county founds one a
 * month, but those of 阳泉 none in April: 盂县 (140322) has one that goes, the other four say nothing.
 */
beforeAll(async () => {
  world = await openWorld('2026-06-10T12:00:00');
  await world.load('official_figure', [
    ...opening(140000, '2025-12', 10_000, '2026-01-05'),
    ...opening(140300, '2025-12', 1000, '2026-01-05'),
    ...opening(140100, '2025-12', 3000, '2026-01-05'),
    ...YANGQUAN.flatMap((county) => opening(county, '2025-12', 200, '2026-01-05')),
    ...figures('pop_resident', 140300, { freq: 'A', basis: 'point' }, [['2025', '130', '2026-03-01']]),
  ]);
  const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'];
  const founded = each(COUNTIES, months, (month) => (month === '2026-04' ? YANGQUAN : []));
  const event = (uscc: string, county: number, kind: string, day: string) => ({
    ...{ uscc, region_code: county, event: kind, event_date: day },
    ...{ entity_type: '企业', industry: '5211' },
  });
  await world.load(
    'market_entity_event',
    [
      ...founded.map(({ county, month, day }) => event(`${county} ${month}`, county, 'establish', day)),
      event('140322 2026-01', 140322, 'cancel', '2026-04-10'),
    ],
    '2026-01-01',
    '2026-05-31',
  );
  await world.compute();
}, 240_000);
afterAll(() => world.runtime.close());

it('the same rows computed once more tell nothing new', async () => {
  const stretch = { fromMs: at('2026-01-01T00:00:00'), toMs: at('2026-06-01T00:00:00') };
  const again = await world.compute({ dataset: 'market_entity_event', ...stretch });
  expect([again.rowsWritten, again.derivedRows]).toEqual([0, 0]);
});

describe('a stock that goes on from a published one, past a month of which counties say nothing', () => {
  it('is partial in the city from the end of that month on', async () => {
    expect(
      await said(world, 'entity_total', [
        '140300 D point 2026-03-31',
        '140300 D point 2026-04',
        '140300 M point',
      ]),
    ).toMatchObject({
      '140300 D point 2026-03-31': '1015',
      '140300 D point 2026-04-09': '1015',
      '140300 D point 2026-04-10': '1014',
      '140300 D point 2026-04-29': '1014',
      '140300 D point 2026-04-30': '1014 partial',
      '140300 M point 2026-03-01': '1015',
      '140300 M point 2026-04-01': '1014 partial',
      '140300 M point 2026-05-01': '1019 partial',
    });
  });

  it('is partial in the province as well, where so few as four of 117 lack', async () => {
    expect(
      await said(world, 'entity_total', ['140000 D point 2026-04', '140000 D point 2026-05-28', '140000 M']),
    ).toMatchObject({
      // 10 000 + 3 · 117; + 112 of the other cities − 1.
      '140000 M point 2026-03-01': '10351',
      '140000 D point 2026-04-29': '10462',
      '140000 D point 2026-04-30': '10462 partial',
      '140000 D point 2026-05-28': '10579 partial',
    });
  });

  it('ends in the silent counties and goes on unmarked in the others', async () => {
    const days = await said(world, 'entity_total', ['140302 D', '140322 D point 2026-05', '140100 M']);
    expect(days).toMatchObject({
      '140302 D point 2026-03-31': '203',
      '140322 D point 2026-05-28': '203',
      '140100 M point 2026-05-01': '3050',
    });
    expect(
      Object.keys(days).filter((place) => place > '140302 D point 2026-03-31' && place < '140303'),
    ).toEqual([]);
  });

  it('hands it on to what is made of it', async () => {
    // 1015, 1014 and 1019 over 130 ten thousands, in thousands.
    expect(await said(world, 'entities_per_1000', ['140300 M'])).toMatchObject({
      '140300 M point 2026-03-01': '0.7807692308',
      '140300 M point 2026-04-01': '0.78 partial',
      '140300 M point 2026-05-01': '0.7838461538 partial',
    });
  });

  it('is whole again from the next published one', async () => {
    await world.load('official_figure', opening(140300, '2026-04', 1016, '2026-05-08'));
    // The first computes what was published, the second what is counted from it.
    await world.compute();
    await world.compute();
    expect(
      await said(world, 'entity_total', [
        '140300 D point 2026-05-28',
        '140300 M',
        '140000 D point 2026-05-28',
      ]),
    ).toMatchObject({
      '140300 M point 2026-04-01': '1016',
      '140300 D point 2026-05-28': '1021',
      '140000 D point 2026-05-28': '10579 partial',
    });
  });
});

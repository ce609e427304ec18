import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readComparable } from '@/server/observations/comparable';
import { at, openWorld, ticket, type World } from '@/tests/support/compute';
import { COUNTIES, each, said } from '@/tests/support/county-months';

/** Of May 2026, in six cities: 111 of 117 counties are 94.9 %. */
const SIX_OF_MAY = [140105, 140213, 140321, 140403, 140502, 140602];

let world: World;
/**
 * Every county has a ticket and a case a month from November 2025, but 平定县 (140321) none in April 2026 and six counties
 * none in May. All tickets are due and done on their day, those of 140106 a day later; its cases come to the hall.
 */
beforeAll(async () => {
  world = await openWorld('2026-06-10T12:00:00');
  const months = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05'];
  const places = each(COUNTIES, months, (month) => {
    if (month === '2026-04') return [140321];
    return month === '2026-05' ? SIX_OF_MAY : [];
  });
  await world.load(
    'hotline_ticket',
    places.map(({ county, day, month }) =>
      ticket(`${county} ${month}`, county, `${day} 09:00:00`, {
        dispatched: 1,
        due_ts: `${day} 18:00:00`,
        finish_ts: `${day} ${county === 140106 ? 20 : 12}:00:00`,
      }),
    ),
    '2025-11-01',
    '2026-05-31',
  );
  await world.load(
    'service_case',
    places.map(({ county, day, month }) => ({
      case_no: `${county} ${month}`,
      region_code: county,
      channel: county === 140106 ? 'hall' : 'web',
      department: '人社',
      item_type: '许可',
      subject_type: 'person',
      accept_ts: `${day} 09:00:00`,
    })),
    '2025-11-01',
    '2026-05-31',
  );
  await world.compute();
}, 240_000);
afterAll(() => world.runtime.close());

describe('the province while one county of 117 has nothing of a month that is over (calculus.md §13)', () => {
  it('is partial in every sum, and says that it lacks little', async () => {
    expect(await said(world, 'hotline_requests', ['140000 M period 20'])).toEqual({
      '140000 M period 2025-11-01': '117',
      '140000 M period 2025-12-01': '117',
      '140000 M period 2026-01-01': '117',
      '140000 M period 2026-02-01': '117',
      '140000 M period 2026-03-01': '117',
      '140000 M period 2026-04-01': '116 nearly_whole partial',
      '140000 M period 2026-05-01': '111 partial',
    });
    // 116 counties: of the first four days of the turn five each, of the others four, 平定县 in its own place.
    const days = await said(world, 'hotline_requests', [
      '140000 D period 2026-04',
      '140000 D period 2026-03',
    ]);
    const marks = (month: string) =>
      Object.entries(days).flatMap(([place, text]) =>
        place.includes(` ${month}-`) ? [text.split(' ').slice(1).join(' ')] : [],
      );
    expect([...new Set(marks('2026-03'))]).toEqual(['']);
    expect([...new Set(marks('2026-04'))]).toEqual(['nearly_whole partial']);
  });

  it('leaves its city as it is, and the other cities whole', async () => {
    const cities = await said(world, 'hotline_requests', ['140300 M period 2026', '140100 M period 2026-04']);
    expect(cities).toEqual({
      '140300 M period 2026-01-01': '5',
      '140300 M period 2026-02-01': '5',
      '140300 M period 2026-03-01': '5',
      '140300 M period 2026-04-01': '4 partial',
      '140300 M period 2026-05-01': '4 partial',
      '140100 M period 2026-04-01': '10',
    });
  });

  it('hands it on to 累计, until a month lacks more', async () => {
    const ytd = await said(world, 'hotline_requests', ['140000 M ytd 2026', '140000 A period 2026']);
    expect(ytd).toEqual({
      '140000 M ytd 2026-01-01': '117',
      '140000 M ytd 2026-02-01': '234',
      '140000 M ytd 2026-03-01': '351',
      '140000 M ytd 2026-04-01': '467 nearly_whole partial',
      '140000 M ytd 2026-05-01': '578 partial',
      // June has begun, and nothing of it is there.
      '140000 A period 2026-01-01': '578 partial running',
    });
  });

  it('keeps its rates: marked, no less comparable', async () => {
    // 116 of 117, 115 of 116; 464 of 468 less the one in 140321 is 463 of 467; May lacks six of 111 and is no rate of the province.
    expect(await said(world, 'hotline_ontime_rate', ['140000 M period 2026', '140000 M ytd 2026'])).toEqual({
      '140000 M period 2026-01-01': '99.1452991453',
      '140000 M period 2026-02-01': '99.1452991453',
      '140000 M period 2026-03-01': '99.1452991453',
      '140000 M period 2026-04-01': '99.1379310345 nearly_whole',
      '140000 M period 2026-05-01': '99.0990990991 partial',
      '140000 M ytd 2026-01-01': '99.1452991453',
      '140000 M ytd 2026-02-01': '99.1452991453',
      '140000 M ytd 2026-03-01': '99.1452991453',
      '140000 M ytd 2026-04-01': '99.1434689507 nearly_whole',
      '140000 M ytd 2026-05-01': '99.1349480969 partial',
    });
    const april = { regions: [140000], freq: ['M' as const], fromMs: at('2026-04-01T00:00:00') };
    const [rate] = await readComparable(world.runtime.context(), {
      metrics: ['hotline_ontime_rate'],
      ...april,
    });
    expect([rate?.flags, rate?.parts]).toEqual([['nearly_whole'], undefined]);
  });

  it('keeps the rates that are made of two sums', async () => {
    expect(await said(world, 'service_cases', ['140000 M period 2026-04'])).toEqual({
      '140000 M period 2026-04-01': '116 nearly_whole partial',
    });
    const share = await said(world, 'service_online_share', ['140000 M period 2026', '140000 M ytd 2026-0']);
    expect(share).toMatchObject({
      '140000 M period 2026-03-01': '99.1452991453',
      '140000 M period 2026-04-01': '99.1379310345 nearly_whole',
      '140000 M period 2026-05-01': '99.0990990991 partial',
    });
  });
});

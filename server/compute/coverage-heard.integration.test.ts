import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, ticket, type World } from '@/tests/support/compute';
import { COUNTIES, each, said } from '@/tests/support/county-months';

/** Nothing of May came of these, in six cities: 111 of 117 counties are 94.9 %. */
const SILENT = [140105, 140213, 140321, 140403, 140502, 140602];

let world: World;
/** A ticket a county and month, due and done on its day; of the silent ones one of April that is due in May. */
beforeAll(async () => {
  world = await openWorld('2026-06-10T12:00:00');
  const months = ['2026-02', '2026-03', '2026-04', '2026-05'];
  const done = (county: number, accepted: string, day: string) =>
    ticket(`${county} ${day}`, county, `${accepted} 09:00:00`, {
      dispatched: 1,
      due_ts: `${day} 18:00:00`,
      finish_ts: `${day} 12:00:00`,
    });
  const rows = each(COUNTIES, months, (month) => (month === '2026-05' ? SILENT : []));
  await world.load(
    'hotline_ticket',
    [
      ...rows.map(({ county, day }) => done(county, day, day)),
      ...SILENT.map((county) => done(county, '2026-04-29', '2026-05-06')),
    ],
    '2026-02-01',
    '2026-05-31',
  );
  await world.compute();
}, 240_000);
afterAll(() => world.runtime.close());

it('what was due over from the month before is no report of a county that sent nothing (calculus.md §13)', async () => {
  const rate = (place: string) =>
    said(world, 'hotline_ontime_rate', [place]).then((cells) => Object.values(cells));
  expect(await rate('140000 M period 2026-05')).toEqual(['100 partial']);
  expect(await rate('140000 M period 2026-04')).toEqual(['100']);
  expect(await rate('140500 M period 2026-05')).toEqual(['100 partial']);
  expect(await rate('140502 M period 2026-05')).toEqual(['100 partial']);
  expect(await rate('140525 M period 2026-05')).toEqual(['100']);
});

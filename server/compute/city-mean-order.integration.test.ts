import { afterAll, beforeAll, expect, it } from 'vitest';
import { air, cityCodes, figures, labelsOf, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

async function measure(month: string, days: number) {
  const all = Array.from({ length: days }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`);
  const rows = cityCodes().flatMap((city) =>
    all.flatMap((day) => labelsOf(day).map((label) => air(`s${city}`, city + 5, label, { pm25: 40 }))),
  );
  await world.load('air_quality_hour', rows, `${month}-01`, `${month}-${days}`);
  await world.compute();
}

async function publish(month: string, day: string) {
  const of = { freq: 'M', basis: 'mean', unit: 'μg/m³' };
  const all = cityCodes().flatMap((city) => figures('pm25_avg', city, of, [[month, '50', day]]));
  await world.load('official_figure', all, day);
  await world.compute();
}

const province = async (month: string) => (await world.cells('pm25_avg'))[`140000 M mean ${month}-01`];

it('the province of a month is what its rows say, whichever came first: the rows or the figures of its cities', async () => {
  await measure('2026-01', 31);
  await publish('2026-01', '2026-02-05');
  expect(await province('2026-01')).toBe('40');
  await publish('2025-11', '2025-12-05');
  expect(await province('2025-11')).toBe('50');
  await measure('2025-11', 30);
  expect(await province('2025-11')).toBe('40');
});

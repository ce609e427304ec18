import { afterAll, beforeAll, expect, it } from 'vitest';
import { air, at, figures, labelsOf, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-05-10T12:00:00');
});
afterAll(() => world.runtime.close());

/** T45, 太原 2025-11; of the hours of another city something comes later. */
const TAIYUAN = { so2_avg: '12', no2_avg: '40', co_p95: '1.2', o3_p90: '86', pm10_avg: '81', pm25_avg: '40' };
const publish = (values: Partial<typeof TAIYUAN>, published: string) =>
  world.load(
    'official_figure',
    Object.entries(values).flatMap(([metric, value]) =>
      figures(metric, 140100, { freq: 'M' }, [['2025-11', value, published]]),
    ),
  );
const index = async () => (await world.cells('air_composite_index'))['140100 M std2026 2025-11-01'];
/** What a publication reopens waits for the next run. */
const computeAll = async () => {
  await world.compute();
  await world.compute();
};

it('the index under another edition follows concentrations that are published late, or revised', {
  timeout: 120_000,
}, async () => {
  // Without any row there are the published concentrations alone.
  await publish({ ...TAIYUAN, pm25_avg: '35' }, '2025-12-01');
  await computeAll();
  // 35 / 30 → 1.17 instead of 1.33.
  expect(await index()).toBe('4.56 of_published');
  const day = labelsOf('2026-04-10').map((label) => air('s140200', 140200, label, { pm25: 40 }));
  await world.load('air_quality_hour', day, '2026-04-10');
  await publish(TAIYUAN, '2025-12-15');
  await computeAll();
  // 0.20 + 1.00 + 0.30 + 0.54 + 1.35 + 1.33
  expect(await index()).toBe('4.72 of_published');
  // PM2.5 43 instead of 40: 1.43 instead of 1.33.
  await publish({ pm25_avg: '43' }, '2026-03-20');
  await computeAll();
  expect(await index()).toBe('4.82 of_published');
  expect(await world.compute()).toMatchObject({ rowsWritten: 0, derivedRows: 0 });
});

it('says so where some concentrations are the publisher’s and the others are what rows make', {
  timeout: 180_000,
}, async () => {
  const days = Array.from({ length: 30 }, (_, i) => `2025-12-${String(i + 1).padStart(2, '0')}`);
  const clean = { so2: 10, no2: 30, pm10: 80, pm25: 50, co: 1, o3: 60 };
  const hours = days.flatMap((day) => labelsOf(day).map((label) => air('s140300', 140300, label, clean)));
  await world.load('air_quality_hour', hours, '2025-12-01', '2025-12-31');
  const publishOf = (values: Partial<typeof TAIYUAN>, published: string) =>
    world.load(
      'official_figure',
      Object.entries(values).flatMap(([metric, value]) =>
        figures(metric, 140300, { freq: 'M', basis: metric.endsWith('_avg') ? 'mean' : 'period' }, [
          ['2025-12', value, published],
        ]),
      ),
    );
  const december = async () => {
    await computeAll();
    const [newest] = await world.observations('air_composite_index', {
      ...{ regions: [140300], freq: ['M'], basis: ['std2026'], fromMs: at('2025-12-01T00:00:00') },
      toMs: at('2025-12-02T00:00:00'),
    });
    return [newest?.value, newest?.flags.includes('mixed_origin')];
  };
  // 10/60 0.17, 30/40 0.75, 80/60 1.33, 50/30 1.67, 1/4 0.25, 60/160 0.38.
  expect(await december()).toEqual(['4.55', false]);
  const { pm25_avg: _, ...five } = TAIYUAN;
  await publishOf(five, '2026-01-15');
  // 0.20 + 1.00 + 0.30 + 0.54 + 1.35 of the publisher, 50 / 30 of the rows.
  expect(await december()).toEqual(['5.06', true]);
  await publishOf({ pm25_avg: '40' }, '2026-01-20');
  expect(await december()).toEqual(['4.72', false]);
});

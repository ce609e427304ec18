import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObservations } from '@/server/observations/read';
import { air, labelsOf, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

describe('air quality', () => {
  const clean = { pm10: 40, so2: 10, no2: 20, co: 0.5, o3: 80 };

  it('averages stations before the index (T40), names an hour by its beginning, and gives the day its 24 labels', async () => {
    const rows = labelsOf('2026-03-10').flatMap((label) => [
      air('s1', 140105, label, { ...clean, pm25: 40 }),
      air('s2', 140106, label, { ...clean, pm25: 80 }),
      air('s3', 140106, label, { ...clean, pm25: 900 }, { flag: 'RM' }),
      air('s4', 140106, label, { ...clean, pm25: 900 }, { station_kind: 'province' }),
      // The city series stands in only where there is no station: it must not enter the mean.
      air('city-140100', 140100, label, { ...clean, pm25: 900 }, { station_kind: 'city' }),
      air('city-140200', 140200, label, { ...clean, pm25: 30 }, { station_kind: 'city', is_demo: 1 }),
    ]);
    await world.load('air_quality_hour', rows, '2026-03-10');
    await world.compute();
    const pm25 = await world.cells('pm25_avg');
    expect(pm25['140100 H mean 2026-03-10T00']).toBe('60');
    expect(pm25['140100 H mean 2026-03-10T23']).toBe('60');
    expect(pm25['140100 H mean 2026-03-11T00']).toBeUndefined();
    expect(pm25['140105 H mean 2026-03-10T00']).toBe('40');
    expect(pm25['140106 D mean 2026-03-10']).toBe('80');
    expect(pm25['140100 D mean 2026-03-10']).toBe('60');
    // The province is the equal mean of its cities: (60 + 30) / 2.
    expect(pm25['140000 D mean 2026-03-10']).toBe('45 demo');
    const index = await world.cells('aqi');
    // T40: stations 40 and 80 → city 60 → IAQI 100 by the 2026 rule, not the mean of 60 and 119.
    expect(index['140100 D period 2026-03-10']).toBe('100');
    expect(index['140100 H period 2026-03-10T05']).toBe('100');
    // Province: from its own concentrations, PM2.5 45 → 50 + 10·50/25 = 70.
    expect(index['140000 D period 2026-03-10']).toBe('70 demo');
    expect((await world.cells('o3_mda8'))['140100 D mean 2026-03-10']).toBe('80');
    const good = await world.cells('good_days');
    expect(good['140100 D period 2026-03-10']).toBe('1');
    expect(good['140000 D period 2026-03-10']).toBe('1 demo');
    expect((await world.cells('heavy_days'))['140100 D period 2026-03-10']).toBe('0');
    expect((await world.cells('valid_air_days'))['140106 D period 2026-03-10']).toBe('1');
    // One valid day is no month: missing with its reason, never a mean of what there is.
    expect(pm25['140100 M mean 2026-03-01']).toBe('null(missing) insufficient');
    expect(pm25['140100 M ytd 2026-03-01']).toBe('60');
    expect(good['140100 M period 2026-03-01']).toBe('1');
    expect(good['140100 D ytd 2026-03-10']).toBe('1');
    // One valid day of the 69 since New Year: whoever compares it with another year is told.
    const marked = await world.cells('good_days', { partial: true });
    expect(marked['140100 D ytd 2026-03-10']).toBe('1 partial');
    // A month needs 27 valid days, a year 324 (GB 3095): fewer are a count all the same, but of a part.
    expect(marked['140100 M period 2026-03-01']).toBe('1 partial');
    expect(marked['140100 A period 2026-01-01']).toBe('1 partial running');
  });

  it('reopens hour, day and month for a late row, and keeps what was known before', async () => {
    const before = world.runtime.clock.nowMs();
    await world.load(
      'air_quality_hour',
      [air('s1', 140105, '2026-03-10 09:00:00', { ...clean, pm25: 160 })],
      '2026-03-10',
    );
    await world.compute();
    const pm25 = await world.cells('pm25_avg');
    // (160 + 80) / 2 in the hour; (23 · 60 + 120) / 24 = 62.5 in the day.
    expect(pm25['140100 H mean 2026-03-10T08']).toBe('120');
    expect(pm25['140100 D mean 2026-03-10']).toBe('62.5');
    expect(pm25['140100 M ytd 2026-03-01']).toBe('62.5');
    // 62.5 rounds half-even to 62: 100 + 2·50/55 → 102 upward; the day is no longer good.
    expect((await world.cells('aqi'))['140100 D period 2026-03-10']).toBe('102');
    expect((await world.cells('good_days'))['140100 D period 2026-03-10']).toBe('0');
    const then = await readObservations(world.runtime.context(), {
      metrics: ['pm25_avg'],
      regions: [140100],
      freq: ['D'],
      asOfMs: before,
    });
    expect(then.map((o) => Number(o.value))).toEqual([60]);
  });

  it('withdraws a cell whose rows were withdrawn', async () => {
    await world.load(
      'air_quality_hour',
      [air('s1', 140105, '2026-03-10 10:00:00', {}, { is_deleted: 1 })],
      '2026-03-10',
    );
    await world.compute();
    expect((await world.cells('pm25_avg'))['140105 H mean 2026-03-10T09']).toBe('null(missing)');
    expect((await world.cells('pm25_avg'))['140100 H mean 2026-03-10T09']).toBe('80');
  });

  it('needs 20 hours a day, and publishes an incomplete AQI only above 100 (T32)', async () => {
    const labels = labelsOf('2026-03-20');
    await world.load(
      'air_quality_hour',
      [
        ...labels.slice(0, 19).map((label) => air('s5', 140300, label, { ...clean, pm25: 40 })),
        ...labels.slice(0, 20).map((label) => air('s6', 140400, label, { pm25: 80 })),
        ...labels.slice(0, 20).map((label) => air('s7', 140500, label, { pm25: 40 })),
      ],
      '2026-03-20',
      '2026-03-20',
    );
    await world.compute();
    expect((await world.cells('pm25_avg'))['140300 D mean 2026-03-20']).toBe('null(missing) insufficient');
    const index = await world.cells('aqi');
    expect(index['140400 D period 2026-03-20']).toBe('119');
    expect(index['140500 D period 2026-03-20']).toBe('null(missing) insufficient');
    expect((await world.cells('valid_air_days'))['140500 D period 2026-03-20']).toBe('0');
    expect((await world.cells('good_days'))['140500 D period 2026-03-20']).toBeUndefined();
  });

  it('makes months, percentiles and the composite index of finished days', async () => {
    // January 2025, 31 days: PM2.5 i on day i, CO 1 + i/10, O3 100 + i; the other three constant.
    const rows = Array.from({ length: 31 }, (_, i) => i + 1).flatMap((day) =>
      labelsOf(`2025-01-${String(day).padStart(2, '0')}`).map((label) =>
        air('s8', 140600, label, { pm25: day, pm10: 50, so2: 12, no2: 40, co: 1 + day / 10, o3: 100 + day }),
      ),
    );
    await world.load('air_quality_hour', rows, '2025-01-01', '2025-01-31');
    await world.compute();
    expect((await world.cells('pm25_avg'))['140600 M mean 2025-01-01']).toBe('16');
    // k = 1 + 30·0.95 = 29.5: between 3.9 and 4.0; k = 1 + 30·0.9 = 28: 128.
    expect((await world.cells('co_p95'))['140600 M period 2025-01-01']).toBe('3.95');
    expect((await world.cells('o3_p90'))['140600 M period 2025-01-01']).toBe('128');
    // 2012 limits: 12/60=0.20, 40/40=1.00, CO 3.95→4.0 (tie to even) /4=1.00, 128/160=0.80, 50/70=0.71, 16/35=0.46.
    expect((await world.cells('air_composite_index'))['140600 M period 2025-01-01']).toBe('4.17');
    // On day 31 CO is 4.1, just above its limit: IAQI 101.
    expect((await world.cells('good_days'))['140600 M period 2025-01-01']).toBe('30');
    expect((await world.cells('pm25_avg'))['140600 A mean 2025-01-01']).toBe('null(missing) insufficient');
  });
});

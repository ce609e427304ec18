import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { airDay as day } from '@/tests/support/air-day';
import { air, deliver, labelsOf, openWorld, type World } from '@/tests/support/compute';

/** Within every limit of 2012: PM10 150, PM2.5 75, O3 160. */
const CLEAN = { pm25: 30, pm10: 60, so2: 10, no2: 20, co: 0.5, o3: 80 };
const SAND = { sand_flag: 1 };

const APRIL = ['2025-04-01', '2025-04-02', '2025-04-03', '2025-04-04', '2025-04-05'] as const;
const TAIYUAN = 140105;

let world: World;
beforeAll(async () => {
  world = await openWorld('2025-05-10T12:00:00');
  await world.load(
    'air_quality_hour',
    [
      ...day(TAIYUAN, APRIL[0], CLEAN),
      // (10 · 500 + 14 · 60) / 24 = 243 of PM10; without the sand 14 hours, which are no day.
      ...day(TAIYUAN, APRIL[1], CLEAN, { dusty: 10, dust: { pm10: 500 } }),
      // The same, and ozone of 200: 100 + 50 · 40/55 → 137.
      ...day(TAIYUAN, APRIL[2], { ...CLEAN, o3: 200 }, { dusty: 10, dust: { pm10: 500 } }),
      // (4 · 800 + 20 · 60) / 24 = 183 of PM10; without the sand 20 hours of 60.
      ...day(TAIYUAN, APRIL[3], CLEAN, { dusty: 4, dust: { pm10: 800 } }),
      // Dust that nobody confirmed as such.
      ...day(TAIYUAN, APRIL[4], CLEAN, { dusty: 10, dust: { pm10: 500 }, more: {} }),
      ...APRIL.flatMap((of) => day(140202, of, CLEAN)),
    ],
    APRIL[0],
    APRIL[4],
  );
  await world.compute();
});
afterAll(() => world.runtime.close());

const of = async (metric: string, ...places: string[]) => {
  const cells = await world.cells(metric);
  return places.map((place) => cells[place]);
};
const daysOf = (region: number, basis: string) => APRIL.map((one) => `${region} D ${basis} ${one}`);

describe('days without the hours under sand', () => {
  it('are judged by their other hours, by their gases above 100, or not at all', async () => {
    expect(await of('good_days', ...daysOf(140100, 'period'))).toEqual(['1', '0', '0', '0', '0']);
    expect(await of('good_days', ...daysOf(140100, 'sand_adjusted'))).toEqual([
      ...['1', undefined, '0', '1', '0'],
    ]);
    expect(await of('valid_air_days', ...daysOf(140100, 'period'))).toEqual(['1', '1', '1', '1', '1']);
    expect(await of('valid_air_days', ...daysOf(140100, 'sand_adjusted'))).toEqual([
      ...['1', '0', '1', '1', '1'],
    ]);
    expect(await of('good_days', ...daysOf(TAIYUAN, 'sand_adjusted'))).toEqual([
      ...['1', undefined, '0', '1', '0'],
    ]);
    // Of the province the cities that are judged: on the second day 大同 alone.
    expect(await of('good_days', ...daysOf(140000, 'sand_adjusted'))).toEqual(['1', '1', '0.5', '1', '0.5']);
    expect(await of('good_days', ...daysOf(140000, 'period'))).toEqual(['1', '0.5', '0.5', '0.5', '0.5']);
  });

  it('leave what is not counted in days as it is', async () => {
    const pm10 = await world.cells('pm10_avg');
    expect(Number(pm10['140100 D mean 2025-04-04'])).toBeCloseTo(4400 / 24, 8);
    for (const metric of ['pm10_avg', 'pm25_avg', 'aqi', 'air_composite_index']) {
      const bases = Object.keys(await world.cells(metric)).filter((key) => key.includes('sand'));
      expect([metric, bases]).toEqual([metric, []]);
    }
  });

  it('add up to months, 累计 and the year in their own bases', async () => {
    const own = ['M sand_adjusted 2025-04-01', 'M sand_adjusted_ytd 2025-04-01'];
    const places = (region: number) => own.map((one) => `${region} ${one}`);
    const year = 'A sand_adjusted 2025-01-01';
    expect(await of('good_days', ...places(140100), `140100 ${year}`)).toEqual(['2', '2', '2 running']);
    expect(await of('valid_air_days', ...places(140100), `140100 ${year}`)).toEqual(['4', '4', '4 running']);
    expect(await of('good_days', ...places(140000), `140000 ${year}`)).toEqual(['3.5', '3.5', '3.5 running']);
    expect(await of('good_days', '140100 M period 2025-04-01', '140000 M ytd 2025-04-01')).toEqual([
      '1',
      '3',
    ]);
    expect(await of('good_days', ...daysOf(140100, 'sand_adjusted_ytd'))).toEqual(['1', '1', '1', '2', '2']);
    expect(await of('valid_air_days', ...daysOf(140100, 'sand_adjusted_ytd'))).toEqual([
      ...['1', '1', '2', '3', '4'],
    ]);
  });

  it('make the rate of good days out of both counts without sand', async () => {
    const rate = await world.cells('good_days_rate');
    const at = (place: string) => Number(rate[place]?.split(' ')[0]);
    expect(at('140100 M ytd 2025-04-01')).toBe(20);
    expect(at('140100 M sand_adjusted_ytd 2025-04-01')).toBe(50);
    expect(at('140100 D sand_adjusted_ytd 2025-04-03')).toBe(50);
    expect(at('140100 A sand_adjusted 2025-01-01')).toBe(50);
    // (1 + 5) of (5 + 5) days; (2 + 5) of (4 + 5).
    expect(at('140000 M ytd 2025-04-01')).toBe(60);
    expect(at('140000 M sand_adjusted_ytd 2025-04-01')).toBeCloseTo(700 / 9, 8);
    expect(at('140000 A sand_adjusted 2025-01-01')).toBeCloseTo(700 / 9, 8);
  });
});

describe('stations under sand', () => {
  it('leave an hour to the other stations; a city series does not stand in for them', async () => {
    const of = '2024-04-06';
    const dust = { dusty: 24, dust: { pm10: 490 } };
    const series = (region: number, pm10: number, more: object) =>
      labelsOf(of).map((label) =>
        air(`city-${region}`, region, label, { ...CLEAN, pm10 }, { station_kind: 'city', ...more }),
      );
    await world.load(
      'air_quality_hour',
      [
        ...day(140302, of, CLEAN, dust),
        ...day(140303, of, { ...CLEAN, pm10: 80 }),
        ...day(140402, of, CLEAN, dust),
        ...series(140400, 60, {}),
        ...series(140500, 490, SAND),
        ...series(140600, 60, {}),
      ],
      of,
    );
    await world.compute();
    const cells = await world.cells('good_days');
    const at = (region: number, basis: string) => cells[`${region} D ${basis} ${of}`];
    // (490 + 80) / 2 = 285 of PM10 in the city.
    expect([at(140300, 'period'), at(140300, 'sand_adjusted')]).toEqual(['0', '1']);
    expect([at(140302, 'period'), at(140302, 'sand_adjusted')]).toEqual(['0', undefined]);
    expect([at(140400, 'period'), at(140400, 'sand_adjusted')]).toEqual(['0', undefined]);
    expect([at(140500, 'period'), at(140500, 'sand_adjusted')]).toEqual(['0', undefined]);
    expect([at(140600, 'period'), at(140600, 'sand_adjusted')]).toEqual(['1', '1']);
    // 490 of PM10: 300 + 100 · 70/80 → 388.
    const heavy = await world.cells('heavy_days');
    expect(heavy[`140302 D period ${of}`]).toBe('1');
    expect(heavy[`140302 M sand_adjusted 2024-04-01`]).toBeUndefined();
    expect(heavy[`140300 M sand_adjusted 2024-04-01`]).toBe('0');
  });
});

describe('a stretch with days under sand', () => {
  it('is no part of itself for lacking them', async () => {
    const days = Array.from({ length: 31 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')}`);
    // 25 days are judged: fewer than the 27 of a month, and than 324/365 of what has passed of the year.
    const rows = days.flatMap((one, i) => day(140702, one, CLEAN, { dusty: i < 6 ? 24 : 0 }));
    await world.load('air_quality_hour', rows, '2024-01-01', '2024-01-31');
    await world.compute();
    const good = await world.cells('good_days', { partial: true });
    expect(good['140700 M period 2024-01-01']).toBe('31');
    expect(good['140700 M sand_adjusted 2024-01-01']).toBe('25');
    expect(good['140700 M sand_adjusted_ytd 2024-01-01']).toBe('25');
    expect(good['140700 D sand_adjusted_ytd 2024-01-31']).toBe('25');
    // No day of the year is judged yet: there is nothing to count.
    expect(good['140700 D sand_adjusted_ytd 2024-01-06']).toBeUndefined();
    expect(good['140700 D sand_adjusted_ytd 2024-01-07']).toBe('1');
    // February and March did not arrive: the year is one of a part by either count.
    expect(good['140700 A sand_adjusted 2024-01-01']).toBe('25 partial');
  });
});

describe('sand that is confirmed afterwards', () => {
  const HEADER = 'station_id,region_code,data_ts,pm25,pm10,so2,no2,co,o3,sand_flag';
  const rows = (sand: number, more = '') =>
    labelsOf('2025-05-09').map((label) => `s140802,140802,${label},30,490,10,20,0.5,80,${sand}${more}`);

  it('has its day, month and year counted again, and is withdrawn like it came', async () => {
    const places = ['D sand_adjusted 2025-05-09', 'M sand_adjusted_ytd 2025-05-01'];
    const seen = async (metric: string) => of(metric, ...places.map((place) => `140800 ${place}`));
    await deliver(world, 'air_quality_hour', HEADER, rows(0));
    expect(await seen('good_days')).toEqual(['0', '0 running']);
    expect(await seen('valid_air_days')).toEqual(['1', '1 running']);
    expect(await deliver(world, 'air_quality_hour', HEADER, rows(1))).toMatchObject({ duplicate: 0 });
    expect(await seen('good_days')).toEqual(['null(missing)', 'null(missing)']);
    expect(await seen('valid_air_days')).toEqual(['0', '0 running']);
    expect((await world.cells('good_days'))['140800 D period 2025-05-09']).toBe('0');
    // The same file once more would be no news.
    await deliver(world, 'air_quality_hour', `${HEADER},ws`, rows(0, ',1.5'));
    expect(await seen('good_days')).toEqual(['0', '0 running']);
    expect(await seen('valid_air_days')).toEqual(['1', '1 running']);
    await world.load('air_quality_hour', [], '2025-05-09');
    expect(await world.compute()).toMatchObject({ rowsWritten: 0, derivedRows: 0 });
  });
});

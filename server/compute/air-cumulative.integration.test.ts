import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { air, labelsOf, openWorld, type World } from '@/tests/support/compute';

const CLEAN = { pm25: 30, pm10: 40, so2: 10, no2: 20, co: 0.5, o3: 80 };
const DAYS = Array.from({ length: 10 }, (_, i) => `2026-01-${String(i + 1).padStart(2, '0')}`);

let world: World;
let rate: Record<string, string>;

beforeAll(async () => {
  world = await openWorld('2026-01-11T12:00:00');
  const day = (city: number, of: string, values: Record<string, number>, hours = 24) =>
    labelsOf(of)
      .slice(0, hours)
      .map((label) => air(`s${city}`, city + 5, label, values));
  const rows = DAYS.flatMap((of, i) => [
    // 太原: polluted on the third day, and too few hours on the tenth.
    ...day(140100, of, i === 2 ? { ...CLEAN, pm25: 200 } : CLEAN, i === 9 ? 10 : 24),
    // 大同 reports on the first day alone, 阳泉 never a whole day.
    ...(i === 0 ? day(140200, of, CLEAN) : []),
    ...day(140300, of, CLEAN, 10),
  ]);
  await world.load('air_quality_hour', rows, '2026-01-01', '2026-01-10');
  await world.compute();
  rate = await world.cells('good_days_rate', { partial: true });
});
afterAll(() => world.runtime.close());

describe('the share of good days so far', () => {
  it('stands on the valid days on a day that is none itself', async () => {
    // Eight of nine; 9/10 of the days are more than the 324 of 365 that HJ 663 asks of a year.
    expect(rate['140100 D ytd 2026-01-09']).toBe('88.8888888889');
    expect(rate['140100 D ytd 2026-01-10']).toBe('88.8888888889');
    const days = async (metric: string) => (await world.cells(metric))['140100 D ytd 2026-01-10'];
    expect([await days('good_days'), await days('valid_air_days')]).toEqual(['8', '9']);
  });

  it('goes on, marked, where nothing more has come of a city', () => {
    expect(rate['140200 D ytd 2026-01-01']).toBe('100');
    expect(rate['140200 D ytd 2026-01-10']).toBe('100 partial');
  });

  it('is none where no day was valid', () => {
    expect(rate['140300 D ytd 2026-01-10']).not.toMatch(/^\d/);
  });

  it('keeps every city with a valid day in the province, and no other', () => {
    // (8 + 1) / (9 + 1): 大同 keeps its day, 阳泉 has none to count.
    expect(rate['140000 D ytd 2026-01-10']).toBe('90 partial');
    expect(rate['140000 M ytd 2026-01-01']).toMatch(/^90 partial/);
  });
});

describe('本年累计 of a month in which a city sent nothing', () => {
  it('is of the year so far, as by day and by year, and keeps its place in the province', async () => {
    world.runtime.clock.set(Date.parse('2026-02-03T12:00:00+08:00'));
    const days = ['2026-02-01', '2026-02-02'];
    const rows = days.flatMap((of) => labelsOf(of).map((label) => air('s140100', 140105, label, CLEAN)));
    await world.load('air_quality_hour', rows, '2026-02-01', '2026-02-02');
    await world.compute();
    const good = await world.cells('good_days');
    const numberAt = (cell: string) => good[cell]?.split(' ')[0];
    // 大同 has its one day, 太原 its eight and two more.
    expect(['140200', '140100'].map((city) => numberAt(`${city} M ytd 2026-02-01`))).toEqual(['1', '10']);
    const province = ['M ytd 2026-02-01', 'D ytd 2026-02-02', 'A period 2026-01-01'];
    expect(province.map((cell) => numberAt(`140000 ${cell}`))).toEqual(['5.5', '5.5', '5.5']);
  });
});

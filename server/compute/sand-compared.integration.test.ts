import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetricPage } from '@/server/services/desk/page';
import { actorOf } from '@/tests/support/actors';
import { airDay as day } from '@/tests/support/air-day';
import { at, figures, openWorld, type World } from '@/tests/support/compute';

/** Within every limit of 2012: PM10 150, PM2.5 75, O3 160. */
const CLEAN = { pm25: 30, pm10: 60, so2: 10, no2: 20, co: 0.5, o3: 80 };

let world: World;
beforeAll(async () => {
  world = await openWorld('2025-05-10T12:00:00');
  await world.load(
    'air_quality_hour',
    [
      ...day(140105, '2025-04-01', CLEAN),
      // 243 of PM10 with its sand, 14 hours without it.
      ...day(140105, '2025-04-02', CLEAN, { dusty: 10, dust: { pm10: 500 } }),
      ...day(140105, '2025-04-03', { ...CLEAN, o3: 200 }),
    ],
    '2025-04-01',
    '2025-04-03',
  );
  await world.compute();
});
afterAll(() => world.runtime.close());

const seen = async (metric: string, ...places: string[]) => {
  const cells = await world.cells(metric);
  return places.map((place) => cells[place]);
};

describe('figures of 扣沙 on a page', () => {
  const page = (more: object = {}) =>
    readMetricPage(world.runtime.context(actorOf('analyst')), {
      code: 'good_days_rate',
      region: 140000,
      freq: 'A',
      ...more,
    });

  it('are the publisher’s where there are any, and stand beside the usual ones, which come first', async () => {
    await world.load(
      'official_figure',
      figures('good_days_rate', 140000, { freq: 'A', basis: 'sand_adjusted' }, [
        ['2024', '76.0', '2025-02-01'],
      ]),
    );
    await world.compute();
    const usual = await page();
    expect(usual.choices.freqs.find(({ freq }) => freq === 'A')?.bases).toContainEqual(
      expect.objectContaining({ basis: 'sand_adjusted', title: '扣沙' }),
    );
    expect(usual.choices.freqs.find(({ freq }) => freq === 'M')?.bases).toContainEqual(
      expect.objectContaining({ basis: 'sand_adjusted_ytd', title: '扣沙累计' }),
    );
    // One of three days, and one of two.
    expect(usual.trend?.points.at(-1)?.period).toBe('2025');
    expect(Number(usual.trend?.points.at(-1)?.value)).toBeCloseTo(100 / 3, 8);
    const sand = await page({ basis: 'sand_adjusted' });
    const points = new Map(sand.trend?.points.map((point) => [point.period, point]));
    expect(points.get('2024')?.value).toBe('76');
    expect(points.get('2025')?.value).toBe('50');
  });
});

describe('days without sand on both sides of a change of standard', () => {
  it('compare as judged by one edition, each basis with itself', async () => {
    world.runtime.clock.set(at('2026-05-10T12:00:00'));
    const days = (year: number) =>
      Array.from({ length: 30 }, (_, i) => `${year}-04-${String(i + 1).padStart(2, '0')}`);
    // PM10 of 130 is good by the edition of 2012 (150) and not by that of 2026 (120); so is the dust of the first three days,
    // (4 · 500 + 20 · 60) / 24 = 133.
    const before = days(2025).flatMap((one, i) =>
      day(140902, one, { ...CLEAN, pm10: i < 10 ? 60 : 130 }, { dusty: i < 3 ? 4 : 0, dust: { pm10: 500 } }),
    );
    const now = days(2026).flatMap((one) => day(140902, one, CLEAN));
    await world.load('air_quality_hour', before, '2025-04-01', '2025-04-30');
    await world.load('air_quality_hour', now, '2026-04-01', '2026-04-30');
    await world.compute();
    const april = (year: number, ...bases: string[]) =>
      seen('good_days', ...bases.map((basis) => `140900 M ${basis} ${year}-04-01`));
    const bases = ['period', 'std2026', 'sand_adjusted', 'std2026_sand_adjusted'] as const;
    expect(await april(2025, ...bases)).toEqual(['30', '7', '30', '10']);
    expect(await april(2026, ...bases)).toEqual(['30', '30', '30', '30']);
    expect(await seen('valid_air_days', '140900 D std2026_sand_adjusted_ytd 2025-04-30')).toEqual(['30']);
    const rate = await seen('good_days_rate', '140900 M std2026_sand_adjusted_ytd 2025-04-01');
    expect(Number(rate[0])).toBeCloseTo(100 / 3, 8);
    const yoyOf = async (basis: string) => {
      const ctx = world.runtime.context(actorOf('analyst'));
      const page = await readMetricPage(ctx, { code: 'good_days', region: 140900, freq: 'M', basis });
      return page.trend?.points.find(({ period }) => period === '2026-04')?.yoy;
    };
    const rule = '差值,同一标准(2026版)重算';
    expect(await yoyOf('period')).toMatchObject({ value: '23', rule });
    expect(await yoyOf('sand_adjusted')).toMatchObject({ value: '20', rule });
  });
});

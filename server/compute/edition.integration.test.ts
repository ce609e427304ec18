import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPeriods } from '@/metrics/time/period';
import { instantOf } from '@/metrics/time/zone';
import { readMetricPage } from '@/server/services/desk/page';
import { yoyOf } from '@/server/services/screens/change';
import { standardIn } from '@/server/services/screens/edition';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { air, labelsOf, openWorld, type World } from '@/tests/support/compute';

/** IAQI of PM2.5 70: 50 + 50·35/40 → 94 by the 2012 edition, 100 + 50·10/55 → 110 by that of 2026. */
const STEADY = { pm25: 70, pm10: 40, so2: 10, no2: 20, co: 0.5, o3: 80 };
/** T45, 太原 2025-11. */
const TAIYUAN = { so2: 12, no2: 40, co: 1.2, o3: 86, pm10: 81, pm25: 40 };

function daysOf(first: string, count: number): string[] {
  const [year = 0, month, day] = first.split('-').map(Number);
  const firstMs = instantOf(year, month, day);
  return Array.from({ length: count }, (_, i) =>
    new Date(addPeriods('D', firstMs, i) + 8 * 3_600_000).toISOString().slice(0, 10),
  );
}

const hours = (region: number, days: readonly string[], values: Record<string, number>) =>
  days.flatMap((day) => labelsOf(day).map((label) => air(`s${region}`, region, label, values)));

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-05-10T12:00:00');
  await world.load(
    'air_quality_hour',
    [
      ...hours(140105, daysOf('2025-01-01', 120), STEADY),
      ...hours(140105, daysOf('2026-01-01', 120), STEADY),
      ...hours(140200, daysOf('2025-11-01', 30), TAIYUAN),
    ],
    '2025-01-01',
    '2026-04-30',
  );
  await world.compute();
});
afterAll(() => world.runtime.close());

describe('air under two editions of its standard', () => {
  it('keeps the value of the day by the edition of its date, and beside it the one by that of 2026', async () => {
    const aqi = await world.cells('aqi');
    expect(aqi['140100 D period 2025-04-10']).toBe('94');
    expect(aqi['140100 D std2026 2025-04-10']).toBe('110');
    expect(aqi['140100 D period 2026-02-28']).toBe('94');
    expect(aqi['140100 D std2026 2026-02-28']).toBe('110');
    expect(aqi['140100 D period 2026-03-01']).toBe('110');
    expect(aqi['140100 D std2026 2026-03-01']).toBe('110');
    expect(aqi['140105 D std2026 2025-04-10']).toBe('110');
    // The only city with data is all that the province's concentrations are of.
    expect(aqi['140000 D std2026 2025-04-10']).toBe('110');
  });

  it('counts days by both, month by month and from January on', async () => {
    const good = await world.cells('good_days');
    expect(good['140100 M period 2025-04-01']).toBe('30');
    expect(good['140100 M std2026 2025-04-01']).toBe('0');
    expect(good['140000 M std2026 2025-04-01']).toBe('0');
    expect(good['140100 D period 2025-04-10']).toBe('1');
    expect(good['140100 D std2026 2025-04-10']).toBe('0');
    expect(good['140100 D ytd 2025-04-10']).toBe('100');
    expect(good['140100 D std2026_ytd 2025-04-10']).toBe('0');
    // 2026: January and February by the former edition are good, March and April are not.
    expect(good['140100 M ytd 2026-04-01']).toBe('59');
    expect(good['140100 M std2026_ytd 2026-04-01']).toBe('0');
    expect(good['140100 A std2026 2025-01-01']).toBe('0');
    const valid = await world.cells('valid_air_days');
    expect(valid['140100 M std2026 2025-04-01']).toBe('30');
    expect(valid['140100 M std2026_ytd 2025-04-01']).toBe('120');
    const rate = await world.cells('good_days_rate');
    expect(rate['140100 M ytd 2025-04-01']).toBe('100');
    expect(rate['140100 M std2026_ytd 2025-04-01']).toBe('0');
    expect(rate['140100 D std2026_ytd 2025-04-10']).toBe('0');
  });

  it('divides the composite index by the limits of both (T45)', async () => {
    const index = await world.cells('air_composite_index');
    expect(index['140200 M period 2025-11-01']).toBe('4.34');
    expect(index['140200 M std2026 2025-11-01']).toBe('4.72');
    expect(index['140200 M std2026_ytd 2025-11-01']).toBe('4.72');
    // Concentrations have no edition.
    expect(Object.keys(await world.cells('pm25_avg')).filter((key) => key.includes('std'))).toEqual([]);
  });

  it('compares across the change under one edition, and as published before it', async () => {
    const ctx = world.runtime.context(actorOf('analyst'));
    const { definition } = ctx.registry.get('good_days');
    const observations = await world.observations('good_days', { regions: [140100] });
    const change = (freq: string, basis: string, periodMs: number) =>
      yoyOf({
        definition,
        standard: standardIn(ctx, definition),
        current: observations.find((o) => o.freq === freq && o.basis === basis && o.periodMs === periodMs),
        observations,
        asOfMs: world.runtime.clock.nowMs(),
      });
    // By the editions of their dates it would be 0 − 30.
    expect(change('M', 'period', instantOf(2026, 4))).toMatchObject({
      value: '0',
      rule: '差值,同一标准(2026版)重算',
    });
    expect(change('M', 'ytd', instantOf(2026, 4))).toMatchObject({
      value: '0',
      rule: '差值,同一标准(2026版)重算',
    });
    expect(change('M', 'period', instantOf(2026, 2))).toMatchObject({ value: '0', rule: '差值' });
    const page = await readMetricPage(ctx, {
      code: 'good_days',
      region: 140100,
      freq: 'M',
      basis: 'period',
    });
    const points = new Map(page.trend?.points.map((point) => [point.period, point]));
    expect(points.get('2026-04')).toMatchObject({
      value: '0',
      yoy: { value: '0', rule: '差值,同一标准(2026版)重算' },
    });
    expect(page.controls.freqs.find(({ freq }) => freq === 'M')?.bases).toContainEqual(
      expect.objectContaining({ basis: 'std2026_ytd', title: '2026版标准累计' }),
    );
    const [cell] = observations.filter((o) => o.basis === 'std2026' && o.freq === 'M');
    expect(cell && (await readPassport(ctx, { cell })).basisText).toBe('2026版标准 · 水平值');
  });

  it('run twice is run once; follows a late row; withdraws what is withdrawn', async () => {
    await world.load('air_quality_hour', [], '2025-04-01', '2025-04-30');
    expect(await world.compute()).toMatchObject({ rowsWritten: 0, derivedRows: 0 });
    await world.load(
      'air_quality_hour',
      hours(140105, ['2025-04-10'], { ...STEADY, pm25: 35 }),
      '2025-04-10',
    );
    await world.compute();
    expect((await world.cells('aqi'))['140100 D std2026 2025-04-10']).toBe('50');
    const good = await world.cells('good_days');
    expect(good['140100 M std2026 2025-04-01']).toBe('1');
    expect(good['140100 D std2026_ytd 2025-04-30']).toBe('1');
    expect(good['140100 D std2026_ytd 2025-04-09']).toBe('0');
    expect(Number((await world.cells('good_days_rate'))['140100 M std2026_ytd 2025-04-01'])).toBeCloseTo(
      100 / 120,
      8,
    );
    const gone = labelsOf('2025-04-10').map((label) => air('s140105', 140105, label, {}, { is_deleted: 1 }));
    await world.load('air_quality_hour', gone, '2025-04-10');
    await world.compute();
    expect((await world.cells('aqi'))['140100 D std2026 2025-04-10']).toBe('null(missing)');
    expect((await world.cells('good_days'))['140100 D std2026 2025-04-10']).toBe('null(missing)');
    expect((await world.cells('good_days'))['140100 M std2026 2025-04-01']).toBe('0');
  });
});

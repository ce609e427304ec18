import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatPeriod } from '@/metrics/time/label';
import { periodRange } from '@/metrics/time/period';
import { instantOf } from '@/metrics/time/zone';
import { readMetricPage } from '@/server/services/desk/page';
import { yoyOf } from '@/server/services/screens/change';
import { standardIn } from '@/server/services/screens/edition';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { air, at, figures, labelsOf, openWorld, type World } from '@/tests/support/compute';

/** IAQI of PM2.5 70: 50 + 50·35/40 → 94 by the 2012 edition, 100 + 50·10/55 → 110 by that of 2026. */
const STEADY = { pm25: 70, pm10: 40, so2: 10, no2: 20, co: 0.5, o3: 80 };
/** T45, 太原 2025-11. */
const TAIYUAN = { so2: 12, no2: 40, co: 1.2, o3: 86, pm10: 81, pm25: 40 };

function daysFrom(first: string, last: string): string[] {
  return periodRange('D', at(`${first}T00:00:00`), at(`${last}T23:00:00`)).map((ms) => formatPeriod('D', ms));
}

const hours = (region: number, days: readonly string[], values: Record<string, number>) =>
  days.flatMap((day) => labelsOf(day).map((label) => air(`s${region}`, region, label, values)));

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-05-10T12:00:00');
  const load = (region: number, first: string, last: string, values: Record<string, number>) =>
    world.load('air_quality_hour', hours(region, daysFrom(first, last), values), first, last);
  await load(140105, '2025-04-01', '2025-04-30', STEADY);
  await load(140105, '2026-02-01', '2026-02-28', STEADY);
  await load(140105, '2026-04-01', '2026-04-30', STEADY);
  await load(140200, '2025-11-01', '2025-11-30', TAIYUAN);
  await world.load(
    'official_figure',
    figures('good_days', 140300, { freq: 'M' }, [
      ['2025-04', '25', '2025-05-01'],
      ['2026-04', '20', '2026-05-01'],
    ]),
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
    expect(aqi['140100 D period 2026-04-01']).toBe('110');
    expect(aqi['140100 D std2026 2026-04-01']).toBe('110');
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
    expect(good['140100 D ytd 2025-04-10']).toBe('10');
    expect(good['140100 D std2026_ytd 2025-04-10']).toBe('0');
    // 2026: February by the former edition is good, April by that of 2026 is not.
    expect(good['140100 M ytd 2026-04-01']).toBe('28');
    expect(good['140100 M std2026_ytd 2026-04-01']).toBe('0');
    expect(good['140100 A std2026 2025-01-01']).toBe('0');
    const valid = await world.cells('valid_air_days');
    expect(valid['140100 M std2026 2025-04-01']).toBe('30');
    expect(valid['140100 M std2026_ytd 2026-04-01']).toBe('58');
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

  it('judges a stretch that contains the change by the limits of its last instant, year and 累计 alike', async () => {
    const index = await world.cells('air_composite_index');
    const of = (key: string) => index[`140100 ${key}`];
    // 0.17 + 0.50 + 0.12 + 0.50 with PM10 40/70, PM2.5 70/35 → 3.86; with 40/60, 70/30 → 4.29.
    expect(of('M period 2026-02-01')).toBe('3.86');
    expect(of('M ytd 2026-02-01')).toBe('3.86');
    expect(of('M std2026_ytd 2026-02-01')).toBe('4.29');
    expect(of('M ytd 2026-04-01')).toBe('4.29');
    expect(of('M std2026_ytd 2026-04-01')).toBe('4.29');
    expect(of('A period 2026-01-01')).toBe('4.29 running');
    expect(of('A std2026 2026-01-01')).toBe('4.29 running');
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
    // Of both years April alone is there.
    expect(change('M', 'ytd', instantOf(2026, 4))).toMatchObject({
      value: null,
      rule: '两期数据都不完整,不可比',
    });
    expect(change('M', 'period', instantOf(2026, 2))).toMatchObject({ value: null, rule: '上年同期缺' });
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
    expect(page.choices.freqs.find(({ freq }) => freq === 'M')?.bases).toContainEqual(
      expect.objectContaining({ basis: 'std2026_ytd', title: '2026版标准累计' }),
    );
    const published = await readMetricPage(ctx, { code: 'good_days', region: 140300, freq: 'M' });
    expect(published.trend?.points.at(-1)).toMatchObject({
      value: '20',
      yoy: { value: null, text: '—', rule: '评价标准不同,不可比' },
    });
    const [cell] = observations.filter((o) => o.basis === 'std2026' && o.freq === 'M');
    expect(cell && (await readPassport(ctx, { cell })).basisText).toBe('2026版标准 · 水平值');
  });

  it('run twice is run once; follows a late row; withdraws what is withdrawn', {
    timeout: 180_000,
  }, async () => {
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
      100 / 30,
      8,
    );
    const gone = labelsOf('2025-04-10').map((label) => air('s140105', 140105, label, {}, { is_deleted: 1 }));
    await world.load('air_quality_hour', gone, '2025-04-10');
    await world.compute();
    expect((await world.cells('aqi'))['140100 D std2026 2025-04-10']).toBe('null(missing)');
    expect((await world.cells('good_days'))['140100 D std2026 2025-04-10']).toBe('null(missing)');
    expect((await world.cells('good_days'))['140100 M std2026 2025-04-01']).toBe('0');
  });

  it('are one from 2026-03-01 on, by whichever way: gaps, provinces and short months included', async () => {
    const stations = [140502, 140503, 140602, 140702];
    const days = daysFrom('2026-03-01', '2026-03-31');
    const rows = stations.flatMap((region, s) =>
      days.flatMap((day, d) =>
        // The last city has too few days for a month, the last but one too few hours on some days.
        (s === 3 && d > 20 ? [] : labelsOf(day)).map((label, h) => {
          const missing = (every: number) => (d + h + s) % every === 0 || (s === 2 && d % 9 === 0 && h < 6);
          const value = (x: number, every: number) => (missing(every) ? null : x);
          return air(`m${region}`, region, label, {
            pm25: value((d * 17 + h * 5 + s * 11) % 140, 11),
            pm10: value((d * 23 + h * 3) % 240, 13),
            so2: value((d + h) % 40, 17),
            no2: value((d * 7 + h) % 70, 19),
            co: value(((d + h) % 30) / 10, 23),
            o3: value((d * 13 + h * 9) % 190, 7),
          });
        }),
      ),
    );
    await world.load('air_quality_hour', rows, '2026-03-01', '2026-03-31');
    await world.compute();
    for (const metric of ['aqi', 'good_days', 'heavy_days', 'valid_air_days', 'air_composite_index']) {
      const march = (await world.observations(metric, { freq: ['D', 'M'] })).filter(
        ({ periodMs, value }) => periodMs >= instantOf(2026, 3) && periodMs < instantOf(2026, 4) && value,
      );
      const under = (basis: string) =>
        march
          .filter((o) => o.basis === basis)
          .map(({ freq, region, periodMs, value, numerator, denominator, status, flags }) =>
            JSON.stringify({ freq, region, periodMs, value, numerator, denominator, status, flags }),
          )
          .sort();
      expect(under('period').length).toBeGreaterThan(3);
      expect(under('std2026'), metric).toEqual(under('period'));
    }
  });
});

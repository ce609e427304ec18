import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readPassport } from '@/server/services/screens/passport';
import { air, at, cityCodes, figures, labelsOf, openWorld, type World } from '@/tests/support/compute';

// A year of the air is computed again and again.
vi.setConfig({ testTimeout: 240_000 });

const CLEAN = { pm25: 40, pm10: 70, so2: 12, no2: 20, co: 0.8, o3: 80 };
const CITIES = cityCodes();
const [FIRST = 0] = CITIES;

let world: World;

async function run() {
  const done = await world.compute();
  // What follows a computed value of one instant becomes known a millisecond later.
  world.runtime.clock.advance(1000);
  return done;
}

function measured(month: string, days: number, cities = CITIES) {
  const all = Array.from({ length: days }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`);
  return cities.flatMap((city) =>
    all.flatMap((day) => labelsOf(day).map((label) => air(`s${city}`, city + 5, label, CLEAN))),
  );
}

/** The same metric and month for several cities. */
function published(
  metric: string,
  month: string,
  day: string,
  values: Readonly<Record<number, string | null>>,
  basis = metric === 'pm25_avg' ? 'mean' : 'period',
) {
  return Object.entries(values).flatMap(([city, value]) =>
    figures(metric, Number(city), { freq: 'M', basis }, [
      [month, value, day, value === null ? 'missing' : 'final'],
    ]),
  );
}

const each = (value: string, cities = CITIES) => Object.fromEntries(cities.map((city) => [city, value]));

async function of(region: number, metric: string, month: string, asOf?: string) {
  const basis = metric === 'pm25_avg' ? 'mean' : metric === 'good_days_rate' ? 'ytd' : 'period';
  const cells = await world.cells(metric, { partial: true, ...(asOf && { asOf }) });
  return cells[`${region} M ${basis} ${month}-01`];
}
const province = (metric: string, month: string) => of(140000, metric, month);

beforeAll(async () => {
  world = await openWorld('2026-01-10T12:00:00');
  await world.load('official_figure', published('pm25_avg', '2025-11', '2025-12-05', each('50')));
  await run();
  const rows = [
    ...measured('2025-09', 30, CITIES.slice(0, 2)),
    ...measured('2025-10', 31),
    ...measured('2025-11', 30),
  ];
  await world.load('air_quality_hour', rows, '2025-09-01', '2025-11-30');
  await run();
}, 180_000);
afterAll(() => world.runtime.close());

describe('the province out of rows and of what is published of its cities', () => {
  it('is the figures of all cities where these came before the rows', async () => {
    // Every city is published, so the province is by the publishers' 口径, too.
    expect(await province('pm25_avg', '2025-11')).toBe('50 of_published');
    // Under the limits of 2026 a published concentration counts as well: 0.20 + 0.50 + 0.20 + 0.50 + 70/60 + 50/30 = 4.24.
    const index = await world.cells('air_composite_index');
    expect(index['140100 M std2026 2025-11-01']).toBe('4.24 mixed_origin');
  });

  it('is what the rows say as long as there is nothing else', async () => {
    expect(await province('pm25_avg', '2025-10')).toBe('40');
    expect(await province('pm25_avg', '2025-09')).toBe('40 partial');
    // 2012 limits: 12/60=0.20, 20/40=0.50, 0.8/4=0.20, 80/160=0.50, 70/70=1.00, 40/35=1.14: 3.54 a city.
    expect(await province('air_composite_index', '2025-10')).toBe('3.54');
    expect(await province('good_days_rate', '2025-10')).toBe('100 partial');
  });

  it('is made of the cell that stands for each city once figures of some come after the rows', async () => {
    const rising = Object.fromEntries(CITIES.map((city, i) => [city, String(3 + i / 10)]));
    await world.load('official_figure', [
      ...published('pm25_avg', '2025-10', '2025-11-05', { [FIRST]: '62' }),
      ...published('air_composite_index', '2025-10', '2025-11-05', rising),
      ...published('o3_p90', '2025-10', '2025-11-05', { [FIRST]: '190' }),
      ...published('good_days_rate', '2025-10', '2025-11-05', { [FIRST]: '78' }, 'ytd'),
      ...published('pm25_avg', '2025-09', '2025-10-05', {
        ...each('51', CITIES.slice(2, 10)),
        [FIRST]: '62',
      }),
      ...published('pm25_avg', '2025-08', '2025-09-05', each('51', CITIES.slice(0, 10))),
      ...published('o3_p90', '2024-05', '2024-06-05', each('166')),
      ...published('co_p95', '2024-05', '2024-06-05', each('1.4')),
    ]);
    await run();
    // (62 + 10 · 40) / 11.
    expect(await province('pm25_avg', '2025-10')).toBe('42 mixed_origin');
    // 3.00, 3.10 … 4.00: 38.5 / 11, and no index of provincial concentrations (T46).
    expect(await province('air_composite_index', '2025-10')).toBe('3.5 of_published');
    // (190 + 10 · 80) / 11.
    expect(await province('o3_p90', '2025-10')).toBe('90');
    // Two cities have 61 valid days, nine 31 of the 304 so far: (61 · 78 + 340 · 100) / 401.
    expect(await province('good_days_rate', '2025-10')).toBe('96.6533665835 partial');
    const [cell] = await world.observations('pm25_avg', {
      regions: [140000],
      freq: ['M'],
      fromMs: at('2025-10-01T00:00:00'),
      toMs: at('2025-11-01T00:00:00'),
    });
    const passport = cell && (await readPassport(world.runtime.context(), { cell }));
    expect(passport?.madeOf?.operands).toHaveLength(11);
  });

  it('is made so of a day, too', async () => {
    const day = { freq: 'D', basis: 'mean' };
    await world.load(
      'official_figure',
      figures('pm25_avg', FIRST, day, [['2025-10-10', '62', '2025-10-12']]),
    );
    await run();
    const cells = await world.cells('pm25_avg');
    // (62 + 10 · 40) / 11.
    expect([cells['140000 D mean 2025-10-10'], cells['140000 D mean 2025-10-11']]).toEqual([
      '42 mixed_origin',
      '40',
    ]);
  });

  it('is marked when a city has neither, and is none of publications alone that lack a city', async () => {
    // (62 + 40 + 8 · 51) / 10.
    expect(await province('pm25_avg', '2025-09')).toBe('51 mixed_origin partial');
    expect(await province('pm25_avg', '2025-08')).toBeUndefined();
  });

  it('needs no row, for percentiles either', async () => {
    expect(await province('o3_p90', '2024-05')).toBe('166');
    expect(await province('co_p95', '2024-05')).toBe('1.4');
  });

  it('stays so when its rows are computed again, and nothing is written that is known', async () => {
    const stretch = { fromMs: at('2025-10-01T00:00:00'), toMs: at('2025-12-01T00:00:00') };
    const again = await world.compute({ dataset: 'air_quality_hour', metrics: ['pm25_avg'], ...stretch });
    expect(again).toMatchObject({ rowsWritten: 0, derivedRows: 0 });
    expect(await province('pm25_avg', '2025-10')).toBe('42 mixed_origin');
  });

  it('is what the rows say again when the figures are taken back', async () => {
    await world.load('official_figure', [
      ...published('pm25_avg', '2025-10', '2025-12-05', { [FIRST]: null }),
      ...published('o3_p90', '2025-10', '2025-12-05', { [FIRST]: null }),
    ]);
    // The run that sees them queues the rows, which the next one computes.
    await run();
    await run();
    for (const [metric, value] of [
      ['pm25_avg', '40'],
      ['o3_p90', '80'],
    ] as const) {
      expect(await province(metric, '2025-10')).toBe(value);
      expect(await of(FIRST, metric, '2025-10')).toBe(value);
    }
  });
});

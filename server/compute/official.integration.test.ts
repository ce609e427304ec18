import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObservations } from '@/server/observations/read';
import { air, at, labelsOf, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

function figure(published: string, value: string | null, more: Record<string, unknown> = {}) {
  return {
    metric: 'gdp',
    region_code: 140000,
    period: '2020',
    freq: 'A',
    basis: 'period',
    measure: 'level',
    slice: '',
    status: 'prelim',
    value,
    unit: '亿元',
    published_at: published,
    source: '山西省统计局',
    confidence: 'high',
    flags: '',
    ...more,
  };
}

const gdp = (asOf?: string) =>
  readObservations(world.runtime.context(), {
    metrics: ['gdp'],
    measure: ['level'],
    ...(asOf ? { asOfMs: at(asOf) } : {}),
  });

describe('reported figures', () => {
  it('are known from the day they were published, revision by revision (T33)', async () => {
    await world.load(
      'official_figure',
      [
        // The later publication comes first in the file: the order of rows does not matter.
        figure('2022-03-01', '17835.6', { status: 'final' }),
        figure('2021-02-01', '17651.93', { flags: 'vintage_assumed' }),
        figure('2021-02-01', '3.6', { measure: 'yoy' }),
      ],
      '2021-02-01',
      '2022-03-01',
    );
    const run = await world.compute();
    expect(run).toMatchObject({ rowsRead: 3, rowsWritten: 3 });
    expect(await gdp('2021-01-31T12:00:00')).toEqual([]);
    const first = await gdp('2021-03-01T12:00:00');
    expect(first).toMatchObject([{ status: 'prelim', flags: ['vintage_assumed'], source: '山西省统计局' }]);
    expect(first.map((o) => Number(o.value))).toEqual([17651.93]);
    expect((await gdp('2022-06-01T12:00:00')).map((o) => Number(o.value))).toEqual([17835.6]);
    const growth = await readObservations(world.runtime.context(), { metrics: ['gdp'], measure: ['yoy'] });
    expect(growth.map((o) => Number(o.value))).toEqual([3.6]);
  });

  it('run twice is run once', async () => {
    await world.load('official_figure', [], '2021-02-01');
    expect((await world.compute()).rowsWritten).toBe(0);
  });

  it('become known at loading when a publication of the same day is corrected', async () => {
    const before = world.runtime.clock.nowMs();
    world.runtime.clock.advance(60_000);
    const ingest_ts = (world.runtime.clock.nowMs() / 1000).toFixed(3);
    const corrected = figure('2022-03-01', '17835.7', { status: 'final', ingest_ts });
    await world.load('official_figure', [corrected], '2022-03-01');
    expect((await world.compute()).rowsWritten).toBe(1);
    expect((await gdp()).map((o) => Number(o.value))).toEqual([17835.7]);
    const then = await readObservations(world.runtime.context(), {
      metrics: ['gdp'],
      measure: ['level'],
      asOfMs: before,
    });
    expect(then.map((o) => Number(o.value))).toEqual([17835.6]);
    await world.load('official_figure', [], '2022-03-01');
    expect((await world.compute()).rowsWritten).toBe(0);
  });

  it('carry that they were recalled or of a doubtful source as flags, so that whoever reads them sees it', async () => {
    const doubtful = { metric: 'pop_resident', period: '2020', basis: 'point', unit: '万人' };
    await world.load(
      'official_figure',
      [
        figure('2021-06-01', '3491.6', { ...doubtful, source: 'from memory', confidence: 'high' }),
        figure('2021-06-02', '3490', { ...doubtful, source: '某转载', confidence: 'low' }),
      ],
      '2021-06-01',
      '2021-06-02',
    );
    await world.compute();
    const known = await readObservations(world.runtime.context(), {
      metrics: ['pop_resident'],
      regions: [140000],
      allVintages: true,
    });
    expect(known.map(({ flags }) => flags)).toEqual([['recalled'], ['confidence_low']]);
  });

  it('do not let a corrected older publication overrule a newer one', async () => {
    await world.load(
      'official_figure',
      [figure('2021-02-01', '17650', { flags: 'vintage_assumed' })],
      '2021-02-01',
    );
    await world.compute();
    expect((await gdp()).map((o) => Number(o.value))).toEqual([17835.7]);
    expect((await gdp('2021-03-01T12:00:00')).map((o) => Number(o.value))).toEqual([17650]);
  });

  it('follow each other by the day of publication, however their period is written', async () => {
    const retail = { metric: 'retail_sales', freq: 'M', basis: 'ytd' };
    await world.load(
      'official_figure',
      [
        figure('2024-04-20', '1210', { ...retail, period: '2024-02', status: 'final' }),
        figure('2024-03-20', '1200', { ...retail, period: '2024年1-2月' }),
      ],
      '2024-03-20',
      '2024-04-20',
    );
    await world.compute();
    const known = async (asOf: string) => {
      const found = await world.observations('retail_sales', {
        freq: ['M'],
        basis: ['ytd'],
        asOfMs: at(asOf),
      });
      return found.map((o) => Number(o.value));
    };
    expect(await known('2024-04-01T12:00:00')).toEqual([1200]);
    expect(await known('2026-04-10T12:00:00')).toEqual([1210]);
    await world.load('official_figure', [], '2024-03-20');
    expect((await world.compute()).rowsWritten).toBe(0);
  });

  it('of one day correct each other, however their period is written', async () => {
    const retail = { metric: 'retail_sales', freq: 'M', basis: 'ytd' };
    const loaded = (minutes: number) => ({
      ingest_ts: (world.runtime.clock.nowMs() / 1000 + minutes * 60).toFixed(3),
    });
    await world.load(
      'official_figure',
      [
        figure('2024-05-20', '2500', { ...retail, ...loaded(-2), period: '2024年1-4月' }),
        figure('2024-05-20', '2510', { ...retail, ...loaded(-1), period: '2024-04' }),
      ],
      '2024-05-20',
    );
    await world.compute();
    const april = await world.observations('retail_sales', {
      freq: ['M'],
      basis: ['ytd'],
      fromMs: at('2024-04-01T00:00:00'),
      toMs: at('2024-05-01T00:00:00'),
    });
    expect(april.map((o) => Number(o.value))).toEqual([2510]);
    await world.load('official_figure', [], '2024-05-20');
    expect((await world.compute()).rowsWritten).toBe(0);
  });

  it('stand before computed values of the same cell, whichever came first', async () => {
    const january = Array.from({ length: 31 }, (_, i) => `2026-01-${String(i + 1).padStart(2, '0')}`);
    await world.load(
      'air_quality_hour',
      january.flatMap((day) => labelsOf(day).map((label) => air('s1', 140105, label, { pm25: 40 }))),
      '2026-01-01',
      '2026-01-31',
    );
    await world.compute();
    const month = async () => (await world.cells('pm25_avg'))['140100 M mean 2026-01-01'];
    expect(await month()).toBe('40');
    const published = figure('2026-02-05', '41', {
      metric: 'pm25_avg',
      region_code: 140100,
      period: '2026-01',
      freq: 'M',
      basis: 'mean',
      unit: 'μg/m³',
    });
    await world.load('official_figure', [published], '2026-02-05');
    await world.compute();
    expect(await month()).toBe('41');
    // Computing again neither overwrites nor withdraws what was published.
    await world.compute({ dataset: 'air_quality_hour', fromMs: at('2026-01-01T00:00:00') });
    expect(await month()).toBe('41');
    // A figure that was a mistake and is taken back leaves the cell to the rows again, for good.
    const { runtime } = world;
    const ingest_ts = (runtime.clock.nowMs() / 1000).toFixed(3);
    await world.load('official_figure', [{ ...published, is_deleted: 1, ingest_ts }], '2026-02-05');
    await world.compute();
    await world.compute();
    expect(await month()).toBe('40');
    await world.load('official_figure', [], '2026-02-05');
    expect((await world.compute()).rowsWritten).toBe(0);
    expect(await month()).toBe('40');
    // And one that is taken back without ever having counted leaves it alone.
    const never = { ...published, region_code: 140000, is_deleted: 1, ingest_ts };
    const province = async () => (await world.cells('pm25_avg'))['140000 M mean 2026-01-01'];
    expect(await province()).toBe('40');
    await world.load('official_figure', [never], '2026-02-05');
    await world.compute();
    expect(await province()).toBe('40');
  });

  it('are known since their day where only that they could not be derived was known, in any order of loads', async () => {
    const trade = (metric: string, value: string) =>
      figure('2020-01-18', value, { metric, period: '2019', source: '太原海关' });
    const total = async (asOf: string) => {
      const [found] = await readObservations(world.runtime.context(), {
        ...{ metrics: ['trade_total'], freq: ['A'], measure: ['level'], asOfMs: at(asOf) },
      });
      return { value: found?.value ? Number(found.value) : null, source: found?.source };
    };
    await world.load('official_figure', [trade('exports', '700')], '2020-01-18');
    await world.compute();
    expect(await total('2026-04-10T12:00:00')).toEqual({ value: null, source: 'derived' });
    await world.load('official_figure', [trade('trade_total', '1446.9')], '2020-01-18');
    await world.compute();
    expect(await total('2020-02-01T12:00:00')).toEqual({ value: 1446.9, source: '太原海关' });
    expect(await total('2026-04-11T12:00:00')).toEqual({ value: 1446.9, source: '太原海关' });
    await world.load('official_figure', [], '2020-01-18');
    expect((await world.compute()).rowsWritten).toBe(0);
  });
});

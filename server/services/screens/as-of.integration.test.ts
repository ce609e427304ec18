import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendFromStage } from '@/server/observations/append';
import { createLoad } from '@/server/services/loads/create';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import type { ScreenPanel, ScreenSnapshot } from '@/server/services/screens/types';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** The wall as it was known: nothing that became known later may show in any panel. */
let runtime: TestRuntime;
let serial = 0;

type Row = [
  metric: string,
  freq: string,
  region: number,
  basis: string,
  period: string,
  value: string,
  measure?: string,
];

async function know(rows: readonly Row[]): Promise<void> {
  serial += 1;
  const stageId = `as-of-${serial}`;
  await runtime.stores.warehouse.jobs.insert(
    'observation_stage',
    rows.map(([metric, freq, region, basis, period, value, measure = 'level']) => ({
      metric,
      freq,
      region,
      basis,
      measure,
      period: period.length === 10 ? `${period} 00:00:00` : period,
      value,
      status: 'prelim',
      flags: [],
      stage_id: stageId,
      slice: '',
      sample_count: 1,
      source: '省统计局',
      definition_version: 1,
    })),
  );
  runtime.clock.advance(60_000);
  await appendFromStage(runtime.stores, { stageId, runId: `run-${serial}` });
}

async function load(): Promise<void> {
  serial += 1;
  const line = `gdp,140000,2019,A,period,level,prelim,${17000 + serial},亿元,2020-01-2${serial % 10},省统计局`;
  const bytes = Readable.from([
    Buffer.from(
      `metric,region_code,period,freq,basis,measure,status,value,unit,published_at,source\n${line}\n`,
    ),
  ]);
  await createLoad(runtime.context(), {
    dataset: 'official_figure',
    fileName: `f${serial}.csv`,
    origin: 'upload',
    provenance: 'real',
    bytes,
  });
}

/** Something for every panel; `factor` makes a later revision of all of it. */
function everything(factor: number): Row[] {
  const v = (value: number) => (value * factor).toFixed(2);
  const hours: Row[] = [140100, 140200].flatMap((region): Row[] => [
    ['aqi', 'H', region, 'mean', '2026-11-23 09:00:00', v(95)],
    ['aqi', 'H', region, 'mean', '2026-11-23 10:00:00', v(112)],
    ['pm25_avg', 'H', region, 'mean', '2026-11-23 10:00:00', v(60)],
    ['aqi', 'D', region, 'mean', '2026-11-22', v(120)],
  ]);
  return [
    ['gdp', 'A', 140000, 'period', '2024-01-01', v(25494.69)],
    ['gdp', 'A', 140000, 'period', '2024-01-01', v(2.3), 'yoy'],
    ['gdp', 'A', 140100, 'period', '2024-01-01', v(5500)],
    ['va_primary', 'A', 140000, 'period', '2024-01-01', v(1400)],
    ['va_secondary', 'A', 140000, 'period', '2024-01-01', v(12000)],
    ['va_tertiary', 'A', 140000, 'period', '2024-01-01', v(12000)],
    ['urban_new_jobs', 'M', 140000, 'ytd', '2026-10-01', v(30)],
    ['urban_new_jobs', 'A', 140000, 'period', '2026-01-01', v(46), 'target'],
    ['iva_growth', 'M', 140000, 'ytd', '2026-10-01', v(1.5)],
    ['aqi', 'H', 140000, 'mean', '2026-11-23 10:00:00', v(100)],
    ['aqi', 'D', 140000, 'mean', '2026-11-22', v(110)],
    ['hotline_requests', 'D', 140000, 'period', '2026-11-22', v(100)],
    ...hours,
  ];
}

/** What came only later: newer periods of the same series. */
const LATER: Row[] = [
  ['gdp', 'A', 140000, 'period', '2025-01-01', '27000'],
  ['urban_new_jobs', 'M', 140000, 'ytd', '2026-11-01', '40'],
  ['aqi', 'H', 140000, 'mean', '2026-11-23 11:00:00', '300'],
  ['aqi', 'H', 140100, 'mean', '2026-11-23 11:00:00', '300'],
  ['hotline_requests', 'D', 140000, 'period', '2026-11-23', '7'],
];

let thenMs = 0;
let first: ScreenSnapshot;

const pinned = () => readScreen(runtime.context(), { screen: 'province', asOfMs: thenMs });
const passport = (asOfMs?: number) =>
  readPassport(runtime.context(), {
    cell: {
      metric: 'urban_new_jobs',
      freq: 'M',
      region: 140000,
      slice: '',
      basis: 'ytd',
      measure: 'level',
      periodMs: Date.parse('2026-10-01T00:00:00+08:00'),
    },
    ...(asOfMs !== undefined && { asOfMs }),
  });
function shown(snapshot: ScreenSnapshot, metric: string): string | undefined {
  const strip = snapshot.panels.find(
    (panel): panel is ScreenPanel & { kind: 'indicators' } => panel.kind === 'indicators',
  );
  if (!strip?.result.ok) throw new Error('no strip');
  return strip.result.data.indicators.find(({ figure }) => figure.metric === metric)?.figure.text;
}

beforeAll(async () => {
  runtime = await openTestRuntime();
  await load();
  await know(everything(1));
  thenMs = runtime.clock.nowMs();
  runtime.clock.advance(60_000);
  first = await pinned();
});
afterAll(() => runtime.close());

describe('the wall as it was known', () => {
  it('of an instant before any figure says that nothing was known, and since when something is', async () => {
    const asOfMs = Date.parse('2005-01-01T00:00:00+08:00');
    const early = await readScreen(runtime.context(), { screen: 'province', asOfMs });
    expect(early.nothingKnown?.firstKnownMs).toBeGreaterThan(asOfMs);
    const firstMs = early.nothingKnown?.firstKnownMs ?? 0;
    expect(
      (await readScreen(runtime.context(), { screen: 'province', asOfMs: firstMs })).newest,
    ).not.toBeNull();
    const before = await readScreen(runtime.context(), { screen: 'province', asOfMs: firstMs - 1 });
    expect([before.newest, before.nothingKnown]).toEqual([null, { firstKnownMs: firstMs }]);
    expect(first.nothingKnown).toBeNull();
    // Whose domains hold none of the figures does not learn when they came.
    const other = runtime.context(actorOf('leader', { domains: ['culture_tourism'] }));
    expect((await readScreen(other, { screen: 'province', asOfMs })).nothingKnown).toEqual({
      firstKnownMs: null,
    });
  });

  it('has something in every panel, so that the comparison means something', () => {
    expect(first.pinned).toBe(true);
    const empty = first.panels.filter(({ result }) => !result.ok).map(({ id }) => id);
    expect(empty).toEqual([]);
  });

  it('is the same picture in every panel after everything was revised and more came in', async () => {
    const { figure } = await passport(thenMs);
    await know(everything(1.1));
    await know(LATER);
    await load();
    runtime.clock.advance(3_600_000);
    const again = await pinned();
    expect(again.version).toBeGreaterThan(first.version);
    for (const [index, panel] of again.panels.entries()) expect(panel, panel.id).toEqual(first.panels[index]);
    expect({ ...again, version: 0 }).toEqual({ ...first, version: 0 });
    const then = await passport(thenMs);
    expect(then.figure).toEqual(figure);
    expect(then.vintages).toHaveLength(1);
    expect(then.target?.text).toBe('46.00 万人');
    expect(then.reproducePath).toContain(`asOf=${encodeURIComponent(new Date(thenMs).toISOString())}`);
  });

  it('shows the old value of a revised figure then, and the new one now', async () => {
    const now = await readScreen(runtime.context(), { screen: 'province' });
    expect(now.pinned).toBe(false);
    expect([shown(first, 'iva_growth'), shown(now, 'iva_growth')]).toEqual(['1.5', '1.7']);
    expect([shown(first, 'gdp'), shown(now, 'gdp')]).toEqual(['25,494.69', '27,000.00']);
    expect((await passport()).target?.text).toBe('50.60 万人');
    const loads = (snapshot: ScreenSnapshot) => JSON.stringify(snapshot.panels).match(/"load\//g)?.length;
    expect([loads(first), loads(now)]).toEqual([1, 1]);
  });

  it('shows a load only from when it was committed', async () => {
    const before = await readScreen(runtime.context(), {
      screen: 'province',
      asOfMs: Date.parse('2026-11-23T11:59:00+08:00'),
    });
    expect(JSON.stringify(before.panels)).not.toContain('"load/');
  });

  it('cannot be asked for a time to come', async () => {
    const asOfMs = runtime.clock.nowMs() + 300_000;
    const refused = { code: 'bad_input', place: 'asOf' };
    await expect(readScreen(runtime.context(), { screen: 'province', asOfMs })).rejects.toMatchObject(
      refused,
    );
    await expect(passport(asOfMs)).rejects.toMatchObject(refused);
  });

  it('is that of now for a clock that is a little ahead', async () => {
    const nowMs = runtime.clock.nowMs();
    const snapshot = await readScreen(runtime.context(), { screen: 'province', asOfMs: nowMs + 299_999 });
    expect(snapshot).toMatchObject({ pinned: true, asOfMs: nowMs });
  });

  it('costs the same few reads of the warehouse, with lamps and targets, drilled or not', async () => {
    const { ctx, reads } = counting();
    const countOf = async (region: number) => {
      // An instant of its own, so that no reading is shared.
      runtime.clock.advance(1000);
      const before = reads();
      await readScreen(ctx, { screen: 'province', region, asOfMs: runtime.clock.nowMs() });
      return reads() - before;
    };
    // Coarse periods, targets, newest days and hours (alive, silent), days, days a year before, hours, hours a year before, the calendar.
    expect(await countOf(140000)).toBe(9);
    expect(await countOf(140100)).toBe(9);
  });

  it('shows a load at once, without reading the observations that it has not changed again', async () => {
    const { ctx, reads } = counting();
    // Both in one half minute of "now".
    runtime.clock.set(Math.ceil(runtime.clock.nowMs() / 60_000) * 60_000);
    const before = await readScreen(ctx, { screen: 'province' });
    const readBefore = reads();
    runtime.clock.advance(1000);
    await load();
    const after = await readScreen(ctx, { screen: 'province' });
    expect(reads()).toBe(readBefore);
    const events = ({ panels }: ScreenSnapshot) => panels.find(({ kind }) => kind === 'events');
    expect(events(after)).not.toEqual(events(before));
    expect(after.panels.filter(({ kind }) => kind !== 'events')).toEqual(
      before.panels.filter(({ kind }) => kind !== 'events'),
    );
  });
});

/** A context whose reads of the warehouse for screens are counted. */
function counting() {
  const ctx = runtime.context();
  const { screens } = ctx.warehouse;
  let reads = 0;
  const counted: typeof screens = Object.create(screens, {
    rows: {
      value: (query: Parameters<typeof screens.rows>[0]) => {
        reads += 1;
        return screens.rows(query);
      },
    },
  });
  return { ctx: { ...ctx, warehouse: { ...ctx.warehouse, screens: counted } }, reads: () => reads };
}

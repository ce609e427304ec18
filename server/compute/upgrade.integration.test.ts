import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MetricDefinition, parseDefinition } from '@/metrics/model/definition';
import { bringUpCatalogue } from '@/server/catalogue/bring-up';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { setting } from '@/server/db/schema/registry';
import { appendKnown } from '@/server/observations/append-known';
import { createUnderWay } from '@/server/under-way';
import { at, figures, openWorld, ticket, type World } from '@/tests/support/compute';
import { readComputedBy, rememberComputedBy } from './computed-by';
import { rulesOf } from './row-rules';
import { computeOutdated } from './upgrade';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
  await world.load(
    'hotline_ticket',
    [
      ticket('a', 140105, '2026-03-03 09:00:00', {
        ...{ dispatched: 1, finish_ts: '2026-03-05 09:00:00', revisit_valid: 1, revisit_solved: 1 },
      }),
      ticket('b', 140105, '2026-03-25 09:00:00', { valid: 0 }),
      ticket('c', 140105, '2025-12-25 09:00:00'),
    ],
    '2025-12-25',
    '2026-03-25',
  );
  await world.load(
    'official_figure',
    figures('retail_sales', 140000, { freq: 'M', basis: 'ytd' }, [
      ['2026-02', '1800', '2026-03-20'],
      ['2026-03', '3000', '2026-04-09'],
    ]),
    '2026-03-20',
  );
  await world.compute();
});
afterAll(() => world.runtime.close());

let runs = 0;
function upgrade(signal?: AbortSignal) {
  runs += 1;
  return computeOutdated(world.runtime.stores, { runId: `upgrade-${runs}`, ...(signal && { signal }) });
}

/** A start of a build whose catalogue differs. */
async function startWith(changes: Record<string, Partial<MetricDefinition>>): Promise<void> {
  const { stores } = world.runtime;
  const shipped = readShippedCatalogue().map((one) => parseDefinition({ ...one, ...changes[one.code] }));
  stores.registry = await bringUpCatalogue(stores, shipped);
}

/** As if a former build with older rules had computed it. */
async function rememberOlderRules(): Promise<void> {
  const known = (await readComputedBy(world.runtime.stores)).get('hotline_ticket');
  if (known) await rememberComputedBy(world.runtime.stores, 'hotline_ticket', { ...known, rules: 1 });
}

const MARCH = '140105 M period 2026-03-01';

/** A cell of the rows as older rules would have made it. */
const appendOlder = (value: string) =>
  appendKnown(world.runtime.stores, 'older', [
    {
      ...{
        metric: 'hotline_requests',
        freq: 'M',
        region: 140105,
        slice: '',
        basis: 'period',
        measure: 'level',
      },
      ...{ periodMs: at('2026-03-01T00:00:00'), vintageMs: world.runtime.clock.nowMs(), value },
      ...{ sampleCount: 1, status: 'final', flags: [], source: 'hotline_ticket', definitionVersion: 1 },
    },
  ]);

describe('what a newer build counts otherwise', { timeout: 120_000 }, () => {
  it('is nothing in a new installation', async () => {
    expect((await world.cells('hotline_requests'))[MARCH]).toBe('1');
    expect(await upgrade()).toMatchObject({ outcome: 'skipped', rowsWritten: 0 });
  });

  it('is all of a dataset whose rules changed, once', async () => {
    await appendOlder('7');
    world.runtime.clock.advance(60_000);
    await rememberOlderRules();
    const report = await upgrade();
    expect(report).toMatchObject({
      outcome: 'success',
      details: { computed: [{ dataset: 'hotline_ticket', metrics: 'all' }] },
    });
    expect((await world.cells('hotline_requests'))[MARCH]).toBe('1');
    await appendOlder('8');
    expect((await upgrade()).outcome).toBe('skipped');
    expect((await world.cells('hotline_requests'))[MARCH]).toBe('8');
  });

  it('is done again after a kill, and by one run at a time', async () => {
    world.runtime.clock.advance(60_000);
    await rememberOlderRules();
    const { bus } = world.runtime.stores;
    const killed = new AbortController();
    // As soon as some of it is appended.
    const off = bus.on('observations', () => killed.abort());
    await expect(upgrade(killed.signal)).rejects.toThrow();
    off();
    expect((await readComputedBy(world.runtime.stores)).get('hotline_ticket')?.rules).toBe(1);
    const both = await Promise.all([upgrade(), upgrade()]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['success', 'skipped']);
    expect((await world.cells('hotline_requests'))[MARCH]).toBe('1');
    expect((await readComputedBy(world.runtime.stores)).get('hotline_ticket')?.rules).toBe(
      rulesOf('hotline_ticket'),
    );
  });

  it('is done by one process of an installation; another that starts with it waits, and finds it done', async () => {
    world.runtime.clock.advance(60_000);
    await rememberOlderRules();
    const { stores } = world.runtime;
    const [mine, other] = await Promise.all([
      computeOutdated(stores, { runId: 'mine' }),
      computeOutdated({ ...stores, underWay: createUnderWay() }, { runId: 'other' }),
    ]);
    expect([mine.outcome, other.outcome]).toEqual(['success', 'skipped']);
  });

  it('is the metrics alone whose definitions changed; what was known before stays under its version', async () => {
    const { clock } = world.runtime;
    const others = () => world.observations('hotline_solve_rate', { slices: 'all', allVintages: true });
    const formerly = await others();
    expect(formerly.length).toBeGreaterThan(0);
    clock.set(at('2026-04-11T09:00:00'));
    // Invalid ones too: both of March, and December's.
    await startWith({ hotline_requests: { where: 'repeat_of is null' } });
    clock.set(at('2026-04-11T09:05:00'));
    const report = await upgrade();
    expect(report.details).toMatchObject({
      computed: [{ dataset: 'hotline_ticket', metrics: ['hotline_requests'] }],
    });
    const cell = { regions: [140105], freq: ['M' as const], basis: ['period'] };
    const now = await world.observations('hotline_requests', cell);
    expect(now.map(({ value, definitionVersion }) => [Number(value), definitionVersion])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const before = await world.observations('hotline_requests', {
      ...cell,
      asOfMs: at('2026-04-11T09:00:00'),
    });
    expect(before.map(({ value, definitionVersion }) => [Number(value), definitionVersion])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(await others()).toEqual(formerly);
    expect((await upgrade()).outcome).toBe('skipped');
  });

  it('is nothing where only words changed: no cell gets another vintage', async () => {
    const { clock, stores } = world.runtime;
    const vintages = async () => {
      const all = await Promise.all(
        ['retail_sales', 'hotline_requests'].map((code) =>
          world.observations(code, { slices: 'all', allVintages: true }),
        ),
      );
      return all.flat().map(({ vintageMs, definitionVersion }) => [vintageMs, definitionVersion]);
    };
    const before = await vintages();
    clock.set(at('2026-04-12T09:00:00'));
    await startWith({
      hotline_requests: { where: 'repeat_of is null', story: '看趋势' },
      retail_sales: { definition: '改写的说明' },
    });
    expect(stores.registry.get('hotline_requests').version).toBe(3);
    expect(stores.registry.get('retail_sales').version).toBe(2);
    expect((await upgrade()).outcome).toBe('skipped');
    await world.load('official_figure', [], '2026-03-20');
    await world.load('hotline_ticket', [], '2026-03-25');
    await world.compute();
    expect(await vintages()).toEqual(before);
  });

  it('leaves published figures under the version of their day', async () => {
    const { clock } = world.runtime;
    clock.set(at('2026-05-18T09:00:00'));
    await startWith({ hotline_requests: { where: 'repeat_of is null' }, retail_sales: { unit: '万元' } });
    await world.load(
      'official_figure',
      figures('retail_sales', 140000, { freq: 'M', basis: 'ytd' }, [['2026-04', '4000', '2026-05-19']]),
      '2026-05-18',
    );
    clock.set(at('2026-05-19T09:00:00'));
    await world.compute();
    const found = await world.observations('retail_sales', { freq: ['M'], basis: ['ytd'] });
    expect(found.map(({ vintageMs, definitionVersion }) => [vintageMs, definitionVersion])).toEqual([
      [at('2026-03-20T00:00:00'), 1],
      [at('2026-04-09T00:00:00'), 1],
      [at('2026-05-19T00:00:00'), 3],
    ]);
  });

  it('is known to an installation that never wrote it down: by the definitions that the former build left', async () => {
    const { stores, clock } = world.runtime;
    for (const name of (await readComputedBy(stores)).keys())
      await stores.db.delete(setting).where(eq(setting.key, `computed_by:${name}`));
    clock.advance(60_000);
    await startWith({ hotline_satisfaction: { factor: 1 } });
    const known = (await readComputedBy(stores)).get('hotline_ticket');
    // A quarterly index reads the satisfaction.
    expect([known?.rules, known?.metrics.hotline_satisfaction, known?.metrics.hotline_requests]).toEqual([
      1,
      '1, Q',
      '2',
    ]);
    const report = await upgrade();
    expect(report.details).toMatchObject({ computed: [{ dataset: 'hotline_ticket', metrics: 'all' }] });
  });
});

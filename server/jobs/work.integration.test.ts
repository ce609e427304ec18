import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeQueue } from '@/server/db/schema/ingest';
import { appendKnown } from '@/server/observations/append-known';
import { at, figures, openWorld, ticket, type World } from '@/tests/support/compute';
import { WORK } from './work';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

const run = (runId: string) =>
  WORK.compute({ stores: world.runtime.stores, runId, signal: new AbortController().signal });

describe('the job that computes', () => {
  it('is a run with work when it only derives: its id is on what it wrote', async () => {
    await run('first');
    const known = (period: string, value: string) => ({
      ...{ metric: 'retail_sales', freq: 'M', region: 140000, slice: '', basis: 'ytd', measure: 'level' },
      ...{ periodMs: at(`${period}-01T00:00:00`), vintageMs: at('2026-04-01T00:00:00'), value },
      ...{ sampleCount: 1, status: 'final', flags: [], source: '省统计局', definitionVersion: 1 },
    });
    // Published by a run that died before anything followed from it.
    await appendKnown(world.runtime.stores, 'dead', [known('2026-03', '3000'), known('2026-02', '1800')]);
    const report = await run('derives');
    const [march] = await world.observations('retail_sales', { freq: ['M'], basis: ['period'] });
    expect(march).toMatchObject({ runId: 'derives' });
    expect(Number(march?.value)).toBe(1200);
    expect(report.outcome).toBe('success');
    expect(report.rowsWritten).toBeGreaterThan(0);
  });

  it('computes and derives the rest when one dataset fails, and tells of the failure', async () => {
    const { stores } = world.runtime;
    await world.load('air_quality_hour', [], '2026-04-01');
    await world.load('hotline_ticket', [ticket('t', 140105, '2026-04-01 10:00:00')], '2026-04-01');
    const growth = { freq: 'M', basis: 'ytd', unit: '亿元' };
    await world.load(
      'official_figure',
      figures('retail_sales', 140100, growth, [
        ['2026-02', '100', '2026-03-20'],
        ['2026-03', '160', '2026-03-20'],
      ]),
      '2026-03-20',
    );
    const rename = (from: string, to: string) =>
      stores.warehouse.jobs.command({ name: 'rename', sql: `RENAME TABLE ${from} TO ${to}` });
    await rename('air_quality_hour', 'set_aside');
    await expect(run('fails')).rejects.toThrow(/air_quality_hour/);
    await rename('set_aside', 'air_quality_hour');
    expect((await world.observations('hotline_requests', { freq: ['D'] })).length).toBe(3);
    const march = await world.observations('retail_sales', { regions: [140100], basis: ['period'] });
    expect(march.map(({ value }) => Number(value))).toEqual([60]);
    const waiting = await stores.db.select().from(computeQueue);
    expect(waiting.map(({ dataset }) => dataset)).toEqual(['air_quality_hour']);
    await run('heals');
    const left = await stores.db
      .select()
      .from(computeQueue)
      .where(eq(computeQueue.dataset, 'air_quality_hour'));
    expect(left).toEqual([]);
  });
});

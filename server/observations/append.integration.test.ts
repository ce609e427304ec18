import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Actor } from '@/server/context';
import { appendFromStage } from '@/server/observations/append';
import { readObservations } from '@/server/observations/read';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const JAN = '2026-01-01 00:00:00';
const JAN_MS = Date.parse('2026-01-01T00:00:00+08:00');
const FEB_MS = Date.parse('2026-02-01T00:00:00+08:00');
const MAR_MS = Date.parse('2026-03-01T00:00:00+08:00');

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const CELL = {
  freq: 'M',
  slice: '',
  basis: 'period',
  measure: 'level',
  period: JAN,
  sample_count: 1,
  status: 'final',
  flags: ['demo'],
  source: 'load-1',
  definition_version: 1,
};

let stage = 0;
async function append(rows: { region: number; value: string | null }[], complete = false) {
  stage += 1;
  const stageId = `stage-${stage}`;
  await runtime.stores.warehouse.jobs.insert(
    'observation_stage',
    rows.map((row) => ({ ...CELL, ...row, stage_id: stageId, metric: 'demo_metric' })),
  );
  runtime.clock.advance(60_000);
  return appendFromStage(runtime.stores, {
    stageId,
    runId: `run-${stage}`,
    complete: complete ? [{ metric: 'demo_metric', freq: 'M', fromMs: JAN_MS, toMs: FEB_MS }] : [],
  });
}

describe('appending observations', () => {
  it('appends only what differs, keeps every vintage, and marks withdrawn cells', async () => {
    const first = await append([
      { region: 140100, value: '1.5' },
      { region: 140200, value: null },
    ]);
    expect(first).toMatchObject({ staged: 2, appended: 2, withdrawn: 0, version: 1 });
    const knownMs = runtime.clock.nowMs();

    // Guarantee: run twice = run once.
    expect(
      await append([
        { region: 140100, value: '1.5' },
        { region: 140200, value: null },
      ]),
    ).toMatchObject({ appended: 0, version: 1 });

    expect(
      await append([
        { region: 140100, value: '1.6' },
        { region: 140200, value: null },
      ]),
    ).toMatchObject({ appended: 1, version: 2 });
    const now = await readObservations(runtime.context(), { metrics: ['demo_metric'] });
    expect(now.map((o) => [o.region, o.value])).toEqual([
      [140100, '1.6'],
      [140200, null],
    ]);

    // Guarantee: nothing is overwritten; a read as of an instant gives what was known then.
    const then = await readObservations(runtime.context(), { metrics: ['demo_metric'], asOfMs: knownMs });
    expect(then.map((o) => [o.region, o.value])).toEqual([
      [140100, '1.5'],
      [140200, null],
    ]);
    const all = await readObservations(runtime.context(), {
      metrics: ['demo_metric'],
      allVintages: true,
      regions: [140100],
    });
    expect(all.map((o) => o.value)).toEqual(['1.5', '1.6']);

    expect(await append([{ region: 140100, value: '1.6' }], true)).toMatchObject({
      appended: 0,
      withdrawn: 1,
    });
    const withdrawn = await readObservations(runtime.context(), {
      metrics: ['demo_metric'],
      regions: [140200],
    });
    expect(withdrawn[0]).toMatchObject({ status: 'missing', value: null });
    expect(await append([{ region: 140100, value: '1.6' }], true)).toMatchObject({
      appended: 0,
      withdrawn: 0,
    });
  });

  it('counts and announces of each part of a run what that part appended, nothing of the others', async () => {
    const heard: { metrics: string[]; regions: number[] }[] = [];
    const off = runtime.stores.bus.on('observations', ({ metrics, regions }) =>
      heard.push({ metrics, regions }),
    );
    const runId = 'run-in-parts';
    const part = async (name: string, rows: { region: number; value: string; metric?: string }[]) => {
      await runtime.stores.warehouse.jobs.insert(
        'observation_stage',
        rows.map((row) => cellOf(name, row)),
      );
      runtime.clock.advance(60_000);
      const complete = [{ metric: 'parts_metric', freq: 'M', fromMs: JAN_MS, toMs: FEB_MS }];
      return appendFromStage(runtime.stores, { stageId: name, runId, complete });
    };
    const cellOf = (stageId: string, row: { region: number; value: string; metric?: string }) => ({
      ...CELL,
      metric: 'parts_metric',
      ...row,
      stage_id: stageId,
    });
    const both = [
      { region: 140100, value: '1' },
      { region: 140200, value: '2' },
    ];
    const other = { metric: 'other_metric', region: 140300, value: '5' };
    expect(await part('p0', [other])).toMatchObject({ staged: 1, appended: 1, withdrawn: 0 });
    expect(await part('p1', both)).toMatchObject({ staged: 2, appended: 2, withdrawn: 0 });
    expect(await part('p2', [{ region: 140100, value: '7' }])).toMatchObject({
      staged: 1,
      appended: 1,
      withdrawn: 1,
    });
    expect(await part('p3', [{ region: 140100, value: '7' }])).toMatchObject({ appended: 0, withdrawn: 0 });
    // Back again: the withdrawn cell differs from what is staged.
    expect(await part('p4', [{ region: 140200, value: '2' }])).toMatchObject({ appended: 1, withdrawn: 1 });
    off();
    expect(heard).toEqual([
      { metrics: ['other_metric'], regions: [140300] },
      { metrics: ['parts_metric'], regions: [140100, 140200] },
      { metrics: ['parts_metric'], regions: [140100, 140200] },
      { metrics: ['parts_metric'], regions: [140100, 140200] },
    ]);
    const elsewhere = await append([{ region: 140300, value: '3' }]);
    expect(elsewhere).toMatchObject({ appended: 1, withdrawn: 0 });
    const left = await runtime.stores.warehouse.jobs.rows({
      name: 'left',
      sql: 'SELECT count() AS n FROM observation_stage',
      row: z.object({ n: z.coerce.number() }),
    });
    expect(left).toEqual([{ n: 0 }]);
  });

  it('withdraws a cell of two overlapping windows once', async () => {
    const lane = runtime.stores.warehouse.jobs;
    const part = async (stageId: string, regions: number[]) => {
      await lane.insert(
        'observation_stage',
        regions.map((region) => ({ ...CELL, metric: 'overlap', region, value: '1', stage_id: stageId })),
      );
      runtime.clock.advance(60_000);
      const window = { metric: 'overlap', freq: 'M', fromMs: JAN_MS, toMs: FEB_MS };
      const complete = [window, { ...window, unsliced: true }];
      return appendFromStage(runtime.stores, { stageId, runId: 'overlap', complete });
    };
    await part('o1', [140100, 140200]);
    expect(await part('o2', [140100])).toMatchObject({ appended: 0, withdrawn: 1 });
    const all = await readObservations(runtime.context(), {
      metrics: ['overlap'],
      regions: [140200],
      allVintages: true,
    });
    expect(all.map(({ value }) => value)).toEqual(['1', null]);
  });

  it('withdraws a cell of the windows that lies outside of what the stage holds', async () => {
    const part = async (stageId: string, period: string) => {
      const cell = { ...CELL, metric: 'moved', region: 140100, value: '1', period, stage_id: stageId };
      await runtime.stores.warehouse.jobs.insert('observation_stage', [cell]);
      runtime.clock.advance(60_000);
      const complete = [{ metric: 'moved', freq: 'M', fromMs: JAN_MS, toMs: MAR_MS }];
      return appendFromStage(runtime.stores, { stageId, runId: 'moved', complete });
    };
    expect(await part('m1', JAN)).toMatchObject({ appended: 1, withdrawn: 0 });
    // The only row moved to another month: nothing of the month it came to is known yet.
    expect(await part('m2', '2026-02-01 00:00:00')).toMatchObject({ appended: 1, withdrawn: 1 });
    const now = await readObservations(runtime.context(), { metrics: ['moved'] });
    expect(now.map(({ value }) => value)).toEqual([null, '1']);
  });

  it('lets an actor read only the regions of the scope', async () => {
    const actor: Actor = {
      kind: 'user',
      id: 'u',
      name: 'u',
      role: 'leader',
      scope: { regions: [140100], domains: null },
    };
    const seen = await readObservations(runtime.context(actor), { metrics: ['demo_metric'] });
    expect(seen.map((o) => o.region)).toEqual([140100]);
    const nobody: Actor = { ...actor, scope: { regions: [], domains: null } };
    expect(await readObservations(runtime.context(nobody), { metrics: ['demo_metric'] })).toEqual([]);
  });

  it('refuses a second owner of the directory with one clear line', async () => {
    await expect(openTestRuntime({ dataDir: runtime.env.dataDir, keepDir: true })).rejects.toThrow(
      /in use by a running cockpit/,
    );
  });
});

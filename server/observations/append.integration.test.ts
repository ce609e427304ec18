import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { appendFromStage } from '@/server/observations/append';
import { readObservations } from '@/server/observations/read';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const JAN = '2026-01-01 00:00:00';
const JAN_MS = Date.parse('2026-01-01T00:00:00+08:00');
const FEB_MS = Date.parse('2026-02-01T00:00:00+08:00');

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

let stage = 0;
async function append(rows: { region: number; value: string | null }[], complete = false) {
  stage += 1;
  const stageId = `stage-${stage}`;
  await runtime.stores.warehouse.jobs.insert(
    'observation_stage',
    rows.map((row) => ({
      stage_id: stageId,
      metric: 'demo_metric',
      freq: 'M',
      region: row.region,
      slice: '',
      basis: 'period',
      measure: 'level',
      period: JAN,
      value: row.value,
      sample_count: 1,
      status: 'final',
      flags: ['demo'],
      source: 'load-1',
      definition_version: 1,
    })),
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

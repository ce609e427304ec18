import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { CommandResult } from '@/server/commands/client';
import { cockpitHost } from '@/server/commands/client';
import { commandDoor } from '@/server/commands/door';
import { setting } from '@/server/db/schema/registry';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { feedDemo, type SeedProgress, seedDemo } from './run';
import { dirty, empty, full, gap, late, restated, type ScenarioFile } from './scenarios/scenarios';

vi.setConfig({ testTimeout: 240_000 });

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.control.handle(commandDoor(runtime));
});
afterAll(() => runtime.close());

const host = () => cockpitHost(runtime.control.path);

async function send(files: readonly ScenarioFile[]): Promise<CommandResult<'ingest'>[]> {
  const results: CommandResult<'ingest'>[] = [];
  for (const { name, csv } of files)
    results.push(
      await host().call(
        'ingest',
        { dataset: 'air_quality_hour', fileName: name, provenance: 'demo' },
        { body: Readable.from([Buffer.from(csv)]) },
      ),
    );
  return results;
}

const rowsOf = (file: ScenarioFile | undefined) => (file?.csv.trim().split('\n').length ?? 0) - 1;

/** Stories share one place, so each takes days of its own, in the past of the clock. */
const endOf = (daysAgo: number) => runtime.clock.nowMs() - daysAgo * 86_400_000;

describe('what sources do', () => {
  it('full: every row counts, and the same file again changes nothing', async () => {
    const files = full(endOf(0));
    expect(await send(files)).toMatchObject([
      { accepted: rowsOf(files[0]), rejected: 0, alreadyLoaded: false },
    ]);
    expect(await send(files)).toMatchObject([{ accepted: rowsOf(files[0]), alreadyLoaded: true }]);
  });

  it('gap: a day with fewer than 20 valid hours has no daily mean, the day before has one', async () => {
    // Midnight ends the second day: both days are complete but for the gap.
    const midnight = Date.parse('2026-10-20T00:00:00+08:00');
    await send(gap(midnight));
    await host().call('compute', { dataset: 'air_quality_hour' });
    const days = await runtime.stores.warehouse.jobs.rows({
      name: 'test_days',
      sql: `SELECT toString(toDate(period)) AS day, max(value IS NOT NULL) AS known FROM observation
        WHERE metric = 'pm25_avg' AND freq = 'D' AND region = 140105 AND basis = 'mean' AND status != 'missing'
          AND period >= toDateTime64('2026-10-18 00:00:00', 0, 'Asia/Shanghai')
          AND period < toDateTime64('2026-10-20 00:00:00', 0, 'Asia/Shanghai')
        GROUP BY day ORDER BY day`,
      row: z.object({ day: z.string(), known: z.coerce.boolean() }),
    });
    expect(days.filter((day) => day.known).map((day) => day.day)).toEqual(['2026-10-18']);
  });

  it('late: rows ten days late are accepted and marked', async () => {
    const results = await send(late(endOf(4)));
    expect(results.map((result) => result.rejected)).toEqual([0, 0]);
    const [marked] = await runtime.stores.warehouse.jobs.rows({
      name: 'test_late',
      sql: `SELECT countIf(has(dq_flags, 'late')) AS n FROM air_quality_hour FINAL WHERE batch_id = {load:UUID}`,
      params: { load: results[1]?.loadId ?? '' },
      row: z.object({ n: z.coerce.number() }),
    });
    expect(marked?.n).toBe(results[1]?.accepted);
  });

  it('restated: the reviewed hours replace the raw ones and count once', async () => {
    const [raw, reviewed] = await send(restated(endOf(90)));
    expect(raw).toMatchObject({ corrected: 0, rejected: 0 });
    expect(reviewed?.accepted).toBe(0);
    expect(reviewed?.corrected).toBeGreaterThan(20);
    expect((reviewed?.corrected ?? 0) + (reviewed?.duplicate ?? 0)).toBe(raw?.accepted);
  });

  it('dirty: bad rows are kept with their reason and given back, good ones count', async () => {
    // A day that no other story touches.
    const files = dirty(runtime.clock.nowMs());
    const [result] = await send(files);
    expect((result?.accepted ?? 0) + (result?.corrected ?? 0) + (result?.duplicate ?? 0)).toBe(
      files[0]?.good,
    );
    expect(result?.rejected).toBe(files[0]?.bad);
    expect(result?.rejects.map((reject) => reject.row)).toEqual([4, 5, 6, 7, 8]);
    const { text } = await host().call('load-rejects', { id: result?.loadId ?? '' });
    expect(text.trim().split('\n')).toHaveLength(6);
  });

  it('empty: a file without rows is a clear outcome, not a crash', async () => {
    const outcome = await send(empty()).then(
      ([result]) => ({ accepted: result?.accepted, rejected: result?.rejected }),
      (error: { code?: string }) => error.code,
    );
    expect([{ accepted: 0, rejected: 0 }, 'bad_input']).toContainEqual(outcome);
  });
});

describe('seeding', () => {
  it('loads everything without a rejected row, once, and then delivers hour by hour', async () => {
    const idle: string[] = [];
    const onProgress = (step: SeedProgress) => {
      if (step.idle) idle.push(step.step);
    };
    const options = { seed: 3, nowMs: runtime.clock.nowMs(), days: 2, scale: 0.05, onProgress };
    const first = await seedDemo(host(), options);
    expect(idle).toEqual([]);
    expect(first).toMatchObject({ seeded: true, rejected: 0 });
    expect(first.rows).toBeGreaterThan(5_000);
    expect(await seedDemo(host(), options)).toEqual({ seeded: false, rows: 0, rejected: 0 });

    runtime.clock.advance(3_600_000);
    const delivered = await feedDemo(host(), runtime.clock.nowMs());
    // 117 stations, less a silent one now and then, and what changed among tickets and cases.
    expect(delivered).toBeGreaterThan(110);
    expect(await feedDemo(host(), runtime.clock.nowMs())).toBe(0);

    // Killed after everything was computed, as a cockpit does by itself: nothing is left, and that is what it says.
    await host().call('compute', {});
    await runtime.stores.db.delete(setting).where(eq(setting.key, 'seed'));
    await seedDemo(host(), { ...options, nowMs: options.nowMs });
    expect(idle).toEqual(['compute']);
  });

  it('goes on where a killed seeding stopped, with the instants of the first one', async () => {
    const state = await host().call('seed-state', {});
    const again = await host().call('seed-begin', { seed: 99, startMs: 0, endMs: 1 });
    expect(again).toEqual(state);
  });
});

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { periodStart } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';
import { seedDemo } from '@/seed/run';
import type { CommandHost } from '@/server/commands/client';
import { runCommand } from '@/server/commands/door';
import { runCompute } from '@/server/compute/run';
import type { Context } from '@/server/context';
import type { Runtime } from '@/server/runtime';
import { readScreen } from '@/server/services/screens/snapshot';
import { makeDay } from './day-rows';
import { costOf, median, onceMs } from './measure';
import { BENCH_NOW_MS, inBenchWorld, settle } from './world';

const ROWS = 1_600_000;
const SEED_DAYS = 10;
const READS_ALONE = 20;
const PROBE_MS = 50;

/**
 * A day of province-scale detail computed, every dataset and metric: peak memory of the engine's queries and of the
 * process, and what a wall's whole read (its own lane) takes beside it.
 */
export async function benchDay(scale: number): Promise<void> {
  await inBenchWorld(async ({ runtime, ctx, advance }) => {
    await seedDemo(hostOf(runtime), { seed: 1, nowMs: BENCH_NOW_MS, days: SEED_DAYS, scale: 0.1 });
    const dayMs = periodStart('D', BENCH_NOW_MS) - DAY_MS;
    const rows = await makeDay(ctx, { dayMs, rows: Math.round(ROWS * scale) });
    await settle(ctx);
    console.log(`one day of ${rows} rows in four datasets, all metrics`);
    const rssBefore = process.memoryUsage().rss;
    const alone: number[] = [];
    for (let i = 0; i <= READS_ALONE; i++) {
      const ms = await wallMs(ctx, i);
      if (i > 0) alone.push(ms);
    }
    advance(1000);
    const loop = monitorEventLoopDelay({ resolution: 10 });
    loop.enable();
    const probe = watchMemory(ctx);
    const beside: number[] = [];
    let done = false;
    const job = costOf(() =>
      runCompute(ctx, { fromMs: dayMs, toMs: dayMs + DAY_MS, reason: 'bench' }),
    ).finally(() => {
      done = true;
    });
    for (let i = 1; !done; i++) beside.push(await wallMs(ctx, READS_ALONE + i));
    const cost = await job;
    const peak = await probe.stop();
    loop.disable();
    console.log(`  computed in ${(cost.ms / 1000).toFixed(1)} s (cpu ${(cost.cpuMs / 1000).toFixed(1)} s)`);
    console.log(
      `  engine memory of the job's queries: peak ${mb(peak.queryBytes)} MB (goal < 2000 MB); process: ${mb(rssBefore)} MB before, peak ${mb(peak.rssBytes)} MB`,
    );
    console.log(
      `  wall read alone: median ${median(alone).toFixed(0)} ms, worst ${Math.max(...alone).toFixed(0)}; beside the job: median ${median(beside).toFixed(0)} ms, worst ${Math.max(...beside).toFixed(0)} of ${beside.length}; ratio ${(median(beside) / median(alone)).toFixed(2)}×`,
    );
    console.log(`  event loop: longest stop ${(loop.max / 1e6).toFixed(0)} ms`);
  });
}

/** Each instant is a picture of its own, so nothing is answered from memory. */
function wallMs(ctx: Context, i: number): Promise<number> {
  return onceMs(() => readScreen(ctx, { screen: 'province', asOfMs: ctx.clock.nowMs() - 1000 - i }));
}

/** Asks the engine, on the lane that is idle, what its queries hold and have held. */
function watchMemory(ctx: Context): { stop(): Promise<{ queryBytes: number; rssBytes: number }> } {
  const peak = { queryBytes: 0, rssBytes: 0 };
  const row = z.object({ bytes: z.coerce.number() });
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const [found] = await ctx.warehouse.loads.rows({
        name: 'bench_memory',
        sql: `SELECT max(peak_memory_usage) AS bytes FROM system.processes WHERE query ILIKE 'insert into observation%'`,
        row,
      });
      peak.queryBytes = Math.max(peak.queryBytes, found?.bytes ?? 0);
      peak.rssBytes = Math.max(peak.rssBytes, process.memoryUsage().rss);
      await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await watching;
      return peak;
    },
  };
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** The commands in this process, as behind the control socket. */
function hostOf(runtime: Runtime): Pick<CommandHost, 'call'> {
  return {
    call: async (name, input, { body } = {}) =>
      (await runCommand(runtime, name, input, {
        body: body ?? Readable.from([]),
        who: 'bench',
        progress: () => undefined,
      })) as never,
  };
}

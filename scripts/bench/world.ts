import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { type Context, systemActor } from '@/server/context';
import { readEnv } from '@/server/env';
import { createLog } from '@/server/log';
import { openRuntime, type Runtime } from '@/server/runtime';
import type { Lane } from '@/server/warehouse/client';
import { type Cost, costOf } from './measure';

/** Real engines in a directory of their own, at a fixed instant: what is generated has always just arrived. */
export interface BenchWorld {
  runtime: Runtime;
  ctx: Context;
  /** Lets time pass, so that a recomputation has a vintage of its own. */
  advance(ms: number): void;
  /** What the jobs' lane has done since it was last asked, by the names of its queries. */
  takeJobCosts(): Map<string, Cost>;
}

export const BENCH_NOW_MS = Date.parse('2026-11-23T12:00:00+08:00');

export async function inBenchWorld(work: (world: BenchWorld) => Promise<void>): Promise<void> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-bench-'));
  let nowMs = BENCH_NOW_MS;
  const runtime = await openRuntime(
    { ...readEnv({}), dataDir, logLevel: 'error' },
    { clock: { nowMs: () => nowMs }, log: createLog('error') },
  );
  const { lane, take } = watched(runtime.stores.warehouse.jobs);
  runtime.stores.warehouse.jobs = lane;
  try {
    await work({
      runtime,
      ctx: { ...runtime.stores, actor: systemActor('bench') },
      advance: (ms) => {
        nowMs += ms;
      },
      takeJobCosts: take,
    });
  } finally {
    await runtime.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
    if (runtime.postgresHome) fs.rmSync(runtime.postgresHome, { recursive: true, force: true });
  }
}

function watched(lane: Lane): { lane: Lane; take(): Map<string, Cost> } {
  let costs = new Map<string, Cost>();
  async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    let result: T | undefined;
    const cost = await costOf(async () => {
      result = await work();
    });
    const so = costs.get(name) ?? { ms: 0, cpuMs: 0 };
    costs.set(name, { ms: so.ms + cost.ms, cpuMs: so.cpuMs + cost.cpuMs });
    return result as T;
  }
  return {
    lane: {
      ...lane,
      rows: (query) => timed(query.name, () => lane.rows(query)),
      command: (command) => timed(command.name, () => lane.command(command)),
    },
    take: () => {
      const taken = costs;
      costs = new Map();
      return taken;
    },
  };
}

/** Background merges of what was just inserted would be measured with the next query. */
export async function settle(ctx: Context): Promise<void> {
  const running = z.object({ n: z.coerce.number() });
  for (let quiet = 0; quiet < 3; ) {
    const [row] = await ctx.warehouse.loads.rows({
      name: 'bench_merges',
      sql: 'SELECT count() AS n FROM system.merges',
      row: running,
    });
    quiet = row?.n === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

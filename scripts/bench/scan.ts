import { z } from 'zod';
import { runCompute } from '@/server/compute/run';
import type { Context } from '@/server/context';
import { BY_HAND_TABLE, type ByHand, byHandSql } from './hotline-by-hand';
import { makeHotlineRows } from './hotline-rows';
import { type Cost, costOf, medianCost, onceMs, reportCost } from './measure';
import { BENCH_NOW_MS, inBenchWorld, settle } from './world';

const ROWS = 20_000_000;
const FROM_MS = Date.parse('2025-01-01T00:00:00+08:00');
const ROUNDS = 3;

/** Every metric of one dataset by the job, against one statement written by hand for the same cells. */
export async function benchScan(scale: number): Promise<void> {
  await inBenchWorld(async ({ ctx, takeJobCosts }) => {
    const rows = Math.round(ROWS * scale);
    const madeMs = await onceMs(() => makeHotlineRows(ctx, { rows, fromMs: FROM_MS, toMs: BENCH_NOW_MS }));
    console.log(`all metrics of hotline_ticket over ${rows} rows (made in ${(madeMs / 1000).toFixed(0)} s)`);
    await run(ctx, BY_HAND_TABLE);
    await settle(ctx);
    const job: Cost[] = [];
    const parts: Map<string, Cost>[] = [];
    const hand: Record<ByHand, Cost[]> = { 'one pass': [], 'three passes': [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const how of ['three passes', 'one pass'] as const) {
        await run(ctx, 'TRUNCATE TABLE bench_by_hand');
        hand[how].push(
          await costOf(() => run(ctx, byHandSql(how), { do_not_merge_across_partitions_select_final: 1 })),
        );
        await settle(ctx);
      }
      await run(ctx, 'TRUNCATE TABLE observation');
      takeJobCosts();
      job.push(
        await costOf(() => runCompute(ctx, { dataset: 'hotline_ticket', fromMs: FROM_MS, reason: 'bench' })),
      );
      parts.push(takeJobCosts());
      await settle(ctx);
    }
    await assertSame(ctx);
    const one = { name: 'by hand, one pass', ...medianCost(hand['one pass']) };
    const three = { name: 'by hand, three passes', ...medianCost(hand['three passes']) };
    const aggregating = medianCost(parts.map((part) => sumOf(part, (name) => name.startsWith('compute '))));
    const appending = medianCost(parts.map((part) => sumOf(part, (name) => name.startsWith('observation'))));
    reportCost('whole job', medianCost(job), one, '1.2×');
    reportCost('its statements alone', aggregating, one);
    reportCost('its statements alone', aggregating, three);
    for (const name of new Set(parts.flatMap((part) => [...part.keys()]))) {
      const { ms, cpuMs } = medianCost(parts.map((part) => part.get(name) ?? { ms: 0, cpuMs: 0 }));
      console.log(`    ${name}: ${ms.toFixed(0)} ms (cpu ${cpuMs.toFixed(0)})`);
    }
    console.log(
      `  comparing and appending: ${appending.ms.toFixed(0)} ms (cpu ${appending.cpuMs.toFixed(0)}), which the hand-written statement does not do`,
    );
  });
}

function sumOf(costs: ReadonlyMap<string, Cost>, belongs: (name: string) => boolean): Cost {
  const total = { ms: 0, cpuMs: 0 };
  for (const [name, { ms, cpuMs }] of costs) {
    if (!belongs(name)) continue;
    total.ms += ms;
    total.cpuMs += cpuMs;
  }
  return total;
}

/** A ratio between two different answers would mean nothing. */
async function assertSame(ctx: Context): Promise<void> {
  const [found] = await ctx.warehouse.loads.rows({
    name: 'bench_compare',
    sql: `SELECT count() AS cells, (SELECT count() FROM (SELECT 1 FROM observation WHERE source = 'hotline_ticket' GROUP BY metric, freq, basis, slice, region, period)) AS jobs, countIf(o.metric = '' OR if(h.metric = 'hotline_requests', h.numerator != o.value, h.numerator != o.numerator OR h.denominator != o.denominator)) AS differ
      FROM bench_by_hand AS h LEFT JOIN observation AS o USING (metric, freq, basis, slice, region, period)`,
    row: z.object({ cells: z.coerce.number(), jobs: z.coerce.number(), differ: z.coerce.number() }),
  });
  console.log(
    `  ${found?.cells} cells by hand, ${found?.differ} of them otherwise among the ${found?.jobs} of the job`,
  );
  if (!found || found.cells === 0 || found.differ > 0) throw new Error('the two do not compute the same');
}

function run(ctx: Context, sql: string, settings: Record<string, number> = {}): Promise<void> {
  const params: Record<string, number> = sql.includes('{now:Int64}') ? { now: BENCH_NOW_MS / 1000 } : {};
  return ctx.warehouse.loads.command({ name: 'bench_by_hand', sql, params, settings });
}

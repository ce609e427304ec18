import { z } from 'zod';
import type { OpeningStock } from '@/metrics/compile/types';
import { FREQUENCIES } from '@/metrics/model/cell';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { INHERITED_FLAGS } from '@/metrics/model/inherited-flags';
import { nextPeriod } from '@/metrics/time/period';
import type { Stores } from '@/server/context';

const published = z.object({
  metric: z.string(),
  region: z.coerce.number(),
  freq: z.enum(FREQUENCIES),
  period_ms: z.coerce.number(),
  value: z.string(),
  flags: z.array(z.string()),
});

/**
 * Published stocks that the definitions count from, as known at `nowMs`: the newest vintage of each cell, unless it is
 * one that a dataset computed. Of two figures that close on the same day the one of the finer frequency is taken.
 */
export async function readOpenings(
  stores: Pick<Stores, 'warehouse'>,
  definitions: readonly AggregatedDefinition[],
  nowMs: number,
): Promise<OpeningStock[]> {
  const balances = definitions.filter(({ fn }) => typeof fn?.args.opening === 'string');
  if (balances.length === 0) return [];
  const rows = await stores.warehouse.jobs.rows({
    name: 'compute_openings',
    sql: `SELECT metric, region, freq, toUnixTimestamp64Milli(toDateTime64(period_at, 3)) AS period_ms,
        toString(assumeNotNull(fact.1)) AS value, arrayIntersect(CAST(fact.2 AS Array(String)), {marks:Array(String)}) AS flags
      FROM (
        SELECT metric, region, freq, period AS period_at, argMax((value, flags, source), (vintage, recorded_at)) AS fact
        FROM observation
        WHERE metric IN {metrics:Array(String)} AND basis = 'point' AND measure = 'level' AND slice = ''
          AND vintage <= fromUnixTimestamp64Milli({now_ms:Int64}, 'Asia/Shanghai')
        GROUP BY metric, region, freq, period
      )
      WHERE isNotNull(fact.1) AND fact.3 NOT IN {datasets:Array(String)}
      ORDER BY metric, region, period_ms, freq`,
    params: {
      metrics: [...new Set(balances.map(({ fn }) => String(fn?.args.opening)))],
      datasets: [...new Set(balances.map(({ dataset }) => dataset))],
      // What was running when it was published is over.
      marks: INHERITED_FLAGS.filter((flag) => flag !== 'running'),
      now_ms: nowMs,
    },
    row: published,
  });
  const openings = new Map<string, OpeningStock & { rank: number }>();
  for (const { metric, region, freq, period_ms: startMs, value, flags } of rows) {
    const endMs = nextPeriod(freq, startMs);
    const rank = FREQUENCIES.indexOf(freq);
    const key = `${metric} ${region} ${endMs}`;
    if ((openings.get(key)?.rank ?? -1) < rank)
      openings.set(key, { metric, region, endMs, value, flags: [...flags].sort(), rank });
  }
  return [...openings.values()].map(({ rank: _, ...opening }) => opening);
}

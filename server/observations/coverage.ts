import { z } from 'zod';
import { FREQUENCIES, type Freq } from '@/metrics/model/cell';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';
import { type PartitionMemory, partitionMemory } from '@/server/warehouse/partitions';

/** What there is of one metric, within the reader's regions. */
export interface Coverage {
  freqs: Freq[];
  regionCount: number;
  firstPeriodMs: number;
  lastPeriodMs: number;
  lastVintageMs: number;
}

const millis = z.coerce.number().int();
const row = z.object({
  partition: z.string(),
  metric: z.string(),
  freqs: z.array(z.enum(FREQUENCIES)),
  regions: z.array(z.coerce.number().int()),
  first_ms: millis,
  last_ms: millis,
  vintage_ms: millis,
});
type Part = z.infer<typeof row>;

interface Known {
  version: number;
  coverage: Promise<Map<string, Coverage>>;
  memory: PartitionMemory<Part[]>;
}
const knownOf = new WeakMap<Context['warehouse'], Map<string, Known>>();

/**
 * By metric; asked of the engine once a data version and scope, and then only for the years to which observations were
 * appended since. A metric that is absent has no observation.
 */
export async function readCoverage(ctx: Context): Promise<Map<string, Coverage>> {
  const version = await currentDataVersion(ctx);
  let scopes = knownOf.get(ctx.warehouse);
  if (!scopes) {
    scopes = new Map();
    knownOf.set(ctx.warehouse, scopes);
  }
  const key = ctx.actor.scope.regions.toString();
  const known = scopes.get(key);
  if (known?.version === version) return known.coverage;
  const memory = known?.memory ?? partitionMemory<Part[]>(ctx.warehouse);
  const coverage = askCoverage(ctx, memory);
  const asked: Known = { version, coverage, memory };
  scopes.set(key, asked);
  coverage.catch(() => {
    if (scopes.get(key) === asked) scopes.delete(key);
  });
  return coverage;
}

async function askCoverage(ctx: Context, memory: PartitionMemory<Part[]>): Promise<Map<string, Coverage>> {
  const scope = regionCondition(ctx.actor.scope);
  const years = await memory.ask('observation', async (lane, ids) => {
    const rows = await lane.rows({
      name: 'observation_coverage',
      sql: `SELECT _partition_id AS partition, metric, groupUniqArray(freq) AS freqs,
          groupUniqArray(region) AS regions,
          toUnixTimestamp64Milli(toDateTime64(min(period), 3)) AS first_ms,
          toUnixTimestamp64Milli(toDateTime64(max(period), 3)) AS last_ms,
          toUnixTimestamp64Milli(max(vintage)) AS vintage_ms
        FROM observation
        WHERE _partition_id IN {ids:Array(String)} AND status != 'missing' AND ${scope.sql}
        GROUP BY partition, metric`,
      params: { ids, ...scope.params },
      row,
    });
    const byPartition = new Map<string, Part[]>();
    for (const one of rows) byPartition.set(one.partition, [...(byPartition.get(one.partition) ?? []), one]);
    return byPartition;
  });
  const byMetric = new Map<string, Part[]>();
  for (const part of years.flat()) byMetric.set(part.metric, [...(byMetric.get(part.metric) ?? []), part]);
  return new Map(
    [...byMetric].sort(([a], [b]) => (a < b ? -1 : 1)).map(([metric, parts]) => [metric, whole(parts)]),
  );
}

function whole(parts: readonly Part[]): Coverage {
  return {
    freqs: [...new Set(parts.flatMap(({ freqs }) => freqs))].sort(),
    regionCount: new Set(parts.flatMap(({ regions }) => regions)).size,
    firstPeriodMs: Math.min(...parts.map(({ first_ms }) => first_ms)),
    lastPeriodMs: Math.max(...parts.map(({ last_ms }) => last_ms)),
    lastVintageMs: Math.max(...parts.map(({ vintage_ms }) => vintage_ms)),
  };
}

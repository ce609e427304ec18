import { z } from 'zod';
import { FREQUENCIES, type Freq } from '@/metrics/model/cell';
import { REGION_LEVELS, type RegionLevel } from '@/metrics/model/region';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';
import { type PartitionMemory, partitionMemory } from '@/server/warehouse/partitions';

/** What there is of one metric, within the reader's regions. */
export interface Coverage {
  freqs: Freq[];
  regionCount: number;
  /** Levels of the regions that have a value of any kind, and of those that have one of the whole: unsliced, no growth. */
  levels: RegionLevel[];
  wholeLevels: RegionLevel[];
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
  levels: z.array(z.enum(REGION_LEVELS)),
  whole_levels: z.array(z.enum(REGION_LEVELS)),
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
 * appended since; or as known at an instant. The one rule of 有数: a metric that is absent has no value in the reader's
 * regions, neither a level nor a published growth; targets and empty figures are none.
 */
export async function readCoverage(ctx: Context, asOfMs?: number): Promise<Map<string, Coverage>> {
  if (asOfMs !== undefined) {
    return byMetric(
      await readParts(ctx, ctx.warehouse.screens, {
        sql: "vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')",
        params: { as_of_ms: asOfMs },
      }),
    );
  }
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
  const years = await memory.ask('observation', async (lane, ids) => {
    const rows = await readParts(ctx, lane, {
      sql: '_partition_id IN {ids:Array(String)}',
      params: { ids },
    });
    const byPartition = new Map<string, Part[]>();
    for (const one of rows) byPartition.set(one.partition, [...(byPartition.get(one.partition) ?? []), one]);
    return byPartition;
  });
  return byMetric(years.flat());
}

const LEVEL_OF_REGION = `multiIf(region = 100000, 'nation', region % 10000 = 0, 'province', region % 100 = 0, 'city', 'county')`;

function readParts(
  ctx: Context,
  lane: Context['warehouse']['screens'],
  condition: { sql: string; params: Record<string, number | readonly string[]> },
): Promise<Part[]> {
  const scope = regionCondition(ctx.actor.scope);
  return lane.rows({
    name: 'observation_coverage',
    sql: `SELECT _partition_id AS partition, metric, groupUniqArray(freq) AS freqs,
        groupUniqArray(region) AS regions,
        groupUniqArray(${LEVEL_OF_REGION}) AS levels,
        groupUniqArrayIf(${LEVEL_OF_REGION}, slice = '' AND measure = 'level') AS whole_levels,
        toUnixTimestamp64Milli(toDateTime64(min(period), 3)) AS first_ms,
        toUnixTimestamp64Milli(toDateTime64(max(period), 3)) AS last_ms,
        toUnixTimestamp64Milli(max(vintage)) AS vintage_ms
      FROM observation
      WHERE ${condition.sql} AND value IS NOT NULL AND measure IN ('level', 'yoy') AND ${scope.sql}
      GROUP BY partition, metric`,
    params: { ...condition.params, ...scope.params },
    row,
  });
}

function byMetric(parts: readonly Part[]): Map<string, Coverage> {
  const partsOf = new Map<string, Part[]>();
  for (const part of parts) partsOf.set(part.metric, [...(partsOf.get(part.metric) ?? []), part]);
  return new Map(
    [...partsOf].sort(([a], [b]) => (a < b ? -1 : 1)).map(([metric, own]) => [metric, whole(own)]),
  );
}

function whole(parts: readonly Part[]): Coverage {
  return {
    freqs: [...new Set(parts.flatMap(({ freqs }) => freqs))].sort(),
    regionCount: new Set(parts.flatMap(({ regions }) => regions)).size,
    levels: [...new Set(parts.flatMap(({ levels }) => levels))],
    wholeLevels: [...new Set(parts.flatMap(({ whole_levels }) => whole_levels))],
    firstPeriodMs: Math.min(...parts.map(({ first_ms }) => first_ms)),
    lastPeriodMs: Math.max(...parts.map(({ last_ms }) => last_ms)),
    lastVintageMs: Math.max(...parts.map(({ vintage_ms }) => vintage_ms)),
  };
}

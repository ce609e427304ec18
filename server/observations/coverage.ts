import { z } from 'zod';
import { FREQUENCIES, type Freq } from '@/metrics/model/cell';
import { REGION_LEVELS, type RegionLevel } from '@/metrics/model/region';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';

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
  metric: z.string(),
  freqs: z.array(z.enum(FREQUENCIES)),
  region_count: z.coerce.number().int(),
  levels: z.array(z.enum(REGION_LEVELS)),
  whole_levels: z.array(z.enum(REGION_LEVELS)),
  first_ms: millis,
  last_ms: millis,
  vintage_ms: millis,
});

interface Cached {
  version: number;
  coverage: Promise<Map<string, Coverage>>;
}
const cache = new WeakMap<Context['warehouse'], Map<string, Cached>>();

/**
 * By metric; read once a data version and scope, or as known at an instant. The one rule of 有数: a metric that is absent
 * has no value in the reader's regions, neither a level nor a published growth; targets and empty figures are none.
 */
export async function readCoverage(ctx: Context, asOfMs?: number): Promise<Map<string, Coverage>> {
  if (asOfMs !== undefined) return queryCoverage(ctx, asOfMs);
  const version = await currentDataVersion(ctx);
  let scopes = cache.get(ctx.warehouse);
  if (!scopes) {
    scopes = new Map();
    cache.set(ctx.warehouse, scopes);
  }
  const key = ctx.actor.scope.regions.toString();
  const known = scopes.get(key);
  if (known?.version === version) return known.coverage;
  const coverage = queryCoverage(ctx, null);
  scopes.set(key, { version, coverage });
  coverage.catch(() => scopes.delete(key));
  return coverage;
}

const LEVEL_OF_REGION = `multiIf(region = 100000, 'nation', region % 10000 = 0, 'province', region % 100 = 0, 'city', 'county')`;

async function queryCoverage(ctx: Context, asOfMs: number | null): Promise<Map<string, Coverage>> {
  const scope = regionCondition(ctx.actor.scope);
  const rows = await ctx.warehouse.screens.rows({
    name: 'observation_coverage',
    sql: `SELECT metric, arraySort(groupUniqArray(freq)) AS freqs, uniqExact(region) AS region_count,
        groupUniqArray(${LEVEL_OF_REGION}) AS levels,
        groupUniqArrayIf(${LEVEL_OF_REGION}, slice = '' AND measure = 'level') AS whole_levels,
        toUnixTimestamp64Milli(toDateTime64(min(period), 3)) AS first_ms,
        toUnixTimestamp64Milli(toDateTime64(max(period), 3)) AS last_ms,
        toUnixTimestamp64Milli(max(vintage)) AS vintage_ms
      FROM observation
      WHERE value IS NOT NULL AND measure IN ('level', 'yoy') AND ${scope.sql}
        ${asOfMs === null ? '' : "AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')"}
      GROUP BY metric ORDER BY metric`,
    params: { ...scope.params, ...(asOfMs !== null && { as_of_ms: asOfMs }) },
    row,
  });
  return new Map(
    rows.map((found) => [
      found.metric,
      {
        freqs: found.freqs,
        regionCount: found.region_count,
        levels: found.levels,
        wholeLevels: found.whole_levels,
        firstPeriodMs: found.first_ms,
        lastPeriodMs: found.last_ms,
        lastVintageMs: found.vintage_ms,
      },
    ]),
  );
}

import { z } from 'zod';
import { FREQUENCIES, type Freq } from '@/metrics/model/cell';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';

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
  metric: z.string(),
  freqs: z.array(z.enum(FREQUENCIES)),
  region_count: z.coerce.number().int(),
  first_ms: millis,
  last_ms: millis,
  vintage_ms: millis,
});

interface Cached {
  version: number;
  coverage: Promise<Map<string, Coverage>>;
}
const cache = new WeakMap<Context['warehouse'], Map<string, Cached>>();

/** By metric; read once a data version and scope. A metric that is absent has no observation. */
export async function readCoverage(ctx: Context): Promise<Map<string, Coverage>> {
  const version = await currentDataVersion(ctx);
  let scopes = cache.get(ctx.warehouse);
  if (!scopes) {
    scopes = new Map();
    cache.set(ctx.warehouse, scopes);
  }
  const key = ctx.actor.scope.regions.toString();
  const known = scopes.get(key);
  if (known?.version === version) return known.coverage;
  const coverage = queryCoverage(ctx);
  scopes.set(key, { version, coverage });
  coverage.catch(() => scopes.delete(key));
  return coverage;
}

async function queryCoverage(ctx: Context): Promise<Map<string, Coverage>> {
  const scope = regionCondition(ctx.actor.scope);
  const rows = await ctx.warehouse.screens.rows({
    name: 'observation_coverage',
    sql: `SELECT metric, arraySort(groupUniqArray(freq)) AS freqs, uniqExact(region) AS region_count,
        toUnixTimestamp64Milli(toDateTime64(min(period), 3)) AS first_ms,
        toUnixTimestamp64Milli(toDateTime64(max(period), 3)) AS last_ms,
        toUnixTimestamp64Milli(max(vintage)) AS vintage_ms
      FROM observation WHERE status != 'missing' AND ${scope.sql}
      GROUP BY metric ORDER BY metric`,
    params: scope.params,
    row,
  });
  return new Map(
    rows.map((found) => [
      found.metric,
      {
        freqs: found.freqs,
        regionCount: found.region_count,
        firstPeriodMs: found.first_ms,
        lastPeriodMs: found.last_ms,
        lastVintageMs: found.vintage_ms,
      },
    ]),
  );
}

import { and, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import { regionRange } from '@/metrics/model/region';
import { NATION_CODE, PROVINCE_CODE } from '@/metrics/regions/tree';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { OFFICIAL_FIGURE } from '@/server/datasets/official-figure';
import { datasetLoad } from '@/server/db/schema/ingest';
import { AppError } from '@/server/errors';
import type { LoadRow } from '@/server/ingest/load';
import { datasetsInScope } from '@/server/services/datasets/scope';

/**
 * Loads whose rows all lie in the actor's regions, and the actor's own: a file may hold rows of every region of its
 * sender. What the installation itself loaded (commands, the seed) is the province's: no one sees more than that. Who is
 * limited to some domains sees loads of their datasets, and of published figures, which are of all domains, the own.
 */
export function visibleTo(ctx: Pick<Context, 'actor' | 'registry'>): SQL | undefined {
  const { actor } = ctx;
  const own = eq(datasetLoad.actorId, actor.id);
  const datasets = datasetsInScope(ctx);
  const ranges = actor.scope.regions.map(regionRange);
  const inRange = ranges.map(([low, high]) => sql`(r BETWEEN ${low} AND ${high})`);
  const covered = inRange.length === 0 ? sql`false` : sql.join(inRange, sql` OR `);
  const ofRegions = or(
    own,
    sql`NOT EXISTS (
      SELECT 1 FROM unnest(array_replace(${datasetLoad.scopeRegions}, ${NATION_CODE}, ${PROVINCE_CODE})) AS r
      WHERE NOT (${covered})
    )`,
  );
  if (datasets === null) return ofRegions;
  return and(
    inArray(datasetLoad.dataset, datasets),
    or(ne(datasetLoad.dataset, OFFICIAL_FIGURE), own),
    ofRegions,
  );
}

/** @throws AppError `forbidden`, or `not_found` also for a load that may not be seen. */
export async function visibleLoad(ctx: Context, id: string): Promise<LoadRow> {
  assertCan(ctx.actor, 'load:read');
  const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const [row] = isId
    ? await ctx.db
        .select()
        .from(datasetLoad)
        .where(and(eq(datasetLoad.id, id), visibleTo(ctx)))
    : [];
  if (!row) throw new AppError('not_found', `没有接入批次 ${id}`, { place: 'id' });
  return row;
}

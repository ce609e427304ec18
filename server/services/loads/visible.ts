import { and, eq, or, type SQL, sql } from 'drizzle-orm';
import { regionRange } from '@/metrics/model/region';
import { NATION_CODE, PROVINCE_CODE } from '@/metrics/regions/tree';
import { assertCan } from '@/server/access/roles';
import type { Actor, Context } from '@/server/context';
import { datasetLoad } from '@/server/db/schema/ingest';
import { AppError } from '@/server/errors';
import type { LoadRow } from '@/server/ingest/load';

/**
 * Loads whose rows all lie in the actor's regions, and the actor's own: a file may hold rows of every region of its
 * sender. What the installation itself loaded (commands, the seed) is the province's: no one sees more than that.
 */
export function visibleTo(actor: Actor): SQL | undefined {
  const ranges = actor.scope.regions.map(regionRange);
  const inRange = ranges.map(([low, high]) => sql`(r BETWEEN ${low} AND ${high})`);
  const covered = inRange.length === 0 ? sql`false` : sql.join(inRange, sql` OR `);
  return or(
    eq(datasetLoad.actorId, actor.id),
    sql`NOT EXISTS (
      SELECT 1 FROM unnest(array_replace(${datasetLoad.scopeRegions}, ${NATION_CODE}, ${PROVINCE_CODE})) AS r
      WHERE NOT (${covered})
    )`,
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
        .where(and(eq(datasetLoad.id, id), visibleTo(ctx.actor)))
    : [];
  if (!row) throw new AppError('not_found', `没有接入批次 ${id}`, { place: 'id' });
  return row;
}

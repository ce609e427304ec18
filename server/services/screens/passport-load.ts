import { and, desc, eq, lte } from 'drizzle-orm';
import type { Observation } from '@/metrics/model/cell';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { can } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { datasetTitle, findDataset } from '@/server/datasets/registry';
import { datasetLoad } from '@/server/db/schema/ingest';
import { visibleTo } from '@/server/services/loads/visible';
import type { Passport } from '@/server/services/screens/passport-types';
import type { Publication } from '@/server/services/screens/publication';

/**
 * The load that brought a published figure; of a value computed from rows, which many loads may have brought, the newest
 * one that was there when it was computed. Null for a derived value, and where the reader may not see the load.
 */
export async function readLoad(
  ctx: Context,
  { source, vintageMs }: Observation,
  publication: Publication | null,
): Promise<Passport['load']> {
  if (isDerivedSource(source) || !can(ctx.actor, 'load:read')) return null;
  const computed = findDataset(source) !== undefined;
  if (!computed && publication === null) return null;
  const of = computed ? eq(datasetLoad.dataset, source) : eq(datasetLoad.id, publication?.loadId ?? '');
  const [row] = await ctx.db
    .select()
    .from(datasetLoad)
    .where(
      and(
        of,
        eq(datasetLoad.status, 'committed'),
        computed ? lte(datasetLoad.finishedAt, new Date(vintageMs)) : undefined,
        visibleTo(ctx),
      ),
    )
    .orderBy(desc(datasetLoad.finishedAt))
    .limit(1);
  if (!row) return null;
  return {
    id: row.id,
    brought: !computed,
    datasetTitle: datasetTitle(row.dataset),
    fileName: row.fileName,
    origin: row.origin,
    provenance: row.provenance,
    actorName: row.actorName,
    receivedMs: row.receivedAt.getTime(),
    acceptedRows: row.acceptedRows,
  };
}

import { and, desc, eq, lte } from 'drizzle-orm';
import { z } from 'zod';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { parsePeriod } from '@/metrics/time/parse-period';
import { can } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { OFFICIAL_FIGURE } from '@/server/datasets/official-figure';
import { datasetTitle, findDataset } from '@/server/datasets/registry';
import { datasetLoad } from '@/server/db/schema/ingest';
import { visibleTo } from '@/server/services/loads/visible';
import type { Passport } from '@/server/services/screens/passport-types';

/**
 * The load that brought a published figure; of a value computed from rows, which many loads may have brought, the newest
 * one that was there when it was computed. Null for a derived value, and where the reader may not see the load.
 */
export async function readLoad(
  ctx: Context,
  cell: CellKey,
  { source, value, vintageMs }: Observation,
): Promise<Passport['load']> {
  if (isDerivedSource(source) || !can(ctx.actor, 'load:read')) return null;
  const computed = findDataset(source) !== undefined;
  const brought = computed ? null : await publishedBy(ctx, cell, { source, value, vintageMs });
  if (!computed && brought === null) return null;
  const of = computed ? eq(datasetLoad.dataset, source) : eq(datasetLoad.id, brought ?? '');
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

const publication = z.object({
  load_id: z.string(),
  period: z.string(),
  value: z.string().nullable(),
  source: z.string(),
});

/** Id of the load with the publication of the cell that a vintage says: the last until then with its value and citation. */
async function publishedBy(
  ctx: Context,
  cell: CellKey,
  { source, value, vintageMs }: Pick<Observation, 'source' | 'value' | 'vintageMs'>,
): Promise<string | null> {
  const rows = await ctx.warehouse.screens.rows({
    name: 'passport_publication',
    sql: `SELECT toString(batch_id) AS load_id, period, if(is_deleted = 1, NULL, toString(value)) AS value, source
      FROM ${OFFICIAL_FIGURE}
      WHERE metric = {metric:String} AND freq = {freq:String} AND basis = {basis:String} AND measure = {measure:String}
        AND slice = {slice:String} AND region_code = {region:UInt32}
        AND toUnixTimestamp(toDateTime64(published_at, 0, 'Asia/Shanghai')) <= {known_s:Int64}
      ORDER BY published_at DESC, version DESC, ingest_ts DESC`,
    params: {
      metric: cell.metric,
      freq: cell.freq,
      basis: cell.basis,
      measure: cell.measure,
      slice: cell.slice,
      region: cell.region,
      known_s: Math.floor(vintageMs / 1000),
    },
    row: publication,
  });
  const found = rows.find(
    (row) =>
      row.source === source &&
      parsePeriod(row.period)?.startMs === cell.periodMs &&
      (row.value === null ? value === null : value !== null && Number(row.value) === Number(value)),
  );
  return found?.load_id ?? null;
}

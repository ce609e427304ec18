import { z } from 'zod';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { parsePeriod } from '@/metrics/time/parse-period';
import type { Context } from '@/server/context';
import { OFFICIAL_FIGURE } from '@/server/datasets/official-figure';
import { findDataset } from '@/server/datasets/registry';

const publicationRow = z.object({
  load_id: z.string(),
  period: z.string(),
  value: z.string().nullable(),
  source: z.string(),
  note: z.string(),
});

export interface Publication {
  loadId: string;
  /** What was written beside the figure; empty where nothing was. */
  note: string;
}

/**
 * The publication of the cell that a vintage says: the last until then with its value and citation. Null for what was
 * computed here.
 */
export async function readPublication(
  ctx: Context,
  cell: CellKey,
  { source, value, vintageMs }: Pick<Observation, 'source' | 'value' | 'vintageMs'>,
): Promise<Publication | null> {
  if (isDerivedSource(source) || findDataset(source) !== undefined) return null;
  const rows = await ctx.warehouse.screens.rows({
    name: 'passport_publication',
    sql: `SELECT toString(batch_id) AS load_id, period, if(is_deleted = 1, NULL, toString(value)) AS value, source, note
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
    row: publicationRow,
  });
  const found = rows.find(
    (row) =>
      row.source === source &&
      parsePeriod(row.period)?.startMs === cell.periodMs &&
      (row.value === null ? value === null : value !== null && Number(row.value) === Number(value)),
  );
  return found ? { loadId: found.load_id, note: found.note } : null;
}

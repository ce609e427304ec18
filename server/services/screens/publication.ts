import { z } from 'zod';
import { cellId } from '@/metrics/derive/known';
import { FREQUENCIES, MEASURES, type Observation } from '@/metrics/model/cell';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { parsePeriod } from '@/metrics/time/parse-period';
import type { Context } from '@/server/context';
import { OFFICIAL_FIGURE } from '@/server/datasets/official-figure';
import { findDataset } from '@/server/datasets/registry';

const publicationRow = z.object({
  metric: z.string(),
  freq: z.enum(FREQUENCIES),
  basis: z.string(),
  measure: z.enum(MEASURES),
  slice: z.string(),
  region_code: z.coerce.number(),
  published_ms: z.coerce.number(),
  load_id: z.string(),
  period: z.string(),
  value: z.string().nullable(),
  source: z.string(),
  note: z.string(),
});
type PublicationRow = z.output<typeof publicationRow>;

export interface Publication {
  loadId: string;
  /** What was written beside the figure; empty where nothing was. */
  note: string;
}

/** Gives the publication of a cell that a vintage says: the last until then with its value and citation. */
export type Publications = (vintage: Observation) => Publication | null;

/** Of every one of these that was published; what was computed here has none. */
export async function readPublications(
  { warehouse }: Pick<Context, 'warehouse'>,
  vintages: readonly Observation[],
): Promise<Publications> {
  const published = vintages.filter(isPublished);
  if (published.length === 0) return () => null;
  const distinct = <T>(of: (o: Observation) => T): T[] => [...new Set(published.map(of))];
  const rows = await warehouse.screens.rows({
    name: 'publications',
    sql: `SELECT metric, freq, basis, measure, slice, region_code,
        toUnixTimestamp(toDateTime64(published_at, 0, 'Asia/Shanghai')) * 1000 AS published_ms,
        toString(batch_id) AS load_id, period, if(is_deleted = 1, NULL, toString(value)) AS value, source, note
      FROM ${OFFICIAL_FIGURE}
      WHERE metric IN {metrics:Array(String)} AND region_code IN {regions:Array(UInt32)}
        AND slice IN {slices:Array(String)} AND freq IN {freqs:Array(String)} AND basis IN {bases:Array(String)}
        AND measure IN {measures:Array(String)}
        AND toUnixTimestamp(toDateTime64(published_at, 0, 'Asia/Shanghai')) <= {known_s:Int64}
      ORDER BY published_at DESC, version DESC, ingest_ts DESC`,
    params: {
      metrics: distinct(({ metric }) => metric),
      regions: distinct(({ region }) => region),
      slices: distinct(({ slice }) => slice),
      freqs: distinct(({ freq }) => freq),
      bases: distinct(({ basis }) => basis),
      measures: distinct(({ measure }) => measure),
      known_s: Math.floor(Math.max(...distinct(({ vintageMs }) => vintageMs)) / 1000),
    },
    row: publicationRow,
  });
  const byCell = new Map<string, PublicationRow[]>();
  for (const row of rows) {
    const known = byCell.get(cellOf(row));
    if (known) known.push(row);
    else byCell.set(cellOf(row), [row]);
  }
  return (o) => {
    if (!isPublished(o)) return null;
    const found = byCell.get(cellId(o))?.find((row) => says(row, o));
    return found ? { loadId: found.load_id, note: found.note } : null;
  };
}

function isPublished({ source }: Observation): boolean {
  return !isDerivedSource(source) && findDataset(source) === undefined;
}

function cellOf({ period, region_code: region, ...key }: PublicationRow): string {
  return cellId({ ...key, region, periodMs: parsePeriod(period)?.startMs ?? Number.NaN });
}

function says(row: PublicationRow, { source, value, vintageMs }: Observation): boolean {
  if (row.source !== source || row.published_ms > vintageMs) return false;
  return row.value === null ? value === null : value !== null && Number(row.value) === Number(value);
}

import { z } from 'zod';
import {
  type CellKey,
  FREQUENCIES,
  type Freq,
  MEASURES,
  type Observation,
  type RegionCode,
} from '@/metrics/model/cell';
import { DERIVED_SOURCES } from '@/metrics/model/derived-source';
import type { Stores } from '@/server/context';
import { KEY_LIST, observationRow, SELECT_LIST } from '@/server/observations/columns';
import type { QueryParam } from '@/server/warehouse/query';

/**
 * Reads for jobs: whole histories, all regions. They belong to the system and are not for screens, whose reads go
 * through read.ts with the reader's scope.
 */
export interface HistoryFilter {
  metrics: readonly string[];
  freqs: readonly Freq[];
  regions: readonly RegionCode[];
  slices: readonly string[];
  fromMs: number;
  toMs: number;
  /** Vintages after this instant, and the newest one not after it; 0: all there are. */
  sinceMs: number;
}

/** Oldest vintage first within a cell; of two of one instant the later recorded comes later. */
export function readHistory(
  stores: Pick<Stores, 'warehouse'>,
  filter: HistoryFilter,
): Promise<Observation[]> {
  const where = `metric IN {metrics:Array(String)} AND freq IN {freqs:Array(String)}
    AND region IN {regions:Array(UInt32)} AND slice IN {slices:Array(String)}
    AND period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai') AND period < toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai')`;
  const since = "fromUnixTimestamp64Milli({since_ms:Int64}, 'Asia/Shanghai')";
  const every = `SELECT * FROM observation WHERE ${where}`;
  const recent = `${every} AND vintage > ${since}
      UNION ALL
      SELECT * FROM (
        ${every} AND vintage <= ${since}
        ORDER BY ${KEY_LIST}, vintage DESC, recorded_at DESC LIMIT 1 BY ${KEY_LIST}
      )`;
  return stores.warehouse.jobs.rows({
    name: 'observation_history',
    sql: `SELECT ${SELECT_LIST} FROM (${filter.sinceMs > 0 ? recent : every}) ORDER BY ${KEY_LIST}, vintage, recorded_at`,
    params: {
      metrics: [...filter.metrics],
      freqs: [...filter.freqs],
      regions: [...filter.regions],
      slices: [...filter.slices],
      from_s: Math.floor(filter.fromMs / 1000),
      to_s: Math.ceil(filter.toMs / 1000),
      since_ms: filter.sinceMs,
    },
    settings: { max_execution_time: 600 },
    row: observationRow,
  });
}

export interface ChangedCell {
  cell: CellKey;
  /** Oldest of the vintages that were appended. */
  vintageMs: number;
  /** One of them says that the publisher gives no value: whatever else may speak of the cell does then. */
  silenced: boolean;
}

const changedRow = z
  .object({
    metric: z.string(),
    freq: z.enum(FREQUENCIES),
    region: z.coerce.number().int(),
    slice: z.string(),
    basis: z.string(),
    measure: z.enum(MEASURES),
    period_ms: z.coerce.number().int(),
    vintage_ms: z.coerce.number().int(),
    silenced: z.coerce.boolean(),
  })
  .transform(
    ({ period_ms, vintage_ms, silenced, ...key }): ChangedCell => ({
      cell: { ...key, periodMs: period_ms },
      vintageMs: vintage_ms,
      silenced,
    }),
  );

/** Cells of some metrics: all, or those of some frequencies, and the whole and single slices by some dimensions. */
export interface WantedCells {
  metrics: readonly string[];
  within?: { freqs: readonly Freq[]; dimensions: readonly string[] };
}

/**
 * Cells, each once: those that the runs appended to, or all there are (`runIds: null`). Of the metrics in `silenced`
 * besides only the cells whose publisher fell silent.
 */
export function readCells(
  stores: Pick<Stores, 'warehouse'>,
  wanted: readonly WantedCells[],
  runIds: readonly string[] | null,
  silenced: readonly string[] = [],
): Promise<ChangedCell[]> {
  const params: Record<string, QueryParam> = {
    silenced: [...silenced],
    derived: [...DERIVED_SOURCES, ''],
  };
  if (runIds) params.runs = [...runIds];
  const conditions = wanted.map(({ metrics, within }, i) => {
    params[`metrics${i}`] = [...metrics];
    if (!within) return `metric IN {metrics${i}:Array(String)}`;
    params[`freqs${i}`] = [...within.freqs];
    params[`dimensions${i}`] = ['', ...within.dimensions];
    return `metric IN {metrics${i}:Array(String)} AND freq IN {freqs${i}:Array(String)} AND splitByChar('=', slice)[1] IN {dimensions${i}:Array(String)}`;
  });
  const isSilence = 'value IS NULL AND source NOT IN {derived:Array(String)}';
  return stores.warehouse.jobs.rows({
    name: 'observation_cells',
    sql: `SELECT metric, freq, region, slice, basis, measure, toUnixTimestamp64Milli(toDateTime64(period, 3)) AS period_ms,
        toUnixTimestamp64Milli(min(vintage)) AS vintage_ms, max(${isSilence}) AS silenced
      FROM observation
      WHERE (${[...conditions, `metric IN {silenced:Array(String)} AND ${isSilence}`].map((one) => `(${one})`).join(' OR ')})
        ${runIds ? 'AND run_id IN {runs:Array(String)}' : ''}
      GROUP BY metric, freq, region, slice, basis, measure, period
      ORDER BY metric, freq, basis, measure, slice, region, period`,
    params,
    settings: { max_execution_time: 600 },
    row: changedRow,
  });
}

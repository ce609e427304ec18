import { z } from 'zod';
import {
  type CellKey,
  FREQUENCIES,
  type Freq,
  MEASURES,
  type Observation,
  type RegionCode,
} from '@/metrics/model/cell';
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
  /** Vintages after this instant, and the newest one not after it. */
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
  return stores.warehouse.jobs.rows({
    name: 'observation_history',
    sql: `SELECT ${SELECT_LIST} FROM (
        SELECT * FROM observation WHERE ${where} AND vintage > ${since}
        UNION ALL
        SELECT * FROM (
          SELECT * FROM observation WHERE ${where} AND vintage <= ${since}
          ORDER BY ${KEY_LIST}, vintage DESC, recorded_at DESC LIMIT 1 BY ${KEY_LIST}
        )
      ) ORDER BY ${KEY_LIST}, vintage, recorded_at`,
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
  })
  .transform(
    ({ period_ms, vintage_ms, ...key }): ChangedCell => ({
      cell: { ...key, periodMs: period_ms },
      vintageMs: vintage_ms,
    }),
  );

/** Narrows cells to frequencies, and to the whole and single slices by some dimensions. */
export interface CellFilter {
  freqs: readonly Freq[];
  dimensions: readonly string[];
}

/** Cells of some metrics, each once: those that the runs appended to, or all there are (`runIds: null`). */
export function readCells(
  stores: Pick<Stores, 'warehouse'>,
  metrics: readonly string[],
  runIds: readonly string[] | null,
  filter?: CellFilter,
): Promise<ChangedCell[]> {
  const params: Record<string, QueryParam> = { metrics: [...metrics] };
  if (runIds) params.runs = [...runIds];
  if (filter) {
    params.freqs = [...filter.freqs];
    params.dimensions = ['', ...filter.dimensions];
  }
  return stores.warehouse.jobs.rows({
    name: 'observation_cells',
    sql: `SELECT metric, freq, region, slice, basis, measure, toUnixTimestamp64Milli(toDateTime64(period, 3)) AS period_ms,
        toUnixTimestamp64Milli(min(vintage)) AS vintage_ms
      FROM observation
      WHERE metric IN {metrics:Array(String)}${runIds ? ' AND run_id IN {runs:Array(String)}' : ''}
        ${filter ? "AND freq IN {freqs:Array(String)} AND splitByChar('=', slice)[1] IN {dimensions:Array(String)}" : ''}
      GROUP BY metric, freq, region, slice, basis, measure, period
      ORDER BY metric, freq, basis, measure, slice, region, period`,
    params,
    settings: { max_execution_time: 600 },
    row: changedRow,
  });
}

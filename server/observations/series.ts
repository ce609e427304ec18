import { z } from 'zod';
import {
  FREQUENCIES,
  type Freq,
  MEASURES,
  type Measure,
  type Observation,
  type RegionCode,
} from '@/metrics/model/cell';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { observationRow, SELECT_LIST } from '@/server/observations/columns';

/** What there is of one series; periods whose only vintages are empty do not count. */
export interface SeriesSummary {
  freq: Freq;
  basis: string;
  measure: Measure;
  slice: string;
  periods: number;
  firstMs: number;
  lastMs: number;
  /** Newest period that is whole: neither `partial` nor still running; null when none is. */
  wholeMs: number | null;
}

const millis = z.coerce.number().int();
const seriesRow = z
  .object({
    freq: z.enum(FREQUENCIES),
    basis: z.string(),
    measure: z.enum(MEASURES),
    slice: z.string(),
    periods: z.coerce.number().int(),
    first_ms: millis,
    last_ms: millis,
    whole_ms: millis.nullable(),
  })
  .transform(
    ({ first_ms, last_ms, whole_ms, ...row }): SeriesSummary => ({
      ...row,
      firstMs: first_ms,
      lastMs: last_ms,
      wholeMs: whole_ms,
    }),
  );

/** Marks of a period that does not hold all it is named after. */
const NOT_WHOLE = ['partial', 'running'];

export function isWhole({ flags }: Pick<Observation, 'flags'>): boolean {
  return !NOT_WHOLE.some((mark) => flags.includes(mark));
}

/** Every series of one metric in one region as known at the instant; nothing outside the actor's regions. */
export function listSeries(
  ctx: Context,
  { metric, region, asOfMs }: { metric: string; region: RegionCode; asOfMs: number },
): Promise<SeriesSummary[]> {
  const scope = regionCondition(ctx.actor.scope, [region]);
  return ctx.warehouse.screens.rows({
    name: 'observation_series',
    sql: `SELECT freq, basis, measure, slice, count() AS periods,
        toUnixTimestamp64Milli(toDateTime64(min(at), 3)) AS first_ms,
        toUnixTimestamp64Milli(toDateTime64(max(at), 3)) AS last_ms,
        if(countIf(whole) = 0, NULL, toUnixTimestamp64Milli(toDateTime64(maxIf(at, whole), 3))) AS whole_ms
      FROM (
        SELECT freq, basis, measure, slice, period AS at,
          NOT hasAny(argMax(flags, (vintage, recorded_at)), {marks:Array(String)}) AS whole
        FROM observation
        WHERE metric = {metric:String} AND region = {region:UInt32} AND value IS NOT NULL
          AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai') AND ${scope.sql}
        GROUP BY freq, basis, measure, slice, period
      )
      GROUP BY freq, basis, measure, slice ORDER BY freq, basis, measure, slice`,
    params: { metric, region, as_of_ms: asOfMs, marks: NOT_WHOLE, ...scope.params },
    row: seriesRow,
  });
}

/** Regions of the actor's scope that have a value of the metric, by code. */
export async function regionsWithData(
  ctx: Context,
  { metric, asOfMs }: { metric: string; asOfMs: number },
): Promise<RegionCode[]> {
  const scope = regionCondition(ctx.actor.scope);
  const rows = await ctx.warehouse.screens.rows({
    name: 'observation_regions',
    sql: `SELECT DISTINCT region FROM observation
      WHERE metric = {metric:String} AND value IS NOT NULL
        AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai') AND ${scope.sql}
      ORDER BY region`,
    params: { metric, as_of_ms: asOfMs, ...scope.params },
    row: z.object({ region: z.coerce.number().int() }),
  });
  return rows.map(({ region }) => region);
}

/** Hourly values older than this are not the newest of anything worth listing. */
const SUB_DAILY_WINDOW_MS = 14 * 86_400_000;

/**
 * The two newest periods with a value of every unsliced level series of one region, whatever the metric: one scan for
 * the whole list. Two, because the newest may not have ended. Beside them the two newest whose rows were too few for one, or
 * told of nothing that was due.
 */
export function readNewest(
  ctx: Context,
  { region, asOfMs }: { region: RegionCode; asOfMs: number },
): Promise<Observation[]> {
  const scope = regionCondition(ctx.actor.scope);
  return ctx.warehouse.screens.rows({
    name: 'observation_newest',
    sql: `SELECT ${SELECT_LIST} FROM (
        SELECT * FROM (
          SELECT * FROM observation
          WHERE region = {region:UInt32} AND measure = 'level' AND slice = ''
            AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')
            AND (freq NOT IN ('H', 'N') OR period >= toDateTime64({recent_s:Int64}, 0, 'Asia/Shanghai'))
            AND ${scope.sql}
          ORDER BY metric, freq, basis, period DESC, vintage DESC, recorded_at DESC
          LIMIT 1 BY metric, freq, basis, period
        ) WHERE value IS NOT NULL OR hasAny(flags, ['insufficient', 'div0']) ORDER BY metric, freq, basis, period DESC
        LIMIT 2 BY metric, freq, basis, isNull(value)
      ) ORDER BY metric, freq, basis, period DESC`,
    params: {
      region,
      as_of_ms: asOfMs,
      recent_s: Math.floor((asOfMs - SUB_DAILY_WINDOW_MS) / 1000),
      ...scope.params,
    },
    row: observationRow,
  });
}

import { z } from 'zod';
import { type Decimal, toDecimal } from '@/metrics/format/decimal';
import type { Freq, RegionCode } from '@/metrics/model/cell';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';

/** The whole of one region and period, and what its slices by each dimension sum to. */
export interface SliceSums {
  region: RegionCode;
  periodMs: number;
  whole: Decimal;
  flags: readonly string[];
  /** By dimension; one without any slice there is not among them. */
  sums: ReadonlyMap<string, Decimal>;
}

const row = z.object({
  region: z.coerce.number().int(),
  period_s: z.coerce.number().int(),
  whole: z.string(),
  flags: z.array(z.string()),
  dims: z.array(z.string()),
  sums: z.array(z.string()),
});

/** Levels of the whole beside the sums of its slices by single dimensions, as known at the instant; only wholes with a value. */
export async function readSliceSums(
  ctx: Context,
  of: {
    metric: string;
    freq: Freq;
    basis: string;
    regions: readonly RegionCode[];
    dimensions: readonly string[];
    fromMs: number;
    lastMs: number;
    asOfMs: number;
  },
): Promise<SliceSums[]> {
  const scope = regionCondition(ctx.actor.scope, of.regions);
  const rows = await ctx.warehouse.screens.rows({
    name: 'observation_slice_sums',
    sql: `SELECT region, period_s, toString(anyIf(total, dim = '')) AS whole, anyIf(own_flags, dim = '') AS flags,
        groupArrayIf(dim, dim != '') AS dims, groupArrayIf(toString(total), dim != '') AS sums
      FROM (
        SELECT region, period_s, splitByChar('=', slice)[1] AS dim, sum(fact.1) AS total, any(fact.2) AS own_flags
        FROM (
          SELECT region, slice, toUnixTimestamp(period) AS period_s, argMax((value, flags), (vintage, recorded_at)) AS fact
          FROM observation
          WHERE metric = {metric:String} AND freq = {freq:String} AND basis = {basis:String} AND measure = 'level'
            AND (slice = '' OR (splitByChar('=', slice)[1] IN {dimensions:Array(String)} AND position(slice, ';') = 0))
            AND region IN {regions:Array(UInt32)} AND ${scope.sql}
            AND period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai') AND period <= toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai')
            AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')
          GROUP BY region, slice, period
        )
        WHERE isNotNull(fact.1)
        GROUP BY region, period_s, dim
      )
      GROUP BY region, period_s
      HAVING countIf(dim = '') > 0`,
    params: {
      metric: of.metric,
      freq: of.freq,
      basis: of.basis,
      regions: [...of.regions],
      dimensions: [...of.dimensions],
      from_s: Math.floor(of.fromMs / 1000),
      to_s: Math.floor(of.lastMs / 1000),
      as_of_ms: of.asOfMs,
      ...scope.params,
    },
    row,
  });
  return rows.flatMap(({ region, period_s, whole, flags, dims, sums }): SliceSums[] => {
    const total = toDecimal(whole);
    if (total === null) return [];
    const parts = dims.flatMap((dim, i): [string, Decimal][] => {
      const sum = toDecimal(sums[i]);
      return sum === null ? [] : [[dim, sum]];
    });
    return [{ region, periodMs: period_s * 1000, whole: total, flags, sums: new Map(parts) }];
  });
}

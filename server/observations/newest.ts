import { z } from 'zod';
import { FREQUENCIES, type Freq, type RegionCode } from '@/metrics/model/cell';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';

export interface NewestPeriod {
  metric: string;
  freq: Freq;
  periodMs: number;
}

const newestRow = z
  .object({ metric: z.string(), freq: z.enum(FREQUENCIES), last_ms: z.coerce.number().int() })
  .transform(({ metric, freq, last_ms }): NewestPeriod => ({ metric, freq, periodMs: last_ms }));

/** The newest period of each metric and frequency over some regions: where a bounded read of a long series begins. */
export async function newestPeriods(
  ctx: Context,
  filter: {
    metrics: readonly string[];
    freq: readonly Freq[];
    regions: readonly RegionCode[];
    asOfMs: number;
  },
): Promise<NewestPeriod[]> {
  if (filter.metrics.length === 0) return [];
  const scope = regionCondition(ctx.actor.scope);
  return ctx.warehouse.screens.rows({
    name: 'observations_newest_periods',
    sql: `SELECT metric, freq, toUnixTimestamp64Milli(toDateTime64(max(period), 3)) AS last_ms
      FROM observation
      WHERE metric IN {metrics:Array(String)} AND freq IN {freq:Array(String)} AND region IN {regions:Array(UInt32)}
        AND measure = 'level' AND slice = '' AND value IS NOT NULL
        AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai') AND ${scope.sql}
      GROUP BY metric, freq ORDER BY metric, freq`,
    params: {
      metrics: [...filter.metrics],
      freq: [...filter.freq],
      regions: [...filter.regions],
      as_of_ms: filter.asOfMs,
      ...scope.params,
    },
    row: newestRow,
  });
}

import { z } from 'zod';
import type { RegionCode } from '@/metrics/model/cell';
import { regionRange } from '@/metrics/model/region';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';

/** Days of one county and one value of one dimension. */
export interface UnitDays {
  region: RegionCode;
  slice: string;
  /** By first instant of the day; null where the newest vintage has no value. */
  counts: Map<number, string | null>;
  demo: boolean;
}

const unitRow = z
  .object({
    region: z.coerce.number().int(),
    slice: z.string(),
    days: z.array(z.coerce.number().int()),
    day_values: z.array(z.string().nullable()),
    demo: z.coerce.number(),
  })
  .transform(({ days, day_values: values, demo, ...unit }): UnitDays => {
    return { ...unit, counts: new Map(days.map((s, i) => [s * 1000, values[i] ?? null])), demo: demo === 1 };
  });

/**
 * Daily levels of every county at or below a region by one value of one of the dimensions, as known at the instant; nothing
 * outside the actor's regions. One row a unit: a province has thousands of units with a month of days each.
 */
export function readUnitDays(
  ctx: Context,
  of: {
    metric: string;
    within: RegionCode;
    dimensions: readonly string[];
    fromMs: number;
    toMs: number;
    asOfMs: number;
  },
): Promise<UnitDays[]> {
  const scope = regionCondition(ctx.actor.scope);
  const [low, high] = regionRange(of.within);
  return ctx.warehouse.screens.rows({
    name: 'observation_unit_days',
    sql: `SELECT region, slice, groupArray(day_s) AS days, groupArray(fact.1) AS day_values, max(fact.2) AS demo
      FROM (
        SELECT region, slice, toUnixTimestamp(period) AS day_s,
          argMax((toString(value), has(flags, 'demo')), (vintage, recorded_at)) AS fact
        FROM observation
        WHERE metric = {metric:String} AND freq = 'D' AND basis = 'period' AND measure = 'level'
          AND splitByChar('=', slice)[1] IN {dimensions:Array(String)} AND position(slice, ';') = 0
          AND region BETWEEN {low:UInt32} AND {high:UInt32} AND region % 100 != 0 AND ${scope.sql}
          AND period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai') AND period <= toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai')
          AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')
        GROUP BY region, slice, period
      )
      GROUP BY region, slice ORDER BY region, slice`,
    params: {
      metric: of.metric,
      dimensions: [...of.dimensions],
      low,
      high,
      from_s: Math.floor(of.fromMs / 1000),
      to_s: Math.floor(of.toMs / 1000),
      as_of_ms: of.asOfMs,
      ...scope.params,
    },
    row: unitRow,
  });
}

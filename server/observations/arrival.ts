import { z } from 'zod';
import { provinceOf } from '@/metrics/functions/cell';
import type { RegionCode } from '@/metrics/model/cell';
import type { Stores } from '@/server/context';

interface ArrivalOf {
  metric: string;
  /** Counties; their provinces are looked at with them. */
  counties: readonly RegionCode[];
  asOfMs: number;
}

/** Days on which something arrived for a county: its own, or anything of its province. */
export type Arrival = (county: RegionCode) => ReadonlySet<number>;

/** Days of the whole with a value as known at the instant. */
const OBSERVED = `SELECT region, toUnixTimestamp(period) AS day_s FROM observation
  WHERE metric = {metric:String} AND freq = 'D' AND basis = 'period' AND measure = 'level' AND slice = ''
    AND region IN {regions:Array(UInt32)} AND period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai')
    AND period <= toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai') AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')
  GROUP BY region, period
  HAVING argMax(isNotNull(value), (vintage, recorded_at))`;

/**
 * Days on which anything of a metric arrived: there a unit without a count has an observed zero. That something arrived is
 * a fact of the feed, no figure, so it is read of the province whoever asks, as the compiler does: a zero must not depend
 * on the reader.
 */
export async function readArrival(
  { warehouse }: Pick<Stores, 'warehouse'>,
  { metric, counties, asOfMs, fromMs, toMs }: ArrivalOf & { fromMs: number; toMs: number },
): Promise<Arrival> {
  const rows = await warehouse.screens.rows({
    name: 'observation_arrival',
    sql: `SELECT region, groupArray(day_s) AS days FROM (${OBSERVED}) GROUP BY region`,
    params: {
      metric,
      regions: withProvinces(counties),
      as_of_ms: asOfMs,
      from_s: Math.floor(fromMs / 1000),
      to_s: Math.floor(toMs / 1000),
    },
    row: z.object({ region: z.coerce.number().int(), days: z.array(z.coerce.number().int()) }),
  });
  const byRegion = new Map(rows.map(({ region, days }) => [region, days.map((s) => s * 1000)]));
  return (county) => new Set([provinceOf(county), county].flatMap((region) => byRegion.get(region) ?? []));
}

/** The newest day that has begun and on which anything arrived for any of the counties; null without one. */
export async function newestArrival(
  { warehouse }: Pick<Stores, 'warehouse'>,
  { metric, counties, asOfMs }: ArrivalOf,
): Promise<number | null> {
  const [row] = await warehouse.screens.rows({
    name: 'observation_newest_arrival',
    sql: `SELECT max(day_s) AS newest, count() AS n FROM (${OBSERVED})`,
    params: {
      metric,
      regions: withProvinces(counties),
      as_of_ms: asOfMs,
      from_s: 0,
      to_s: Math.floor(asOfMs / 1000),
    },
    row: z.object({ newest: z.coerce.number().int(), n: z.coerce.number().int() }),
  });
  return row && row.n > 0 ? row.newest * 1000 : null;
}

function withProvinces(counties: readonly RegionCode[]): RegionCode[] {
  return [...new Set([...counties.map(provinceOf), ...counties])];
}

import { z } from 'zod';
import { isCoverageMark } from '@/metrics/calculus/coverage-marks';
import { provinceOf } from '@/metrics/functions/cell';
import { OBS_STATUSES, type RegionCode } from '@/metrics/model/cell';
import type { ZeroWhole } from '@/metrics/model/observed-zero';
import type { Stores } from '@/server/context';

interface ArrivalOf {
  metric: string;
  /** Counties; their provinces are looked at with them. */
  counties: readonly RegionCode[];
  asOfMs: number;
}

/** Days on which something arrived for a county, its own or anything of its province, with the whole that tells of it. */
export type Arrival = (county: RegionCode) => ReadonlyMap<number, ZeroWhole>;

/** Days of the whole with a value as known at the instant. */
const OBSERVED = `SELECT region, toUnixTimestamp(period) AS day_s,
    argMax((isNotNull(value), flags, toString(status), source, definition_version, toUnixTimestamp64Milli(vintage)),
      (vintage, recorded_at)) AS fact
  FROM observation
  WHERE metric = {metric:String} AND freq = 'D' AND basis = 'period' AND measure = 'level' AND slice = ''
    AND region IN {regions:Array(UInt32)} AND period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai')
    AND period <= toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai') AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')
  GROUP BY region, period
  HAVING fact.1`;

const arrivedRow = z
  .object({
    region: z.coerce.number().int(),
    day_s: z.coerce.number().int(),
    flags: z.array(z.string()),
    status: z.enum(OBS_STATUSES),
    source: z.string(),
    version: z.coerce.number().int(),
    vintage_ms: z.coerce.number().int(),
  })
  .transform(({ region, day_s, version, vintage_ms, ...known }) => {
    const whole: ZeroWhole = { ...known, definitionVersion: version, vintageMs: vintage_ms };
    return { region, dayMs: day_s * 1000, whole };
  });

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
    sql: `SELECT region, day_s, fact.2 AS flags, fact.3 AS status, fact.4 AS source, fact.5 AS version, fact.6 AS vintage_ms
      FROM (${OBSERVED})`,
    params: {
      metric,
      regions: withProvinces(counties),
      as_of_ms: asOfMs,
      from_s: Math.floor(fromMs / 1000),
      to_s: Math.floor(toMs / 1000),
    },
    row: arrivedRow,
  });
  const byRegion = new Map<RegionCode, Map<number, ZeroWhole>>();
  for (const { region, dayMs, whole } of rows) {
    const days = byRegion.get(region) ?? new Map<number, ZeroWhole>();
    byRegion.set(region, days.set(dayMs, whole));
  }
  const known = new Map<RegionCode, Days>();
  return (county) => {
    const days = known.get(county) ?? daysOf(byRegion.get(provinceOf(county)), byRegion.get(county));
    known.set(county, days);
    return days;
  };
}

type Days = ReadonlyMap<number, ZeroWhole>;

/** A county's own whole tells more than the province's: what that lacks may be another county's. */
function daysOf(province: Days = new Map(), own: Days = new Map()): Days {
  const elsewhere = [...province].map(([ms, whole]): [number, ZeroWhole] => {
    return [ms, { ...whole, flags: whole.flags.filter((flag) => !isCoverageMark(flag)) }];
  });
  return new Map([...elsewhere, ...own]);
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

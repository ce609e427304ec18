import { z } from 'zod';
import { type Decimal, toDecimal } from '@/metrics/format/decimal';
import { FREQUENCIES, type Freq, OBS_STATUSES, type RegionCode } from '@/metrics/model/cell';
import type { ZeroWhole } from '@/metrics/model/observed-zero';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';

/** The whole of one region and period, and what its slices by each dimension sum to. */
export interface SliceSums {
  freq: Freq;
  basis: string;
  region: RegionCode;
  periodMs: number;
  value: Decimal;
  whole: ZeroWhole;
  /** By dimension; one without any slice there is not among them. */
  sums: ReadonlyMap<string, Decimal>;
}

const row = z.object({
  freq: z.enum(FREQUENCIES),
  basis: z.string(),
  region: z.coerce.number().int(),
  period_s: z.coerce.number().int(),
  value: z.string(),
  flags: z.array(z.string()),
  status: z.enum(OBS_STATUSES),
  source: z.string(),
  version: z.coerce.number().int(),
  vintage_ms: z.coerce.number().int(),
  dims: z.array(z.string()),
  sums: z.array(z.string()),
});

export interface SliceSumsOf {
  metric: string;
  /** Of whom the whole and its parts are: what others say of the whole tells nothing of these parts. */
  sources: readonly string[];
  /** Default: all, as of bases. */
  freqs?: readonly Freq[] | undefined;
  bases?: readonly string[] | undefined;
  regions: readonly RegionCode[];
  dimensions: readonly string[];
  /** Periods with `fromMs <= start < toMs`. */
  fromMs: number;
  toMs: number;
  asOfMs: number;
}

/** Levels of the whole, by the same sources, beside the sums of its slices by single dimensions, as known at the instant; only wholes with a value. */
export async function readSliceSums(ctx: Context, of: SliceSumsOf): Promise<SliceSums[]> {
  const scope = regionCondition(ctx.actor.scope, of.regions);
  const rows = await ctx.warehouse.screens.rows({
    name: 'observation_slice_sums',
    sql: `SELECT freq, basis, region, period_s, toString(anyIf(total, dim = '')) AS value,
        anyIf(own, dim = '') AS known, known.2 AS flags, known.3 AS status, known.4 AS source, known.5 AS version,
        known.6 AS vintage_ms, groupArrayIf(dim, dim != '') AS dims, groupArrayIf(toString(total), dim != '') AS sums
      FROM (
        SELECT freq, basis, region, period_s, splitByChar('=', slice)[1] AS dim, sum(fact.1) AS total, any(fact) AS own
        FROM (
          SELECT freq, basis, region, slice, toUnixTimestamp(period) AS period_s,
            argMax((value, flags, toString(status), source, definition_version, toUnixTimestamp64Milli(vintage)),
              (vintage, recorded_at)) AS fact
          FROM observation
          WHERE metric = {metric:String} AND measure = 'level' ${of.freqs ? 'AND freq IN {freqs:Array(String)}' : ''}
            ${of.bases ? 'AND basis IN {bases:Array(String)}' : ''}
            AND (slice = '' OR (splitByChar('=', slice)[1] IN {dimensions:Array(String)} AND position(slice, ';') = 0))
            AND source IN {sources:Array(String)} AND region IN {regions:Array(UInt32)} AND ${scope.sql}
            AND period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai') AND period < toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai')
            AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')
          GROUP BY freq, basis, region, slice, period
        )
        WHERE isNotNull(fact.1)
        GROUP BY freq, basis, region, period_s, dim
      )
      GROUP BY freq, basis, region, period_s
      HAVING countIf(dim = '') > 0`,
    params: {
      metric: of.metric,
      sources: [...of.sources],
      regions: [...of.regions],
      dimensions: [...of.dimensions],
      from_s: Math.floor(of.fromMs / 1000),
      to_s: Math.ceil(of.toMs / 1000),
      as_of_ms: of.asOfMs,
      ...(of.freqs && { freqs: [...of.freqs] }),
      ...(of.bases && { bases: [...of.bases] }),
      ...scope.params,
    },
    row,
  });
  return rows.flatMap(({ period_s, value, dims, sums, version, vintage_ms, ...known }): SliceSums[] => {
    const total = toDecimal(value);
    if (total === null) return [];
    const { freq, basis, region, flags, status, source } = known;
    const parts = dims.flatMap((dim, i): [string, Decimal][] => {
      const sum = toDecimal(sums[i]);
      return sum === null ? [] : [[dim, sum]];
    });
    const whole = { flags, status, source, definitionVersion: version, vintageMs: vintage_ms };
    return [{ freq, basis, region, periodMs: period_s * 1000, value: total, whole, sums: new Map(parts) }];
  });
}

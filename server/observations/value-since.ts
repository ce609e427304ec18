import { z } from 'zod';
import { cellId } from '@/metrics/derive/known';
import { FREQUENCIES, type Observation } from '@/metrics/model/cell';
import { samePeriodLastYear } from '@/metrics/time/period';
import { growthMetricCode } from '@/metrics/workings/growth-of';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';

const sinceRow = z.object({
  metric: z.string(),
  freq: z.enum(FREQUENCIES),
  basis: z.string(),
  slice: z.string(),
  region: z.coerce.number(),
  period_ms: z.coerce.number(),
  since_ms: z.coerce.number(),
});

/**
 * Says of levels that were told anew after a growth was published of them since when their value stands: told again with
 * another mark alone it is no revision, and the growth still speaks of it (calculus.md §16). Other observations are
 * returned as they are, and where there is no such level nothing is read.
 */
export async function withValueSince(
  ctx: Context,
  observations: readonly Observation[],
  asOfMs: number | undefined,
): Promise<Observation[]> {
  const toldAnew = levelsToldAnew(observations);
  if (toldAnew.size === 0) return [...observations];
  const since = await sinceOf(
    ctx,
    observations.filter((o) => toldAnew.has(cellId(o))),
    asOfMs,
  );
  return observations.map((o) => {
    const valueSinceMs = since.get(cellId(o));
    // Of several vintages of a cell those before it say another value.
    return valueSinceMs === undefined || valueSinceMs > o.vintageMs ? o : { ...o, valueSinceMs };
  });
}

/** Levels younger than a growth as published of their period, or of the year after it, whose base they are. */
function levelsToldAnew(observations: readonly Observation[]): Set<string> {
  const growths = new Map<string, number>();
  const note = (key: string, vintageMs: number) =>
    growths.set(key, Math.min(growths.get(key) ?? Number.POSITIVE_INFINITY, vintageMs));
  for (const o of observations) {
    if (o.value === null || o.measure === 'mom' || o.measure === 'target') continue;
    // Of the metric itself, or the level of the metric that is its growth.
    const metric = o.measure === 'yoy' ? growthMetricCode(o.metric) : o.metric;
    note(placeOf(o, metric, o.periodMs), o.vintageMs);
    note(placeOf(o, metric, samePeriodLastYear(o.freq, o.periodMs)), o.vintageMs);
  }
  return new Set(
    observations
      .filter((o) => {
        const growthMs = growths.get(placeOf(o, growthMetricCode(o.metric), o.periodMs));
        return o.measure === 'level' && growthMs !== undefined && growthMs < (o.valueSinceMs ?? o.vintageMs);
      })
      .map(cellId),
  );
}

function placeOf({ region, freq, slice }: Observation, metric: string, periodMs: number): string {
  return `${metric}|${region}|${freq}|${slice}|${periodMs}`;
}

async function sinceOf(
  ctx: Context,
  levels: readonly Observation[],
  asOfMs: number | undefined,
): Promise<Map<string, number>> {
  const distinct = <T>(of: (o: Observation) => T): T[] => [...new Set(levels.map(of))];
  const regions = distinct(({ region }) => region);
  const scope = regionCondition(ctx.actor.scope, regions);
  const known =
    asOfMs === undefined ? '' : "AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')";
  const rows = await ctx.warehouse.screens.rows({
    name: 'observations_value_since',
    // Newest first: the value stands since the last vintage before the first that says another.
    sql: `WITH arrayReverseSort(groupArray((vintage, recorded_at, ifNull(toString(value), '')))) AS told,
        arrayFirstIndex(one -> one.3 != told[1].3, told) AS other
      SELECT metric, freq, basis, slice, region, toUnixTimestamp64Milli(toDateTime64(period, 3)) AS period_ms,
        toUnixTimestamp64Milli(told[if(other = 0, length(told), other - 1)].1) AS since_ms
      FROM observation
      WHERE metric IN {metrics:Array(String)} AND freq IN {freqs:Array(String)} AND basis IN {bases:Array(String)}
        AND measure = 'level' AND slice IN {slices:Array(String)} AND region IN {regions:Array(UInt32)}
        AND toUnixTimestamp64Second(toDateTime64(period, 0)) IN {periods:Array(Int64)} AND ${scope.sql} ${known}
      GROUP BY metric, freq, basis, slice, region, period`,
    params: {
      metrics: distinct(({ metric }) => metric),
      freqs: distinct(({ freq }) => freq),
      bases: distinct(({ basis }) => basis),
      slices: distinct(({ slice }) => slice),
      regions,
      periods: distinct(({ periodMs }) => periodMs / 1000),
      ...scope.params,
      ...(asOfMs !== undefined && { as_of_ms: asOfMs }),
    },
    row: sinceRow,
  });
  return new Map(
    rows.map(({ period_ms: periodMs, since_ms, ...key }) => [
      cellId({ ...key, measure: 'level', periodMs }),
      since_ms,
    ]),
  );
}

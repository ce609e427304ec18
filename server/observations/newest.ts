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

/** Long series that are alive have a value in these last days; only the others are looked through entirely. */
const RECENT_MS = 10 * 86_400_000;

export interface NewestFilter {
  /** Metrics by frequency: only what is asked of one is looked for in it. */
  series: readonly { freq: Freq; metrics: readonly string[] }[];
  regions: readonly RegionCode[];
  asOfMs: number;
}

/** The newest period of each metric and frequency over some regions: where a bounded read of a long series begins. */
export async function newestPeriods(ctx: Context, filter: NewestFilter): Promise<NewestPeriod[]> {
  const recent = await newestSince(ctx, filter, filter.series, filter.asOfMs - RECENT_MS);
  // Hours may have fallen silent where the days go on.
  const silent = filter.series.map(({ freq, metrics }) => {
    const alive = new Set(recent.flatMap((entry) => (entry.freq === freq ? [entry.metric] : [])));
    return { freq, metrics: metrics.filter((metric) => !alive.has(metric)) };
  });
  return [...recent, ...(await newestSince(ctx, filter, silent, null))];
}

async function newestSince(
  ctx: Context,
  { regions, asOfMs }: NewestFilter,
  series: readonly { freq: Freq; metrics: readonly string[] }[],
  sinceMs: number | null,
): Promise<NewestPeriod[]> {
  const wanted = series.filter(({ metrics }) => metrics.length > 0);
  if (wanted.length === 0) return [];
  const scope = regionCondition(ctx.actor.scope);
  const inSeries = wanted.map(
    (_, i) => `(metric IN {metrics${i}:Array(String)} AND freq = {freq${i}:String})`,
  );
  return ctx.warehouse.screens.rows({
    name: 'observations_newest_periods',
    sql: `SELECT metric, freq, toUnixTimestamp64Milli(toDateTime64(max(period), 3)) AS last_ms
      FROM observation
      WHERE (${inSeries.join(' OR ')}) AND region IN {regions:Array(UInt32)}
        AND measure = 'level' AND slice = '' AND value IS NOT NULL
        ${sinceMs === null ? '' : "AND period >= toDateTime64({since_s:Int64}, 0, 'Asia/Shanghai')"}
        AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai') AND ${scope.sql}
      GROUP BY metric, freq ORDER BY metric, freq`,
    params: {
      ...Object.fromEntries(
        wanted.flatMap(({ freq, metrics }, i) => [
          [`metrics${i}`, [...metrics]],
          [`freq${i}`, freq],
        ]),
      ),
      regions: [...regions],
      as_of_ms: asOfMs,
      ...(sinceMs !== null && { since_s: Math.floor(sinceMs / 1000) }),
      ...scope.params,
    },
    row: newestRow,
  });
}

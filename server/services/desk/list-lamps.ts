import type { Observation } from '@/metrics/model/cell';
import type { Context } from '@/server/context';
import { standardIn } from '@/server/services/screens/edition';
import { figureOf } from '@/server/services/screens/figure';
import type { Moment } from '@/server/services/screens/freshness';
import { growthMetricOf } from '@/server/services/screens/growth-metric';
import { lampOf } from '@/server/services/screens/lamp';
import { openPool } from '@/server/services/screens/pool';
import type { LampFigure } from '@/server/services/screens/types';

/**
 * Lamps of the newest figures of one region, by metric: the same as on each metric's page, from the few bounded reads
 * that a wall takes for all of its panels.
 */
export async function listLamps(
  ctx: Context,
  newest: readonly Observation[],
  moment: Moment,
): Promise<Map<string, LampFigure>> {
  const judged = newest.filter(({ metric }) => ctx.registry.get(metric).definition.thresholds);
  const [first] = judged;
  if (!first) return new Map();
  const growthOf = (metric: string) => growthMetricOf(ctx, metric);
  const choices = judged.flatMap(({ metric, freq }) => {
    const growth = growthOf(metric);
    return [{ metric, freq: [freq] }, ...(growth === undefined ? [] : [{ metric: growth, freq: [freq] }])];
  });
  const pool = openPool(ctx, choices, [first.region], moment.asOfMs);
  const lamps = await Promise.all(
    judged.map(async (current): Promise<[string, LampFigure][]> => {
      const { definition } = ctx.registry.get(current.metric);
      const growthMetric = growthOf(current.metric);
      const lamp = lampOf({
        definition,
        standard: standardIn(ctx, definition),
        current,
        observations: await pool.read({
          metrics: [current.metric, growthMetric ?? current.metric],
          regions: [current.region],
        }),
        asOfMs: moment.asOfMs,
        freshness: figureOf(definition, current.region, current, moment).freshness,
        ...(growthMetric !== undefined && { growthMetric }),
      });
      return lamp ? [[current.metric, lamp]] : [];
    }),
  );
  return new Map(lamps.flat());
}

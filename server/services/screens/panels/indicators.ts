import type { Observation } from '@/metrics/model/cell';
import { isGrowthMetric } from '@/metrics/model/growth-metric';
import { NATION_CODE } from '@/metrics/regions/tree';
import { accelOf } from '@/server/services/screens/accel';
import { type ChangeInput, momOf, weekOf, yoyOf } from '@/server/services/screens/change';
import type { IndicatorChoice } from '@/server/services/screens/definition/model';
import { standardIn } from '@/server/services/screens/edition';
import { figureOf, pointsOf } from '@/server/services/screens/figure';
import { growthMetricOf } from '@/server/services/screens/growth-metric';
import { lampOf } from '@/server/services/screens/lamp';
import { nationOf } from '@/server/services/screens/nation';
import { readableChoices } from '@/server/services/screens/panels/access';
import {
  definitionOf,
  lastWhole,
  newestOf,
  type Reading,
  seriesLike,
} from '@/server/services/screens/reading';
import { targetFigure } from '@/server/services/screens/target';
import type {
  ChangeFigure,
  Indicator,
  IndicatorsData,
  RegionRef,
  SeriesPoint,
} from '@/server/services/screens/types';

const SPARK_PERIODS = 12;

/** The newest figure of every choice for one region, with its changes, lamp, target and a spark line. */
export async function readIndicators(
  reading: Reading,
  region: RegionRef,
  wanted: readonly IndicatorChoice[],
): Promise<IndicatorsData> {
  const choices = readableChoices(reading, wanted);
  const growthOf = ({ metric, growthMetric }: IndicatorChoice) =>
    growthMetric ?? growthMetricOf(reading.ctx, metric);
  const metrics = choices.flatMap((choice) => [choice.metric, growthOf(choice) ?? choice.metric]);
  const observations = await reading.pool.read({ metrics, regions: [region.code] });
  const nation = await reading.pool.read({ metrics, regions: [NATION_CODE] });
  const indicators = choices.map((choice): Indicator => {
    const definition = definitionOf(reading, choice.metric);
    const current = newestOf(observations, choice, definition);
    const growthMetric = growthOf(choice);
    const input = {
      definition,
      standard: standardIn(reading.ctx, definition),
      current,
      observations,
      asOfMs: reading.asOfMs,
      ...(growthMetric !== undefined && { growthMetric }),
    };
    const changes: (ChangeFigure | null)[] = isGrowthMetric(definition)
      ? growthChanges(input, nation)
      : [
          definition.yoy === 'none' || current?.freq === 'H' ? null : yoyOf(input),
          weekOf(input),
          momOf(input),
          nationOf(input, nation),
        ];
    const moment = { ...reading, known: observations };
    const figure = figureOf(definition, region.code, current, moment, choice.name);
    return {
      figure: { ...figure, lamp: lampOf({ ...input, freshness: figure.freshness }) },
      changes: changes.filter((change) => change !== null),
      target: targetFigure(input, current),
      spark: current
        ? withoutLeadingGaps(
            pointsOf(
              definition,
              seriesLike(observations, current),
              lastWhole(definition, current, reading.asOfMs),
              choice.sparkPeriods ?? SPARK_PERIODS,
            ),
          )
        : [],
      extra: choice.extra ?? false,
    };
  });
  return { indicators };
}

/** Of a growth rate: 加快 or 回落 first, and nothing where that cannot be said; a dash would look like a failure. */
function growthChanges(input: ChangeInput, nation: readonly Observation[]): ChangeFigure[] {
  const own = accelOf(input) ?? yoyOf(input);
  return [own, nationOf(input, nation)].filter(
    (change): change is ChangeFigure => change != null && change.value !== null,
  );
}

/** A spark line begins with its first value; gaps after it stay. */
function withoutLeadingGaps(points: SeriesPoint[]): SeriesPoint[] {
  const first = points.findIndex(({ value }) => value !== null);
  return first < 0 ? [] : points.slice(first);
}

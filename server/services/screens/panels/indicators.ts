import { momOf, weekOf, yoyOf } from '@/server/services/screens/change';
import type { IndicatorChoice } from '@/server/services/screens/definition/model';
import { standardIn } from '@/server/services/screens/edition';
import { figureOf, pointsOf } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import {
  definitionOf,
  lastWhole,
  newestOf,
  type Reading,
  seriesLike,
} from '@/server/services/screens/reading';
import type {
  ChangeFigure,
  Indicator,
  IndicatorsData,
  RegionRef,
  SeriesPoint,
} from '@/server/services/screens/types';

const SPARK_PERIODS = 12;

/** The newest figure of every choice for one region, with its changes and a spark line. */
export async function readIndicators(
  reading: Reading,
  region: RegionRef,
  wanted: readonly IndicatorChoice[],
): Promise<IndicatorsData> {
  const choices = readableChoices(reading, wanted);
  const observations = await reading.pool.read({
    metrics: choices.flatMap(({ metric, growthMetric }) =>
      growthMetric ? [metric, growthMetric] : [metric],
    ),
    regions: [region.code],
  });
  const indicators = choices.map((choice): Indicator => {
    const definition = definitionOf(reading, choice.metric);
    const current = newestOf(observations, choice, definition);
    const input = {
      definition,
      standard: standardIn(reading.ctx, definition),
      current,
      observations,
      asOfMs: reading.asOfMs,
      ...(choice.growthMetric !== undefined && { growthMetric: choice.growthMetric }),
    };
    const changes: (ChangeFigure | null)[] = [
      definition.yoy === 'none' || current?.freq === 'H' ? null : yoyOf(input),
      weekOf(input),
      momOf(input),
    ];
    return {
      figure: figureOf(definition, region.code, current, reading.asOfMs, choice.name),
      changes: changes.filter((change) => change !== null),
      spark: current
        ? withoutLeadingGaps(
            pointsOf(
              definition,
              seriesLike(observations, current),
              lastWhole(current, reading.asOfMs),
              choice.sparkPeriods ?? SPARK_PERIODS,
            ),
          )
        : [],
      extra: choice.extra ?? false,
    };
  });
  return { indicators };
}

/** A spark line begins with its first value; gaps after it stay. */
function withoutLeadingGaps(points: SeriesPoint[]): SeriesPoint[] {
  const first = points.findIndex(({ value }) => value !== null);
  return first < 0 ? [] : points.slice(first);
}

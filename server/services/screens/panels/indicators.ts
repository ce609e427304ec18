import type { Observation } from '@/metrics/model/cell';
import { nextPeriod, samePeriodLastYear } from '@/metrics/time/period';
import { readObservations } from '@/server/observations/read';
import { momOf, yoyOf } from '@/server/services/screens/change';
import type { IndicatorChoice } from '@/server/services/screens/definition/model';
import { figureOf, pointsOf } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import { definitionOf, newestOf, type Reading, seriesLike } from '@/server/services/screens/reading';
import type {
  ChangeFigure,
  Indicator,
  IndicatorsData,
  RegionRef,
  SeriesPoint,
} from '@/server/services/screens/types';

/** Enough for two years of months or a month of days; hours are read no further back than a day and a half. */
const PERIODS_READ = 40;
const SPARK_PERIODS = 12;

/** The newest figure of every choice for one region, with its changes and a spark line. */
export async function readIndicators(
  reading: Reading,
  region: RegionRef,
  wanted: readonly IndicatorChoice[],
): Promise<IndicatorsData> {
  const choices = readableChoices(reading, wanted);
  const observations = await readFor(reading, region, choices);
  const newest = choices.map((choice) =>
    newestOf(observations, choice, definitionOf(reading, choice.metric)),
  );
  const bases = await readBases(reading, region, newest);
  const all = [...observations, ...bases];
  const indicators = choices.map((choice, index): Indicator => {
    const definition = definitionOf(reading, choice.metric);
    const current = newest[index];
    const input = {
      definition,
      current,
      observations: all,
      asOfMs: reading.asOfMs,
      ...(choice.growthMetric !== undefined && { growthMetric: choice.growthMetric }),
    };
    const changes: (ChangeFigure | null)[] = [
      definition.yoy === 'none' || current?.freq === 'H' ? null : yoyOf(input),
      momOf(input),
    ];
    return {
      figure: figureOf(definition, region.code, current, reading.asOfMs, choice.name),
      changes: changes.filter((change) => change !== null),
      spark: current
        ? withoutLeadingGaps(
            pointsOf(definition, seriesLike(all, current), current, choice.sparkPeriods ?? SPARK_PERIODS),
          )
        : [],
      extra: choice.extra ?? false,
    };
  });
  return { indicators };
}

async function readFor(
  { ctx, asOfMs }: Reading,
  region: RegionRef,
  choices: readonly IndicatorChoice[],
): Promise<Observation[]> {
  const metrics = choices.flatMap((choice) =>
    choice.growthMetric === undefined ? [choice.metric] : [choice.metric, choice.growthMetric],
  );
  return readObservations(ctx, {
    metrics: [...new Set(metrics)],
    regions: [region.code],
    lastPeriods: PERIODS_READ,
    asOfMs,
  });
}

/** Fine series reach back a month only: their comparison period of last year is read by itself. */
async function readBases(
  { ctx, asOfMs }: Reading,
  region: RegionRef,
  newest: readonly (Observation | undefined)[],
): Promise<Observation[]> {
  const fine = newest.filter((o): o is Observation => o !== undefined && o.freq === 'D');
  if (fine.length === 0) return [];
  const starts = fine.map((o) => samePeriodLastYear(o.freq, o.periodMs));
  return readObservations(ctx, {
    metrics: [...new Set(fine.map((o) => o.metric))],
    regions: [region.code],
    freq: ['D'],
    fromMs: Math.min(...starts),
    toMs: nextPeriod('D', Math.max(...starts)),
    asOfMs,
  });
}

/** A spark line begins with its first value; gaps after it stay. */
function withoutLeadingGaps(points: SeriesPoint[]): SeriesPoint[] {
  const first = points.findIndex(({ value }) => value !== null);
  return first < 0 ? [] : points.slice(first);
}

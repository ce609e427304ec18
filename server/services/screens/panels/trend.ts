import { breakNote, contradictsGrowth } from '@/metrics/calculus/level-break';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods } from '@/metrics/time/period';
import { AppError } from '@/server/errors';
import { yoyOf } from '@/server/services/screens/change';
import type { PanelDefinition } from '@/server/services/screens/definition/model';
import { standardIn } from '@/server/services/screens/edition';
import { figureOf, seriesOf } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import {
  definitionOf,
  lastWhole,
  newestOf,
  type Reading,
  seriesLike,
} from '@/server/services/screens/reading';
import type { LinesData, RegionRef, Series, SeriesPoint, TrendData } from '@/server/services/screens/types';

type TrendDefinition = Extract<PanelDefinition, { kind: 'trend' }>;
type LinesDefinition = Extract<PanelDefinition, { kind: 'lines' }>;

/** Levels of one metric and their growth by the metric's own rule, over the same periods. */
export async function readTrend(
  reading: Reading,
  region: RegionRef,
  panel: TrendDefinition,
): Promise<TrendData> {
  const { pool } = reading;
  readableChoices(reading, [panel.level]);
  const definition = definitionOf(reading, panel.level.metric);
  const observations = await pool.read({
    metrics: panel.growthMetric ? [panel.level.metric, panel.growthMetric] : [panel.level.metric],
    regions: [region.code],
    freq: [panel.freq],
  });
  const last = newestOf(observations, panel.level, definition);
  if (!last) throw new AppError('not_found', `${region.name}没有${definition.name}数据`);
  const levels = seriesLike(observations, last);
  const plain = withoutLeadingGaps(seriesOf(definition, levels, last, panel.periods));
  const rate = rateSeries(reading, panel, definition, observations, plain, last);
  const level = { ...plain, points: withBreaks(plain.points, rate) };
  const figure = figureOf(definition, region.code, last, reading);
  const growth = rate.points.at(-1);
  const growthText = growth?.value == null ? '' : `,同比 ${growth.text}${unverifiedText(growth)}`;
  const breaks = level.points.flatMap(({ breakNote: note }) => (note === undefined ? [] : [`${note}。`]));
  return {
    level,
    rate,
    sentence: `${region.name}${figure.periodLabel}${definition.name} ${figure.text} ${figure.unit}${unverifiedText(figure)}${growthText}。${breaks.join('')}`,
    demo: level.points.some((point) => point.demo),
  };
}

/** In a sentence there is no colour to say it. */
function unverifiedText({ unverified }: Pick<SeriesPoint, 'unverified'>): string {
  return unverified === null ? '' : '(待核)';
}

/** Begins with its first value: a city of one published year is no panel of six empty ones. */
function withoutLeadingGaps(series: Series): Series {
  const first = series.points.findIndex(({ value }) => value !== null);
  return { ...series, points: series.points.slice(Math.max(first, 0)) };
}

/** Levels that contradict the growth published between them do not follow on from each other. */
function withBreaks(points: readonly SeriesPoint[], rate: Series): SeriesPoint[] {
  return points.map((point, at) => {
    const said = rate.basis === 'published' ? rate.points[at]?.value : null;
    const broken = contradictsGrowth(point.value, points[at - 1]?.value, said);
    return broken ? { ...point, breakNote: breakNote(point.label) } : point;
  });
}

function rateSeries(
  reading: Reading,
  panel: TrendDefinition,
  definition: MetricDefinition,
  observations: readonly Observation[],
  level: Series,
  last: Observation,
): Series {
  const standard = standardIn(reading.ctx, definition);
  const changes = level.points.map(({ periodMs, label }) => {
    const current = observations.find((o) => o.periodMs === periodMs && sameSeries(o, last));
    const change = yoyOf({
      definition,
      standard,
      // A year whose level we lack may still have its published growth.
      current: current ?? { ...last, periodMs, value: null, status: 'missing' },
      observations,
      asOfMs: reading.asOfMs,
      ...(panel.growthMetric !== undefined && { growthMetric: panel.growthMetric }),
    });
    return { periodMs, label, change };
  });
  const published = changes.some(({ change }) => change.basis === 'published');
  const deduced = changes.some(({ change }) => change.basis === 'deduced');
  return {
    key: `${last.metric}/yoy`,
    name: published ? '同比(发布)' : deduced ? '同比(计算,含推算)' : '同比(计算)',
    unit: '%',
    freq: last.freq,
    basis: published ? 'published' : 'computed',
    points: changes.map(({ periodMs, label, change }) => ({
      periodMs,
      label,
      value: change.value,
      text: change.text,
      status: null,
      demo: false,
      unverified: change.unverified ?? null,
    })),
    cell: published
      ? {
          metric: last.metric,
          freq: last.freq,
          region: last.region,
          slice: last.slice,
          basis: last.basis,
          measure: 'yoy',
        }
      : null,
  };
}

function sameSeries(a: Observation, b: Observation): boolean {
  return (
    a.metric === b.metric &&
    a.freq === b.freq &&
    a.basis === b.basis &&
    a.measure === b.measure &&
    a.slice === b.slice
  );
}

/** Several metrics of one frequency over the same stretch, gaps as gaps. */
export async function readLines(
  reading: Reading,
  region: RegionRef,
  panel: LinesDefinition,
): Promise<LinesData> {
  const { pool, asOfMs } = reading;
  const choices = readableChoices(reading, panel.choices);
  const observations = await pool.read({
    metrics: choices.map(({ metric }) => metric),
    regions: [region.code],
    freq: [panel.freq],
    measure: ['level'],
  });
  const newest = choices.map((choice) => ({
    choice,
    definition: definitionOf(reading, choice.metric),
    last: newestOf(observations, { ...choice, freq: [panel.freq] }, definitionOf(reading, choice.metric)),
  }));
  const endMs = Math.max(
    ...newest.map(({ definition, last }) => (last ? lastWhole(definition, last, asOfMs).periodMs : 0)),
  );
  const series = newest.flatMap(({ choice, definition, last }) =>
    last
      ? [
          seriesOf(
            definition,
            seriesLike(observations, last),
            { ...last, periodMs: endMs },
            panel.periods,
            choice.name,
          ),
        ]
      : [],
  );
  if (series.length === 0) throw new AppError('not_found', `${region.name}没有这些指标的数据`);
  const parts = newest.flatMap(({ choice, definition, last }) => {
    if (!last) return [];
    const figure = figureOf(definition, region.code, last, reading, choice.name);
    return [`${figure.periodLabel}${figure.name} ${figure.text} ${figure.unit}${unverifiedText(figure)}`];
  });
  return {
    series,
    sentence: `${region.name}近 ${panel.periods} 期(自 ${new Date(addPeriods(panel.freq, endMs, 1 - panel.periods) + 8 * 3_600_000).toISOString().slice(0, 10)}):${parts.join(';')}。`,
    demo: series.some(({ points }) => points.some((point) => point.demo)),
  };
}

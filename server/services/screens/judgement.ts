import { LAMP_DAYS, lampFreqs } from '@/metrics/calculus/lamp-sets';
import { isYtd } from '@/metrics/model/basis';
import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods, samePeriodLastYear } from '@/metrics/time/period';
import type { Context } from '@/server/context';
import { readComparable } from '@/server/observations/comparable';
import { readObservations } from '@/server/observations/read';
import { standardIn } from '@/server/services/screens/edition';
import { labelOf } from '@/server/services/screens/figure';
import { freshnessOf, type Moment } from '@/server/services/screens/freshness';
import { growthMetricOf } from '@/server/services/screens/growth-metric';
import { readBeside } from '@/server/services/screens/known-beside';
import { lampOf } from '@/server/services/screens/lamp';
import { seriesLike } from '@/server/services/screens/reading';
import { targetFigure } from '@/server/services/screens/target';
import type { Figure, Freshness, TargetFigure } from '@/server/services/screens/types';

/** Periods before the cell that decide its lamp, as many as the wall reads. */
const PERIODS: Readonly<Record<Freq, number>> = { A: 12, Q: 40, M: 40, D: LAMP_DAYS, H: 26, N: 60 };
const NEWER_PERIODS = 2;

export interface Judgement {
  figure: Pick<Figure, 'lamp' | 'freshness'>;
  target: TargetFigure | null;
}

/**
 * Lamp and target of one cell as known at the instant, by the same rules as on the wall. An older cell is judged as of
 * its own period; it is never overdue when a newer period has come.
 */
export async function readJudgement(
  ctx: Context,
  definition: MetricDefinition,
  current: Observation,
  moment: Moment,
): Promise<Judgement> {
  const { asOfMs } = moment;
  const known = await readBeside(ctx, definition, current, asOfMs);
  const promised = freshnessOf(definition, current, { ...moment, known });
  if (current.measure !== 'level')
    return {
      figure: {
        lamp: null,
        freshness: followedBy(definition, await readNewer(ctx, current, asOfMs), current, promised, asOfMs),
      },
      target: null,
    };
  const growthMetric = growthMetricOf(ctx, definition.code);
  const observations = await readAround(ctx, definition, current, growthMetric, asOfMs);
  const freshness = followedBy(definition, [...observations, ...known], current, promised, asOfMs);
  const input = {
    definition,
    standard: standardIn(ctx, definition),
    observations,
    asOfMs,
    ...(growthMetric !== undefined && { growthMetric }),
  };
  return {
    figure: { lamp: lampOf({ ...input, current, freshness }), freshness },
    target: targetFigure(input, current),
  };
}

/** A period that was followed by a newer one is not overdue. */
function followedBy(
  definition: MetricDefinition,
  observations: readonly Observation[],
  current: Observation,
  promised: Freshness,
  asOfMs: number,
): Freshness {
  const newer = [...seriesLike(observations, current).values()]
    .sort((a, b) => a.periodMs - b.periodMs)
    .find((o) => o.periodMs > current.periodMs && o.value !== null);
  return newer
    ? { ...promised, state: 'current', text: `已有更新的一期:${labelOf(definition, newer, asOfMs)}` }
    : promised;
}

/** The next periods of a published rate; a target has none that it waits for. */
async function readNewer(ctx: Context, current: Observation, asOfMs: number): Promise<Observation[]> {
  const { metric, region, slice, freq, basis, measure, periodMs } = current;
  if (measure === 'target') return [];
  return readObservations(ctx, {
    metrics: [metric],
    regions: [region],
    slices: [slice],
    freq: [freq],
    basis: [basis],
    measure: [measure],
    fromMs: addPeriods(freq, periodMs, 1),
    toMs: addPeriods(freq, periodMs, 1 + NEWER_PERIODS),
    asOfMs,
  });
}

/** A bounded stretch of every frequency that is judged, the days a year before, and the targets. */
async function readAround(
  ctx: Context,
  definition: MetricDefinition,
  current: Observation,
  growthMetric: string | undefined,
  asOfMs: number,
): Promise<Observation[]> {
  const base = {
    metrics: growthMetric === undefined ? [definition.code] : [definition.code, growthMetric],
    regions: [current.region],
    slices: [current.slice],
    asOfMs,
  };
  // The year before goes before the first cumulative figure of a year.
  const history: Freq[] = definition.progress_basis === 'history' || isYtd(current.basis) ? ['A'] : [];
  const freqs = new Set<Freq>([current.freq, ...lampFreqs(definition), ...history]);
  const stretches = [...freqs].map((freq) =>
    readComparable(ctx, {
      ...base,
      freq: [freq],
      measure: ['level', 'yoy'],
      fromMs: addPeriods(freq, current.periodMs, -PERIODS[freq]),
      toMs: addPeriods(freq, current.periodMs, 1 + NEWER_PERIODS),
    }),
  );
  const daysLastYear = freqs.has('D')
    ? readComparable(ctx, {
        ...base,
        freq: ['D'],
        measure: ['level'],
        fromMs: addPeriods('D', samePeriodLastYear('D', current.periodMs), -PERIODS.D),
        toMs: addPeriods('D', samePeriodLastYear('D', current.periodMs), 1),
      })
    : [];
  const targets = readObservations(ctx, { ...base, freq: ['A'], measure: ['target'] });
  return (await Promise.all([...stretches, daysLastYear, targets])).flat();
}

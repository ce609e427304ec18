import { accelPp } from '@/metrics/calculus/growth';
import { ofSeriesBreak } from '@/metrics/calculus/of-series-break';
import { ofSources } from '@/metrics/calculus/of-sources';
import { toneOf } from '@/metrics/format/tone';
import { basisBeside, isYtd } from '@/metrics/model/basis';
import type { Observation } from '@/metrics/model/cell';
import { isGrowthMetric } from '@/metrics/model/growth-metric';
import { unverifiedReason } from '@/metrics/model/unverified';
import { periodLabelZh } from '@/metrics/time/label';
import { periodParts, samePeriodLastYear } from '@/metrics/time/period';
import { accelWords } from '@/metrics/workings/accel-words';
import { publishedBefore } from '@/metrics/workings/periods';
import type { ChangeInput } from '@/server/services/screens/change';
import { isRunning, seriesLike } from '@/server/services/screens/reading';
import type { ChangeFigure } from '@/server/services/screens/types';

/**
 * 加快、回落 of a metric that is itself a growth: against the growth published before, never 同比 of a 同比
 * (calculus.md §26). Null where there is none to compare with, and for years, of which 同比 in percentage points says the same.
 */
export function accelOf({ definition, current, observations, asOfMs }: ChangeInput): ChangeFigure | null {
  if (!current || !isGrowthMetric(definition) || (current.freq !== 'M' && current.freq !== 'Q')) return null;
  if (current.value === null || isRunning(definition, current, asOfMs)) return null;
  const before = growthBefore({ definition, observations }, current);
  if (before?.value == null) return null;
  const { value, basis } = ofSources(ofSeriesBreak(accelPp(current.value, before.value), current, before), {
    growth: current,
    previous_growth: before,
  });
  if (value === null) return null;
  const unverified = unverifiedReason(current, before);
  return {
    label: '较上期',
    value,
    text: accelWords(definition, current.value, before.value, value),
    unit: 'pp',
    tone: toneOf(value, definition.direction, 1),
    basis,
    rule: `本期增速 − ${periodLabelZh(before.freq, before.periodMs, before.basis)}增速`,
    cell: null,
    ...(unverified !== null && { unverified }),
  };
}

/** The first cumulative period of a year follows the whole year before it. */
function growthBefore(
  { definition, observations }: Pick<ChangeInput, 'definition' | 'observations'>,
  current: Observation,
): Observation | undefined {
  const periodMs = publishedBefore(definition, current);
  const before = seriesLike(observations, current).get(periodMs);
  const turns = periodParts(periodMs).year !== periodParts(current.periodMs).year;
  if (before?.value != null || !isYtd(current.basis) || !turns) return before;
  return seriesLike(observations, { ...current, freq: 'A', basis: basisBeside(current.basis, 'period') }).get(
    samePeriodLastYear('A', current.periodMs),
  );
}

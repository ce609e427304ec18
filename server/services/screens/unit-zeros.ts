import { observedCounts } from '@/metrics/calculus/ears';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { countsZeros, isUnit } from '@/metrics/model/judged-unit';
import { addPeriods, nextPeriod, periodRange, periodStart } from '@/metrics/time/period';
import type { Context } from '@/server/context';
import { readArrival } from '@/server/observations/arrival';
import { seriesLike } from '@/server/services/screens/reading';

/**
 * The observations with the zeros of a unit's series: no cell is kept of a day on which a county had nothing of one kind,
 * and where anything of the metric arrived that is an observed zero, by which the other days are judged. Everything else
 * stays as it is.
 */
export async function withObservedZeros(
  ctx: Context,
  definition: MetricDefinition,
  current: Observation,
  observations: readonly Observation[],
  { days, newer, asOfMs }: { days: number; newer: number; asOfMs: number },
): Promise<Observation[]> {
  if (!isUnit(definition, current) || !countsZeros(definition)) return [...observations];
  const fromMs = addPeriods('D', current.periodMs, -days);
  const toMs = periodStart('D', Math.min(addPeriods('D', current.periodMs, newer), asOfMs));
  const daysMs = periodRange('D', fromMs, nextPeriod('D', toMs));
  const arrival = await readArrival(ctx, {
    metric: definition.code,
    counties: [current.region],
    asOfMs,
    fromMs,
    toMs,
  });
  const series = seriesLike(observations, current);
  const known = new Map([...series].map(([ms, { value }]) => [ms, value]));
  const counts = observedCounts(daysMs, known, arrival(current.region));
  const zeros = daysMs.flatMap((periodMs, i): Observation[] => {
    const added = counts[i] != null && known.get(periodMs) == null;
    return added ? [{ ...current, periodMs, value: '0', sampleCount: 0, flags: [] }] : [];
  });
  const given = new Set(zeros.map(({ periodMs }) => periodMs));
  const own = new Set(series.values());
  return [...observations.filter((o) => !own.has(o) || !given.has(o.periodMs)), ...zeros];
}

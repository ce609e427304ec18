import type { CellKey, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { RELEASED_FREQS } from '@/metrics/time/expected-period';
import type { Context } from '@/server/context';
import { readObservations } from '@/server/observations/read';

/** Enough to find a value behind a few that were withdrawn. */
const NEWEST = 12;

/** The newest figures of the same thing in other stretches of time: by them it is told what is waited for next. */
export async function readBeside(
  ctx: Context,
  { freq: own }: MetricDefinition,
  { metric, region, slice, measure, freq }: CellKey,
  asOfMs: number,
): Promise<Observation[]> {
  if (measure === 'target' || ![own, freq].every((one) => RELEASED_FREQS.includes(one))) return [];
  return readObservations(ctx, {
    metrics: [metric],
    regions: [region],
    slices: [slice],
    measure: [measure],
    freq: RELEASED_FREQS,
    lastPeriods: NEWEST,
    asOfMs,
  });
}

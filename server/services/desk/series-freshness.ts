import type { Observation } from '@/metrics/model/cell';
import { countsZeros, isUnit } from '@/metrics/model/judged-unit';
import { newestArrival } from '@/server/observations/arrival';
import type { Reach } from '@/server/services/desk/reach';
import { freshnessOf } from '@/server/services/screens/freshness';
import { readBeside } from '@/server/services/screens/known-beside';
import type { Freshness } from '@/server/services/screens/types';

/** Freshness of a series by its newest cell; a unit without cases is no unit without data, so its feed's newest day counts. */
export async function seriesFreshness(reach: Reach, last: Observation): Promise<Freshness> {
  const { ctx, definition, asOfMs } = reach;
  if (!isUnit(definition, last) || !countsZeros(definition)) {
    const known = await readBeside(ctx, definition, last, asOfMs);
    return freshnessOf(definition, last, { ...reach, known });
  }
  const newestMs = await newestArrival(ctx, { metric: definition.code, counties: [last.region], asOfMs });
  return freshnessOf(definition, { ...last, periodMs: Math.max(last.periodMs, newestMs ?? 0) }, reach);
}

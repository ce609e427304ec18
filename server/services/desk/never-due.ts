import type { RegionCode } from '@/metrics/model/cell';
import { readObservations } from '@/server/observations/read';
import type { Reach } from '@/server/services/desk/reach';
import { isOfNothing, neverDueZh } from '@/server/services/screens/of-nothing';

/** Of a region without any value: that rows came, and none of them has been due so far; null where that is not known. */
export async function neverDue(
  { ctx, definition, asOfMs }: Pick<Reach, 'ctx' | 'definition' | 'asOfMs'>,
  { region, slice }: { region: RegionCode; slice: string },
): Promise<string | null> {
  const found = await readObservations(ctx, {
    ...{ metrics: [definition.code], regions: [region], measure: ['level'], slices: [slice] },
    ...{ lastPeriods: 1, asOfMs },
  });
  return found.some(isOfNothing) ? neverDueZh(definition) : null;
}

import type { RegionCode } from '@/metrics/model/cell';
import { countsThings } from '@/metrics/model/counted';
import { countsZeros, isUnit } from '@/metrics/model/judged-unit';
import { newestArrival } from '@/server/observations/arrival';
import type { SeriesSummary } from '@/server/observations/series';
import type { Reach } from '@/server/services/desk/reach';
import { isCourse } from '@/server/services/desk/select';

type Of = Pick<Reach, 'ctx' | 'definition' | 'freq' | 'basis' | 'asOfMs'>;

/**
 * The newest period of a region's series that may have a value; null where it has none at all. A part that became zero
 * has no cells any more where the whole, or the feed of its unit, goes on.
 */
export async function seriesEnd(
  reach: Of,
  all: readonly SeriesSummary[],
  { region, slice }: { region: RegionCode; slice: string },
): Promise<number | null> {
  const { definition, freq, basis } = reach;
  const series = all.filter((entry) => entry.freq === freq && entry.basis === basis && isCourse(entry));
  const own = series.filter((entry) => entry.slice === slice);
  if (own.length === 0) return null;
  const wholes = slice !== '' && countsThings(definition) ? series.filter((entry) => entry.slice === '') : [];
  const arrivedMs = await newestUnitDay(reach, [region], slice);
  return Math.max(...[...own, ...wholes].map(({ lastMs }) => lastMs), arrivedMs ?? Number.NEGATIVE_INFINITY);
}

/** The newest day of which anything arrived, for the series of a unit; null for every other series. */
export async function newestUnitDay(
  { ctx, definition, freq, basis, asOfMs }: Of,
  regions: readonly RegionCode[],
  slice: string,
): Promise<number | null> {
  if (freq !== 'D' || basis !== 'period' || !countsZeros(definition)) return null;
  const counties = regions.filter((region) => isUnit(definition, { region, slice, freq }));
  return counties.length === 0 ? null : newestArrival(ctx, { metric: definition.code, counties, asOfMs });
}

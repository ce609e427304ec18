import type { RankEntry, Ranked } from '@/metrics/calculus/rank';
import type { Observation, RegionCode } from '@/metrics/model/cell';

/** A region's figure as it takes part in a ranking. */
export function rankEntry(region: RegionCode, o: Observation | undefined): RankEntry<RegionCode> {
  return { key: region, value: o?.value, incomplete: isIncomplete(o) };
}

/** Whether anybody has a place: one alone, or the only one that is complete, has none. */
export function hasPlaces(ranked: readonly Ranked<RegionCode>[]): boolean {
  return ranked.filter(({ rank }) => rank !== null).length > 1;
}

/** A value that lacks days or parts. */
export function isIncomplete(o: Pick<Observation, 'value' | 'flags'> | undefined): boolean {
  return o?.value != null && o.flags.includes('partial');
}

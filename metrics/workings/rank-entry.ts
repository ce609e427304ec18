import type { RankEntry, Ranked } from '@/metrics/calculus/rank';
import type { Flag } from '@/metrics/calculus/result';
import { PUBLISHED_BASIS_ZH } from '@/metrics/format/definition-words';
import type { Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { originOfAll } from '@/metrics/model/origin';

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

/** The mark of places some of which are by what publishers say and some by rows, where the two are by different 口径. */
export function originFlags(definition: MetricDefinition, all: readonly (Observation | undefined)[]): Flag[] {
  const known = all.filter((o) => o?.value != null);
  return originOfAll(definition, known) === 'mixed' ? ['mixed_origin'] : [];
}

/** What a list of such regions says of its places; null where all are by one 口径. */
export function originsNote(
  definition: MetricDefinition,
  all: readonly (Observation | undefined)[],
): string | null {
  const { published_basis: basis } = definition;
  if (basis === undefined || originFlags(definition, all).length === 0) return null;
  return `部分地区取公布数(${PUBLISHED_BASIS_ZH[basis]}),其余由明细计算,口径不同`;
}

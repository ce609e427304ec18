import type { Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { nextPeriod } from '@/metrics/time/period';
import type { MetricChoice } from '@/server/services/screens/definition/model';
import { basesOf } from '@/server/services/screens/reading';

/** Regions side by side must be of one period: a full older one beats a newer one that most have not reported. */
const ENOUGH_COVERAGE = 0.8;

/**
 * The newest series and period in which at least four fifths of the regions have a value; failing that the one with
 * the most regions, newest among equals. Empty when no region has any.
 */
export function commonPeriod(
  observations: readonly Observation[],
  choice: MetricChoice,
  definition: MetricDefinition,
  regionCount: number,
): Map<RegionCode, Observation> {
  const bases = basesOf(definition, choice);
  const groups = new Map<string, { endMs: number; basis: number; byRegion: Map<RegionCode, Observation> }>();
  for (const o of observations) {
    const admitted =
      o.metric === choice.metric &&
      o.measure === (choice.measure ?? 'level') &&
      o.value !== null &&
      bases.includes(o.basis) &&
      (choice.freq === undefined || choice.freq.includes(o.freq));
    if (!admitted) continue;
    const key = `${o.freq}/${o.basis}/${o.periodMs}`;
    const group = groups.get(key) ?? {
      endMs: nextPeriod(o.freq, o.periodMs),
      basis: bases.indexOf(o.basis),
      byRegion: new Map<RegionCode, Observation>(),
    };
    groups.set(key, group);
    group.byRegion.set(o.region, o);
  }
  const newestFirst = [...groups.values()].sort((a, b) => b.endMs - a.endMs || a.basis - b.basis);
  const enough = newestFirst.find(({ byRegion }) => byRegion.size >= regionCount * ENOUGH_COVERAGE);
  const most = newestFirst.reduce<(typeof newestFirst)[number] | undefined>(
    (best, group) => (best === undefined || group.byRegion.size > best.byRegion.size ? group : best),
    undefined,
  );
  return (enough ?? most)?.byRegion ?? new Map();
}

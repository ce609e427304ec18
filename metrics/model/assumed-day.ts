import type { Observation } from './cell';

/** Whether nobody knows the day on which a figure was published: it is assumed by the publisher's custom. */
export function isDayAssumed({ flags }: Pick<Observation, 'flags'>): boolean {
  return flags.includes('vintage_assumed');
}

import type { Observation } from './cell';

type Counted = Pick<Observation, 'status'>;

/** A stock as a census counted it, on the census's own day: that is no end of a year, whatever period it stands for. */
export function isCensusCount({ status, basis }: Partial<Counted> & Pick<Observation, 'basis'>): boolean {
  return status === 'census' && basis === 'point';
}

/** One from a census, the other an estimate of the year's end: two points of time, not two values of one. */
export function isOtherCount(one: Counted, other: Counted): boolean {
  const statuses = [one.status, other.status];
  return statuses.includes('census') && statuses.includes('estimate');
}

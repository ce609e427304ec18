import type { CellKey, Observation } from './cell';

/** An observed zero has no run: no cell is kept of it. */
const NO_RUN = '';

/** The whole of a period that a zero is told by: known with it, counted by the same version, and marked alike. */
export type ZeroWhole = Pick<Observation, 'vintageMs' | 'status' | 'flags' | 'source' | 'definitionVersion'>;

/** Nothing of a count where its whole is known: a value like any other, but one that has no vintage and no passport. */
export function observedZero(cell: CellKey, { flags, ...whole }: ZeroWhole): Observation {
  const value = { value: '0', numerator: null, denominator: null, sampleCount: 0 };
  return { ...cell, ...whole, ...value, flags: [...flags], runId: NO_RUN };
}

export function isObservedZero({ runId, value }: Pick<Observation, 'runId' | 'value'>): boolean {
  return runId === NO_RUN && value === '0';
}

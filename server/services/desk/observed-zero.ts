import type { Observation } from '@/metrics/model/cell';
import type { Reach } from '@/server/services/desk/reach';

/** An observed zero has no run: no cell is kept of it. */
const NO_RUN = '';

export function isObservedZero({ runId, value }: Observation): boolean {
  return runId === NO_RUN && value === '0';
}

/** Why a zero without a cell is one. */
export const ZERO_REASON = '本期有数据到达而没有此类记录,为 0';

export function zeroOf(
  { definition, freq, basis, asOfMs }: Reach,
  { region, slice, periodMs, flags }: Pick<Observation, 'region' | 'slice' | 'periodMs' | 'flags'>,
): Observation {
  const cell = { metric: definition.code, freq, region, slice, basis, measure: 'level' as const, periodMs };
  const made = {
    source: '',
    runId: NO_RUN,
    definitionVersion: 0,
    vintageMs: asOfMs,
    status: 'prelim' as const,
  };
  return { ...cell, ...made, value: '0', numerator: null, denominator: null, sampleCount: 0, flags };
}

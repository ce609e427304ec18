import type { CellKey } from './cell';
import type { MetricDefinition } from './definition';

/**
 * Whether slices of a counted metric are kept at a place and frequency: those of days and of stocks are for cities and
 * above alone, below them only months and longer have any (compile/rows/scan.ts). Units of judgement have their own.
 */
export function keepsSlices(
  { accumulation }: Pick<MetricDefinition, 'accumulation'>,
  { region, freq }: Pick<CellKey, 'region' | 'freq'>,
): boolean {
  const isLong = freq === 'M' || freq === 'Q' || freq === 'A';
  return region % 100 === 0 || (isLong && accumulation !== 'stock');
}

import type { Observation, RegionCode } from '@/metrics/model/cell';
import { countsThings } from '@/metrics/model/counted';
import { parseSlice } from '@/metrics/model/slice';
import { readSliceSums } from '@/server/observations/slice-sums';
import { zeroOf } from '@/server/services/desk/observed-zero';
import type { Reach } from '@/server/services/desk/reach';

interface Stretch {
  regions: readonly RegionCode[];
  slices: readonly string[] | 'all';
  fromMs: number;
  lastMs: number;
}

/**
 * Zeros of counts by slice. No cell is kept of a slice of which a period has no row; where the slices of its dimension that
 * are there sum to the whole of the same region and period, nothing is left for it, and nothing of a count is 0. Where
 * they do not, or the whole is not known, it stays missing: rows may not have arrived, or not be told apart.
 */
export async function sliceZeros(
  reach: Reach,
  { regions, slices, fromMs, lastMs }: Stretch,
  known: readonly Observation[],
): Promise<Observation[]> {
  const { ctx, definition, freq, basis, asOfMs } = reach;
  const asked = slices === 'all' || !countsThings(definition) ? [] : slices.flatMap(singleDimension);
  if (asked.length === 0 || regions.length === 0) return [];
  const dimensions = [...new Set(asked.map(({ dimension }) => dimension))];
  const of = { metric: definition.code, freq, basis, regions, dimensions, fromMs, lastMs, asOfMs };
  const sums = await readSliceSums(ctx, of);
  const present = new Set(
    known
      .filter(({ value, measure }) => value !== null && measure === 'level')
      .map(({ region, slice, periodMs }) => `${region} ${periodMs} ${slice}`),
  );
  return sums.flatMap(({ region, periodMs, whole, flags, sums: parts }) =>
    asked
      .filter(({ dimension }) => whole.eq(parts.get(dimension) ?? 0))
      .filter(({ slice }) => !present.has(`${region} ${periodMs} ${slice}`))
      .map(({ slice }) => zeroOf(reach, { region, slice, periodMs, flags: [...flags] })),
  );
}

function singleDimension(slice: string): { slice: string; dimension: string }[] {
  const [dimension, ...more] = Object.keys(parseSlice(slice));
  return dimension === undefined || more.length > 0 ? [] : [{ slice, dimension }];
}

import type { Observation, RegionCode } from '@/metrics/model/cell';
import { countsZeros, isUnit } from '@/metrics/model/judged-unit';
import { periodRange } from '@/metrics/time/period';
import { newestArrival, readArrival } from '@/server/observations/arrival';
import { zeroOf } from '@/server/services/desk/observed-zero';
import type { Reach } from '@/server/services/desk/reach';
import { isDemo } from '@/server/services/screens/figure';

interface Stretch {
  regions: readonly RegionCode[];
  slices: readonly string[] | 'all';
  fromMs: number;
  lastMs: number;
}

/**
 * The zeros of units of judgement: of a day on which a county had nothing of one kind no cell is kept, and where anything
 * of the metric arrived that is an observed zero, on the page as in its signals. A day of which nothing arrived stays
 * missing.
 */
export async function unitZeros(
  reach: Reach,
  { regions, slices, fromMs, lastMs }: Stretch,
  known: readonly Observation[],
): Promise<Observation[]> {
  const { ctx, definition, asOfMs } = reach;
  const units = slices === 'all' ? [] : unitsOf(reach, regions, slices);
  if (units.length === 0) return [];
  const counties = [...new Set(units.map(({ region }) => region))];
  const arrival = await readArrival(ctx, { metric: definition.code, counties, asOfMs, fromMs, toMs: lastMs });
  const present = new Set(
    known
      .filter(({ value }) => value !== null)
      .map(({ region, slice, periodMs }) => key(region, slice, periodMs)),
  );
  const flags = known.some(isDemo) ? ['demo'] : [];
  const days = periodRange('D', fromMs, lastMs + 1);
  return units.flatMap(({ region, slice }) => {
    const arrived = arrival(region);
    return days
      .filter((ms) => arrived.has(ms) && !present.has(key(region, slice, ms)))
      .map((periodMs) => zeroOf(reach, { region, slice, periodMs, flags }));
  });
}

/** The newest day of which anything arrived, for the series of a unit; null for every other series. */
export async function newestUnitDay(
  reach: Reach,
  regions: readonly RegionCode[],
  slice: string,
): Promise<number | null> {
  const counties = unitsOf(reach, regions, [slice]).map(({ region }) => region);
  if (counties.length === 0) return null;
  const { ctx, definition, asOfMs } = reach;
  return newestArrival(ctx, { metric: definition.code, counties, asOfMs });
}

function unitsOf(
  { definition, freq, basis }: Reach,
  regions: readonly RegionCode[],
  slices: readonly string[],
): { region: RegionCode; slice: string }[] {
  if (freq !== 'D' || basis !== 'period' || !countsZeros(definition)) return [];
  return regions
    .flatMap((region) => slices.map((slice) => ({ region, slice })))
    .filter((cell) => isUnit(definition, { ...cell, freq }));
}

function key(region: RegionCode, slice: string, periodMs: number): string {
  return `${region}|${periodMs}|${slice}`;
}

import { cellId } from '@/metrics/derive/known';
import type { CellKey, Observation, RegionCode } from '@/metrics/model/cell';
import { countsThings } from '@/metrics/model/counted';
import type { MetricDefinition } from '@/metrics/model/definition';
import { DERIVED_SOURCES } from '@/metrics/model/derived-source';
import { countsZeros, isUnit } from '@/metrics/model/judged-unit';
import { keepsSlices } from '@/metrics/model/kept-slices';
import { observedZero, type ZeroWhole } from '@/metrics/model/observed-zero';
import { parseSlice } from '@/metrics/model/slice';
import type { Context } from '@/server/context';
import { readArrival } from '@/server/observations/arrival';
import type { ObservationFilter } from '@/server/observations/read';
import { readSliceSums } from '@/server/observations/slice-sums';

/** A stretch of slices that zeros may lie in. */
interface Stretch extends Pick<ObservationFilter, 'freq' | 'basis'> {
  regions: readonly RegionCode[];
  slices: readonly string[];
  fromMs: number;
  toMs: number;
  asOfMs: number;
}

/** A place where nothing of a count is 0, unless there is a value. */
interface Place {
  cell: CellKey;
  whole: ZeroWhole;
}

/**
 * What was read by a filter, with the observed zeros of its slices: of a period in which a slice had nothing no cell is
 * kept. Only of named slices in a bounded stretch; where there are none nothing more is read. A vintage that withdrew a
 * value gives way to the zero that is known in its place.
 */
export async function withObservedZeros(
  ctx: Context,
  filter: ObservationFilter,
  known: readonly Observation[],
): Promise<Observation[]> {
  const stretch = stretchOf(ctx, filter);
  if (stretch === null) return [...known];
  const places = await Promise.all(
    filter.metrics.flatMap((metric) => {
      const definition = ctx.registry.find(metric)?.definition;
      return definition ? [besideWholes(ctx, definition, stretch), ofUnits(ctx, definition, stretch)] : [];
    }),
  );
  const found = new Map(known.map((o) => [cellId(o), o]));
  const zeros = new Map<string, Observation>();
  for (const { cell, whole } of places.flat()) {
    const id = cellId(cell);
    const kept = found.get(id);
    if (zeros.has(id) || (kept && kept.value !== null)) continue;
    const vintageMs = Math.max(whole.vintageMs, kept?.vintageMs ?? 0);
    zeros.set(id, observedZero(cell, { ...whole, vintageMs }));
  }
  return [...known.filter((o) => !zeros.has(cellId(o))), ...zeros.values()];
}

/** Of a vintage of its own a zero knows nothing, so that reads of all vintages have none. */
function stretchOf(
  ctx: Context,
  { regions = [], slices = [], freq, basis, measure, fromMs, toMs, ...filter }: ObservationFilter,
): Stretch | null {
  const named = slices === 'all' ? [] : slices.filter((slice) => slice !== '');
  if (named.length === 0 || regions.length === 0 || fromMs === undefined || toMs === undefined) return null;
  if (filter.allVintages || (measure && !measure.includes('level'))) return null;
  const asOfMs = filter.asOfMs ?? ctx.clock.nowMs();
  return { regions, slices: named, freq, basis, fromMs, toMs, asOfMs };
}

/**
 * Where the slices of a dimension that are there sum to the whole of the same region and period, nothing is left for the
 * others. Where they do not, or the whole is not known, these stay missing: rows may not have arrived, or not be told
 * apart.
 */
async function besideWholes(
  ctx: Context,
  definition: MetricDefinition,
  { slices, freq: freqs, basis: bases, ...of }: Stretch,
): Promise<Place[]> {
  const asked = countsThings(definition) ? slices.flatMap(singleDimension) : [];
  if (asked.length === 0) return [];
  const dimensions = [...new Set(asked.map(({ dimension }) => dimension))];
  const metric = definition.code;
  const sources = [...DERIVED_SOURCES, ...(definition.kind === 'aggregated' ? [definition.dataset] : [])];
  const wholes = await readSliceSums(ctx, { ...of, metric, sources, freqs, bases, dimensions });
  return wholes.flatMap(({ value, whole, sums, ...at }) =>
    // Where none are kept their sum tells nothing.
    (keepsSlices(definition, at) ? asked : [])
      .filter(({ dimension }) => value.eq(sums.get(dimension) ?? 0))
      .map(({ slice }) => ({ cell: { metric, ...at, slice, measure: 'level' as const }, whole })),
  );
}

function singleDimension(slice: string): { slice: string; dimension: string }[] {
  const [dimension, ...more] = Object.keys(parseSlice(slice));
  return dimension === undefined || more.length > 0 ? [] : [{ slice, dimension }];
}

/**
 * Days of units of judgement on which anything of the metric arrived (as `observedCounts` has it): zeros as in the
 * signals, also where the county itself had nothing at all. A day of which nothing arrived stays missing.
 */
async function ofUnits(ctx: Context, definition: MetricDefinition, stretch: Stretch): Promise<Place[]> {
  const { regions, slices, freq, basis, asOfMs, fromMs, toMs } = stretch;
  const isDaily = (freq?.includes('D') ?? true) && (basis?.includes('period') ?? true);
  if (!isDaily || !countsZeros(definition)) return [];
  const series = { metric: definition.code, freq: 'D', basis: 'period', measure: 'level' } as const;
  const units = regions
    .flatMap((region) => slices.map((slice) => ({ ...series, region, slice })))
    .filter((unit) => isUnit(definition, unit));
  if (units.length === 0) return [];
  const counties = [...new Set(units.map(({ region }) => region))];
  const { metric } = series;
  const arrival = await readArrival(ctx, { metric, counties, asOfMs, fromMs, toMs: toMs - 1 });
  return units.flatMap((unit) =>
    [...arrival(unit.region)].map(([periodMs, whole]) => ({ cell: { ...unit, periodMs }, whole })),
  );
}

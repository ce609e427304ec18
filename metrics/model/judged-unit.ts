import type { CellKey } from './cell';
import type { MetricDefinition } from './definition';
import type { ThresholdSet } from './definition-threshold';
import { parseSlice } from './slice';

/**
 * A unit of judgement is one county and one value of one dimension there: EARS by county and disease or topic
 * (calculus.md §25). Its days are cells of their own, kept for metrics that are judged so and for no others.
 */
const COUNTY = 'county';

/** Sets that are judged unit by unit, never for a whole region. */
export function judgesUnits({ measure, by }: Pick<ThresholdSet, 'measure' | 'by'>): boolean {
  return by !== undefined || measure === 'ears';
}

/** The dimension whose values are the units in a county: what `by` names beside the county, else the metric's first slice. */
export function unitDimension(
  { slices }: Pick<MetricDefinition, 'slices'>,
  { by }: Pick<ThresholdSet, 'by'>,
): string | undefined {
  return by === undefined ? slices[0] : by.find((dimension) => dimension !== COUNTY);
}

/** Why `by` names no unit of the metric, in words; null when it does, or when nothing is judged by units. */
export function unitProblem(
  definition: Pick<MetricDefinition, 'slices' | 'freq'>,
  set: Pick<ThresholdSet, 'measure' | 'by' | 'only'>,
): string | null {
  if (!judgesUnits(set)) return set.only === undefined ? null : '只写 only 而没有判定单元 by';
  const { by } = set;
  if (by !== undefined && (by.length !== 2 || !by.includes(COUNTY)))
    return `判定单元应为 ${COUNTY} 与一个分组维度`;
  const dimension = unitDimension(definition, set);
  if (dimension === undefined || !definition.slices.includes(dimension))
    return dimension === undefined ? '没有可作判定单元的分组维度' : `指标没有分组维度 ${dimension}`;
  return ['D', 'H', 'N'].includes(definition.freq) ? null : '判定单元逐日判,指标没有日值';
}

/** Dimensions of the metric's units with the values that some set judges; null: every value. */
export function unitSlices(
  definition: Pick<MetricDefinition, 'slices' | 'freq' | 'thresholds'>,
): Map<string, readonly string[] | null> {
  const units = new Map<string, readonly string[] | null>();
  for (const set of definition.thresholds?.sets ?? []) {
    const dimension = unitDimension(definition, set);
    if (!judgesUnits(set) || dimension === undefined || unitProblem(definition, set) !== null) continue;
    const known = units.get(dimension);
    const all = known === null || set.only === undefined;
    units.set(dimension, all ? null : [...new Set([...(known ?? []), ...(set.only?.values ?? [])])].sort());
  }
  return units;
}

/** Whether a cell is a day of such a unit: a county, and one value of the set's dimension there. */
export function isOfUnit(
  definition: Pick<MetricDefinition, 'slices'>,
  set: Pick<ThresholdSet, 'by' | 'only'>,
  { region, slice, freq }: Pick<CellKey, 'region' | 'slice' | 'freq'>,
): boolean {
  if (freq !== 'D' || region % 100 === 0 || slice === '') return false;
  const parts = Object.entries(parseSlice(slice));
  const [[dimension, value] = ['', '']] = parts;
  if (parts.length !== 1 || dimension !== unitDimension(definition, set)) return false;
  return set.only === undefined || set.only.values.includes(value);
}

/** Whether some set of the metric judges the cell as a unit. */
export function isUnit(
  definition: Pick<MetricDefinition, 'slices' | 'thresholds'>,
  cell: Pick<CellKey, 'region' | 'slice' | 'freq'>,
): boolean {
  const sets = definition.thresholds?.sets ?? [];
  return sets.some((set) => judgesUnits(set) && isOfUnit(definition, set, cell));
}

/** Only of a count does nothing mean zero: a day without visits has no share of anything. */
export function countsZeros({ accumulation }: Pick<MetricDefinition, 'accumulation'>): boolean {
  return accumulation === 'flow';
}

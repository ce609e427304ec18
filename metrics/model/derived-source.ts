import type { Observation } from './cell';
import type { MetricDefinition } from './definition';

/**
 * Sources of cells that are made of other cells: a formula, weighted scores, subordinate regions, other stretches of
 * time. Any other source is a publisher's or a dataset's, and stands before these.
 */
export const DERIVED_SOURCES = ['derived', 'composite', 'rollup', 'deduced'] as const;
export type DerivedSource = (typeof DERIVED_SOURCES)[number];

export function isDerivedSource(source: string): source is DerivedSource {
  return (DERIVED_SOURCES as readonly string[]).includes(source);
}

/** Datasets are named so; a publisher is cited in words. */
const DATASET_NAME = /^[a-z][a-z_0-9]*$/;

/** Whether a source is written as only our own are: no publisher may be cited so. */
export function isOwnName(source: string): boolean {
  return DATASET_NAME.test(source);
}

/**
 * Whether a cell of the metric was made here: of other cells, or of the rows that it counts. Percentiles and indices come
 * from the rows of their operands, which their own definition does not name. Any other source is a publisher.
 */
export function isComputedSource(definition: MetricDefinition, source: string): boolean {
  if (isDerivedSource(source)) return true;
  if (definition.kind === 'aggregated') return definition.dataset === source;
  return definition.kind !== 'reported' && isOwnName(source);
}

/**
 * Whether one of a part and its whole was counted from rows while the other is what a publisher says: they are of two
 * collections, and the one is no share of the other (calculus.md §9: 同一发布批次).
 */
export function isOfAnotherCollection(
  definition: MetricDefinition,
  part: Pick<Observation, 'source'> | undefined,
  whole: Pick<Observation, 'source'> | undefined,
): boolean {
  if (!part || !whole || definition.kind !== 'aggregated') return false;
  return isComputedSource(definition, part.source) !== isComputedSource(definition, whole.source);
}

export const OTHER_COLLECTION_ZH = '总量与分项一为发布数、一由明细计算,不同源,不算占比';

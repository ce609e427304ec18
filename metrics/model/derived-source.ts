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

/**
 * Whether a cell of the metric was made here: of other cells, or of the rows that it counts. Percentiles and indices come
 * from the rows of their operands, which their own definition does not name. Any other source is a publisher.
 */
export function isComputedSource(definition: MetricDefinition, source: string): boolean {
  if (isDerivedSource(source)) return true;
  if (definition.kind === 'aggregated') return definition.dataset === source;
  return definition.kind !== 'reported' && DATASET_NAME.test(source);
}

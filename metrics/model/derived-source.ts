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

/** Whether a cell of the metric was made here: of other cells, or of the rows that it counts. Any other source is a publisher. */
export function isComputedSource(definition: MetricDefinition, source: string): boolean {
  return isDerivedSource(source) || (definition.kind === 'aggregated' && definition.dataset === source);
}

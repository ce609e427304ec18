import type { MetricDefinition } from './definition';
import { isComputedSource } from './derived-source';

/** By whose 口径 a value is: the publisher's, that of rows, or some of both. */
export type Origin = 'published' | 'computed' | 'mixed';

/** What of an observation tells it. */
export interface OfOrigin {
  source: string;
  flags: readonly string[];
}

/**
 * By whose 口径 a value of the metric is; null for metrics that publishers count as we do (no `published_basis`). One made of
 * other cells, or judged again under another edition, says that publishers gave all that it is made of (`of_published`) or
 * some.
 */
export function originOf(definition: MetricDefinition, of: OfOrigin | undefined): Origin | null {
  if (definition.published_basis === undefined || !of) return null;
  if (of.flags.includes('mixed_origin')) return 'mixed';
  if (of.flags.includes('of_published')) return 'published';
  return isComputedSource(definition, of.source) ? 'computed' : 'published';
}

/** That of several together; null where nothing is known of any. */
export function originOfAll(
  definition: MetricDefinition,
  all: readonly (OfOrigin | undefined)[],
): Origin | null {
  const origins = new Set(all.map((one) => originOf(definition, one)).filter((origin) => origin !== null));
  const [only = null] = origins;
  return origins.size > 1 ? 'mixed' : only;
}

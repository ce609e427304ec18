import type { RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { ofEqualCoverage } from './equal-coverage';
import { ofOrigins } from './of-origins';
import { ofSeriesBreak } from './of-series-break';
import { ofSources } from './of-sources';
import type { Result } from './result';

/** What of an observation decides whether it may be compared with another; a vintage that is being made has it too. */
export interface Side {
  flags: readonly string[];
  vintageMs: number;
  source: string;
  basis?: string;
  region?: RegionCode;
  parts?: readonly RegionCode[];
}

/** What was made of two values of one edition, with what is to be said of either and of what lies between them. */
export function ofSides<T extends Result>(
  definition: MetricDefinition,
  made: T,
  current: Side | undefined,
  base: Side | undefined,
  crossed: readonly (Side | undefined)[] = [],
): T {
  const even = ofSeriesBreak(ofEqualCoverage(made, current, base), current, base, crossed);
  return ofSources(ofOrigins(definition, even, current, base), sidesOf(current, base));
}

/** Both sides under every name that a rule of comparison gives them. */
function sidesOf<S>(current: S | undefined, base: S | undefined) {
  return { current, index: current, base, previous: base };
}

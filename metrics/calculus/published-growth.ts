import type { MetricDefinition } from '@/metrics/model/definition';
import { isComputedSource } from '@/metrics/model/derived-source';
import type { Result } from './result';

/** What of an observation decides whether a published growth still speaks of it. */
interface Said {
  vintageMs: number;
  valueSinceMs?: number;
  source: string;
}

/**
 * Whether growth as published stands for levels of the metric that may be computed from: not when one of them was
 * published with another value since, because 同比 is of the newest vintages (calculus.md §16). A level computed here from
 * rows or other cells is not the publisher's, so it makes nothing stale, whatever the publisher is called.
 */
export function growthStands(
  definition: MetricDefinition,
  growth: Said | undefined,
  levels: readonly (Said | undefined)[],
): boolean {
  if (!growth) return true;
  return levels.every(
    (level) =>
      !level ||
      isComputedSource(definition, level.source) ||
      (level.valueSinceMs ?? level.vintageMs) <= growth.vintageMs,
  );
}

/**
 * Growth as published in place of one that the newest levels cannot give; null where there is none. The publisher's own
 * is on one footing, so it stands, however old.
 */
export function asPublished<T extends Result>(made: T): T | null {
  const published = made.operands.find(({ name, value }) => name === 'published' && value !== null);
  return published
    ? { ...made, value: published.value, text: undefined, basis: 'published', flags: [] }
    : null;
}

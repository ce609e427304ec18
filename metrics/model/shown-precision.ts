import type { RegionCode } from './cell';
import type { MetricDefinition } from './definition';

/**
 * Digits of a figure and of differences between two such. What is counted by city is whole there and below, but its mean
 * over the cities is not: that keeps one digit, as 重污染天数 does by its definition.
 */
export function shownPrecision(
  { precision, rollup, accumulation }: Pick<MetricDefinition, 'precision' | 'rollup' | 'accumulation'>,
  region: RegionCode,
): number {
  if (rollup !== 'mean_of_cities' || accumulation !== 'flow') return precision;
  return region % 10_000 === 0 ? Math.max(1, precision) : 0;
}

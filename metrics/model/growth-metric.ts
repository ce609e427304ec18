import type { MetricDefinition } from './definition';

/** Metrics that are growth rates themselves: 增速 as published, at constant prices. */
export function isGrowthMetric({
  accumulation,
  unit,
  name,
}: Pick<MetricDefinition, 'accumulation' | 'unit' | 'name'>): boolean {
  return accumulation === 'rate' && unit === '%' && name.includes('增速');
}

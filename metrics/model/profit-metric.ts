import type { MetricDefinition } from './definition';

/** Metrics whose value below zero is a loss (利润, 盈余): only of these a change of sign is 扭亏 or 转亏 (calculus.md §14). */
export function isProfitMetric({
  accumulation,
  name,
}: Pick<MetricDefinition, 'accumulation' | 'name'>): boolean {
  return accumulation === 'flow' && /利润|盈余|盈亏|损益/.test(name);
}

import type { MetricDefinition } from './definition';
import type { Domain } from './definition-vocabulary';
import { isGrowthMetric } from './growth-metric';

const ECONOMIC: ReadonlySet<Domain> = new Set([
  'economy',
  'energy',
  'transition',
  'culture_tourism',
  'rural',
]);

/**
 * What statisticians say 增长加快 or 增速回落 of: an amount or balance of the economy that is not to be kept low, or a
 * growth rate itself. Of a population, a concentration, an index, a count of accidents or of requests nobody says so: its 同比
 * 升幅 or 降幅 gets wider or narrower.
 */
export function isEconomicVolume(
  definition: Pick<MetricDefinition, 'domain' | 'accumulation' | 'direction' | 'unit' | 'name'>,
): boolean {
  const { domain, accumulation, direction } = definition;
  if (isGrowthMetric(definition)) return true;
  const people = accumulation === 'stock' && definition.unit === '万人';
  const amount = !people && (accumulation === 'flow' || accumulation === 'stock');
  return amount && ECONOMIC.has(domain) && (direction === 'higher_better' || direction === 'neutral');
}

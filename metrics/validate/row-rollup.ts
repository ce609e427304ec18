import type { Aggregation } from '@/metrics/model/definition-vocabulary';
import { addsRows, followsFromRows, suitsRollup } from '@/metrics/model/row-rollup';
import { error, type Rule } from './rule';

/** Aggregations whose months do not add up to anything. */
const NO_FLOW: readonly Aggregation[] = ['avg', 'min', 'max', 'last', 'quantile', 'time_weighted_avg'];

/**
 * What is computed from rows must be right at every level and in every period: the region's value must follow from its
 * rows by the rollup method, and the rows of a stock are never added up over time.
 */
export const rowRollup: Rule = (definition, { datasets }) => {
  if (definition.kind !== 'aggregated') return [];
  const contract = datasets.get(definition.dataset);
  const { measure, numerator, denominator, rollup, accumulation, rows } = definition;
  const findings = [];
  for (const [path, aggregate] of Object.entries({ measure, numerator, denominator })) {
    if (aggregate === undefined) continue;
    if (followsFromRows(rollup) && !suitsRollup(rollup, aggregate.agg)) {
      const message = `${aggregate.agg} 的上级值不能按 ${rollup} 从明细得出`;
      findings.push(error('rollup_aggregation', definition, `${path}.agg`, message, 'recompute'));
    }
    if (accumulation === 'stock' && rows === 'in_period' && addsRows(aggregate, contract)) {
      const message = '时点指标不能把一段时间里的行相加';
      findings.push(error('stock_summed', definition, `${path}.agg`, message, 'rows: as_of'));
    }
    if (accumulation === 'flow' && path === 'measure' && NO_FLOW.includes(aggregate.agg)) {
      const message = `${aggregate.agg} 不是流量,不能按期累加`;
      findings.push(error('flow_aggregation', definition, `${path}.agg`, message, 'accumulation: rate'));
    }
  }
  return findings;
};

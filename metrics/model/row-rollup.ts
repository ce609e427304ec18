import type { DatasetContract } from './dataset';
import type { Aggregate } from './definition-aggregate';
import type { Aggregation, RollupMethod } from './definition-vocabulary';

/** Aggregations whose value over the rows of several regions is what the method says of the regions' values. */
const FROM_ROWS: Readonly<Partial<Record<RollupMethod, readonly Aggregation[]>>> = {
  sum: ['count', 'sum', 'distinct', 'distinct_sketch'],
  ratio_of_sums: ['count', 'sum', 'avg', 'distinct', 'distinct_sketch', 'time_weighted_avg'],
  weighted_mean: ['count', 'sum', 'avg', 'distinct', 'distinct_sketch', 'time_weighted_avg'],
  recompute_distinct: ['count', 'sum', 'distinct', 'distinct_sketch'],
  max: ['max'],
  max_of_sum: ['max'],
};

/** Own rows of every level, whatever is aggregated; the province of `mean_of_cities` is made of its cities. */
const ANY: readonly RollupMethod[] = ['recompute', 'mean_of_cities'];

/** Whether a region's value by the method follows from detail rows at all. */
export function followsFromRows(rollup: RollupMethod): boolean {
  return ANY.includes(rollup) || FROM_ROWS[rollup] !== undefined;
}

/** Whether it follows when the rows are aggregated so. */
export function suitsRollup(rollup: RollupMethod, aggregation: Aggregation): boolean {
  return ANY.includes(rollup) || (FROM_ROWS[rollup]?.includes(aggregation) ?? false);
}

/** Rows are unique by the natural key, so distinct keys are rows: a count, which adds up. */
export function isDistinctKey({ agg, column }: Aggregate, contract: Pick<DatasetContract, 'key'>): boolean {
  const [only, ...more] = contract.key;
  return agg === 'distinct' && more.length === 0 && column === only;
}

/** Whether longer periods would add up the rows of shorter ones: right for a flow, never for a stock. */
export function addsRows(aggregate: Aggregate, contract: Pick<DatasetContract, 'key'> | undefined): boolean {
  if (aggregate.agg === 'sum' || aggregate.agg === 'count') return true;
  return contract !== undefined && isDistinctKey(aggregate, contract);
}

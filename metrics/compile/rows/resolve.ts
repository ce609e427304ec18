import type { DatasetContract } from '@/metrics/model/dataset';
import { findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import { compileCondition, compileExpression, type ExpressionScope, NotCompilable } from '../expression';
import { VALUE_TYPE } from '../sql/decimal';
import { type Fragment, ident, param, sql } from '../sql/fragment';

/** An aggregate as a mergeable state over rows, and how the merged state becomes a number. */
export interface AggregateState {
  state: Fragment;
  finish(alias: Fragment): Fragment;
}

/** A metric over detail rows, its names resolved. */
export interface RowMetric {
  code: string;
  version: number;
  definition: AggregatedDefinition;
  /** Column that places a row in a period. */
  time: string;
  /** Numerator, or the only measure when there is no denominator. */
  numerator: AggregateState;
  denominator?: AggregateState;
  /** Rows behind the value. */
  samples: AggregateState;
  /** Multiplies the aggregate into the metric's unit. */
  factor: Fragment;
  slices: readonly { name: string; value: Fragment }[];
  /** Sums of its months are its year: counts and sums are, distinct counts of other columns are not. */
  additiveOverTime: boolean;
  /** Judged by weekdays alone for years without a holiday table. */
  usesWorkdays: boolean;
}

const ADDITIVE: readonly string[] = ['count', 'sum', 'avg'];

/** @throws NotCompilable with the reason in words. */
export function resolveRowMetric(
  definition: AggregatedDefinition,
  version: number,
  contract: DatasetContract,
  scope: ExpressionScope,
): RowMetric {
  const { measure, numerator, denominator } = definition;
  const top = measure ?? numerator;
  if (top === undefined) throw new NotCompilable('口径没有可计算的聚合形式');
  const where = compileCondition(definition.where, scope);
  const bottom = measure?.agg === 'avg' ? { ...measure, agg: 'count' as const } : denominator;
  const first = measure?.agg === 'avg' ? { ...measure, agg: 'sum' as const } : top;
  const time = definition.time ?? contract.businessTime;
  if (!findColumn(contract, time)) throw new NotCompilable(`没有列“${time}”`);
  return {
    code: definition.code,
    version,
    definition,
    time,
    numerator: aggregateState(first, where, contract, scope),
    ...(bottom ? { denominator: aggregateState(bottom, where, contract, scope) } : {}),
    samples: aggregateState({ agg: 'count', where: (bottom ?? top).where }, where, contract, scope),
    factor: param(String(definition.factor), 'Decimal(38, 10)'),
    slices: definition.slices.map((name) => ({ name, value: sliceValue(name, definition, contract, scope) })),
    additiveOverTime: [first, bottom].every((one) => one === undefined || isAdditive(one, contract)),
    usesWorkdays: JSON.stringify(definition).includes('workdays('),
  };
}

function isAdditive(aggregate: Aggregate, contract: DatasetContract): boolean {
  return ADDITIVE.includes(aggregate.agg) || isDistinctKey(aggregate, contract);
}

/** Rows are unique by the natural key, so distinct keys are rows: a count, which adds up. */
function isDistinctKey(aggregate: Aggregate, contract: DatasetContract): boolean {
  const [only, ...more] = contract.key;
  return aggregate.agg === 'distinct' && more.length === 0 && aggregate.column === only;
}

function aggregateState(
  aggregate: Aggregate,
  where: Fragment,
  contract: DatasetContract,
  scope: ExpressionScope,
): AggregateState {
  const condition = sql`(${where} AND ${compileCondition(aggregate.where, scope)})`;
  if (aggregate.agg === 'count' || isDistinctKey(aggregate, contract)) {
    return {
      state: sql`countStateIf(${condition})`,
      finish: (alias) => sql`toDecimal128(countMerge(${alias}), 10)`,
    };
  }
  const argument = argumentOf(aggregate, contract, scope);
  switch (aggregate.agg) {
    case 'sum':
      return {
        state: sql`sumStateIf(CAST(${argument} AS ${VALUE_TYPE}), ${condition})`,
        finish: (alias) => sql`ifNull(sumMerge(${alias}), toDecimal128(0, 10))`,
      };
    case 'min':
    case 'max': {
      const name = aggregate.agg === 'min' ? sql`min` : sql`max`;
      return {
        state: sql`${name}StateIf(CAST(${argument} AS ${VALUE_TYPE}), ${condition})`,
        finish: (alias) => sql`${name}Merge(${alias})`,
      };
    }
    case 'distinct':
      return {
        state: sql`uniqExactStateIf(${argument}, ${condition})`,
        finish: (alias) => sql`toDecimal128(uniqExactMerge(${alias}), 10)`,
      };
    case 'distinct_sketch':
      return {
        state: sql`uniqCombined64StateIf(${argument}, ${condition})`,
        finish: (alias) => sql`toDecimal128(uniqCombined64Merge(${alias}), 10)`,
      };
    case 'last':
      return {
        state: sql`argMaxStateIf(CAST(${argument} AS ${VALUE_TYPE}), placed_at, ${condition})`,
        finish: (alias) => sql`argMaxMerge(${alias})`,
      };
    default:
      throw new NotCompilable(`聚合 ${aggregate.agg} 尚不能编译`);
  }
}

function argumentOf(aggregate: Aggregate, contract: DatasetContract, scope: ExpressionScope): Fragment {
  if (aggregate.expr !== undefined) return compileExpression(aggregate.expr, scope);
  if (aggregate.column === undefined) throw new NotCompilable(`聚合 ${aggregate.agg} 缺少列或表达式`);
  if (!findColumn(contract, aggregate.column)) throw new NotCompilable(`没有列“${aggregate.column}”`);
  return ident(aggregate.column);
}

function sliceValue(
  name: string,
  definition: AggregatedDefinition,
  contract: DatasetContract,
  scope: ExpressionScope,
): Fragment {
  // A slice may be named like a member that every object inherits.
  const own = new Map(Object.entries(definition.slice_expr ?? {})).get(name);
  if (own !== undefined) return compileExpression(own, scope);
  if (!findColumn(contract, name)) throw new NotCompilable(`分组维度“${name}”不是数据集的列`);
  return ident(name);
}

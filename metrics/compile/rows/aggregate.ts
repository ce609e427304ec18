import type { DatasetContract } from '@/metrics/model/dataset';
import { findColumn } from '@/metrics/model/dataset';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import { isDistinctKey } from '@/metrics/model/row-rollup';
import { compileCondition, compileExpression, type ExpressionScope, NotCompilable } from '../expression';
import { VALUE_TYPE } from '../sql/decimal';
import { type Fragment, ident, sql, text } from '../sql/fragment';
import { percentile } from '../sql/percentile';

/**
 * An aggregate as mergeable states over rows, and how the merged states become a number. Plain states forget that every
 * value was NULL and merge to 0; `OrNull` ones remember.
 */
export interface AggregateState {
  states: readonly Fragment[];
  /** One alias a state, in their order. */
  finish(...aliases: Fragment[]): Fragment;
  /** No row at all is an observed zero where rows have arrived (counts and sums), not a missing value. */
  isZeroWithoutRows: boolean;
}

/** What aggregates are resolved against: the contract, its names, and the condition of the whole definition. */
export interface RowSource {
  contract: DatasetContract;
  scope: ExpressionScope;
  where: Fragment;
  /** Column that places a row in a period. */
  time: string;
}

/** Seconds for which a row's value holds; the scan provides it when a metric asks (rows/scan.ts). */
export const HELD_SECONDS = ident('held_s');

const QUANTILE_STEPS = 1_000_000;

export function conditionOf(aggregate: Pick<Aggregate, 'where'>, { where, scope }: RowSource): Fragment {
  return sql`(${where} AND ${compileCondition(aggregate.where, scope)})`;
}

/** @throws NotCompilable with the reason in words. */
export function aggregateState(aggregate: Aggregate, source: RowSource): AggregateState {
  const condition = conditionOf(aggregate, source);
  if (aggregate.agg === 'count' || isDistinctKey(aggregate, source.contract)) return countOf(condition);
  const argument = argumentOf(aggregate, source);
  const value = sql`CAST(${argument} AS ${VALUE_TYPE})`;
  switch (aggregate.agg) {
    case 'sum':
      return sumOf(value, condition);
    case 'min':
    case 'max': {
      const name = aggregate.agg === 'min' ? sql`min` : sql`max`;
      return {
        states: [sql`${name}OrNullStateIf(${value}, ${condition})`],
        finish: (alias) => sql`${name}OrNullMerge(${alias})`,
        isZeroWithoutRows: false,
      };
    }
    case 'distinct':
      return {
        states: [sql`uniqExactStateIf(${argument}, ${condition})`],
        finish: (alias) => sql`toDecimal128(uniqExactMerge(${alias}), 10)`,
        isZeroWithoutRows: true,
      };
    case 'distinct_sketch':
      return {
        states: [sql`uniqCombined64StateIf(${argument}, ${condition})`],
        finish: (alias) => sql`toDecimal128(uniqCombined64Merge(${alias}), 10)`,
        isZeroWithoutRows: true,
      };
    case 'last':
      // Rows of one instant are told apart by their key, so that the same rows always have the same last one.
      return {
        states: [
          sql`argMaxOrNullStateIf(${value}, (placed_at, ${source.contract.key.map((key) => sql`toString(${ident(key)})`)}), ${condition} AND isNotNull(${value}))`,
        ],
        finish: (alias) => sql`argMaxOrNullMerge(${alias})`,
        isZeroWithoutRows: false,
      };
    case 'quantile': {
      const part = Math.round((aggregate.q ?? Number.NaN) * QUANTILE_STEPS);
      if (!Number.isSafeInteger(part)) throw new NotCompilable('分位数没有写 q');
      // An exact quantile needs the values themselves; merging ready quantiles would be wrong.
      return {
        states: [sql`groupArrayStateIf(${value}, ${condition})`],
        finish: (alias) =>
          sql`if(empty(groupArrayMerge(${alias})), NULL, ${percentile(sql`groupArrayMerge(${alias})`, part, QUANTILE_STEPS)})`,
        isZeroWithoutRows: false,
      };
    }
    default:
      throw new NotCompilable(`聚合 ${aggregate.agg} 不能用在这里`, 'unsupported_aggregation');
  }
}

export function countOf(condition: Fragment): AggregateState {
  return {
    states: [sql`countStateIf(${condition})`],
    finish: (alias) => sql`toDecimal128(countMerge(${alias}), 10)`,
    isZeroWithoutRows: true,
  };
}

/** No row that belongs: an observed zero. Rows that belong, none with a value: missing. */
function sumOf(value: Fragment, condition: Fragment): AggregateState {
  return {
    states: [sql`sumOrNullStateIf(${value}, ${condition})`, sql`countStateIf(${condition})`],
    finish: (sum, count) =>
      sql`if(countMerge(${count}) = 0, CAST(0 AS ${VALUE_TYPE}), CAST(sumOrNullMerge(${sum}) AS ${VALUE_TYPE}))`,
    isZeroWithoutRows: true,
  };
}

/** Sum over the rows that have a value, over their number: an empty cell is no zero. */
export function meanOf(aggregate: Aggregate, source: RowSource): [AggregateState, AggregateState] {
  const argument = argumentOf(aggregate, source);
  const condition = sql`(${conditionOf(aggregate, source)} AND isNotNull(${argument}))`;
  return [sumOf(sql`CAST(${argument} AS ${VALUE_TYPE})`, condition), countOf(condition)];
}

/**
 * Σ value × seconds over Σ seconds: a value holds until the next row of its unit (the natural key without the time), at
 * most to the end of its civil day and to now. A row that does not count ends the one before and weighs nothing, so a
 * gap is a gap. Both sums add up over days and regions.
 */
export function timeWeighted(aggregate: Aggregate, source: RowSource): [AggregateState, AggregateState] {
  const { contract, time } = source;
  if (findColumn(contract, time)?.type !== 'datetime')
    throw new NotCompilable(`按时间加权要有时刻,“${time}”只有日期`, 'needs_order');
  if (!contract.key.includes(time))
    throw new NotCompilable(`主键不含“${time}”,同一对象没有先后次序,不能按时间加权`, 'needs_order');
  const value = sql`CAST(${argumentOf(aggregate, source)} AS ${VALUE_TYPE})`;
  const condition = sql`(${conditionOf(aggregate, source)} AND isNotNull(${value}))`;
  return [
    sumOf(sql`${value} * ${HELD_SECONDS}`, condition),
    sumOf(sql`CAST(${HELD_SECONDS} AS ${VALUE_TYPE})`, condition),
  ];
}

/** Highest of the sums over the rows of one instant (T29): sums of peaks at different times are no peak. */
export function maxOfSum(aggregate: Aggregate, source: RowSource): AggregateState {
  const value = sql`CAST(${argumentOf(aggregate, source)} AS ${VALUE_TYPE})`;
  const condition = sql`(${conditionOf(aggregate, source)} AND isNotNull(${value}))`;
  return {
    states: [
      sql`sumMapStateIf(map(toUnixTimestamp(toDateTime(placed_at, ${text('UTC')})), assumeNotNull(${value})), ${condition})`,
    ],
    finish: (alias) =>
      sql`if(empty(mapValues(sumMapMerge(${alias}))), NULL, arrayMax(mapValues(sumMapMerge(${alias}))))`,
    isZeroWithoutRows: false,
  };
}

function argumentOf(aggregate: Aggregate, { contract, scope }: RowSource): Fragment {
  if (aggregate.expr !== undefined) return compileExpression(aggregate.expr, scope);
  if (aggregate.column === undefined) throw new NotCompilable(`聚合 ${aggregate.agg} 缺少列或表达式`);
  if (!findColumn(contract, aggregate.column)) throw new NotCompilable(`没有列“${aggregate.column}”`);
  return ident(aggregate.column);
}

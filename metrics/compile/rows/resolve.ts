import type { DatasetColumn, DatasetContract } from '@/metrics/model/dataset';
import { findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import { isDistinctKey } from '@/metrics/model/row-rollup';
import { compileCondition, compileExpression, type ExpressionScope, NotCompilable } from '../expression';
import { type Fragment, ident, param } from '../sql/fragment';
import { usesWorkdays } from '../workdays';
import {
  type AggregateState,
  aggregateState,
  conditionOf,
  countOf,
  maxOfSum,
  meanOf,
  type RowSource,
  timeWeighted,
} from './aggregate';
import { datasetRows, type RowTable } from './row-table';
import { assertPeriods, assertRollup, assertStock, withheldMonths } from './suitable';

export interface RowSlice {
  name: string;
  value: Fragment;
}

/** A metric over detail rows, its names resolved. */
export interface RowMetric {
  code: string;
  version: number;
  definition: AggregatedDefinition;
  table: RowTable;
  /** Column that places a row in a period. */
  time: string;
  /** Numerator, or the only measure when there is no denominator. */
  numerator: AggregateState;
  denominator?: AggregateState;
  /** Rows behind the value. */
  samples: AggregateState;
  /** Multiplies the aggregate into the metric's unit. */
  factor: Fragment;
  slices: readonly RowSlice[];
  /** Slices asked for that the dataset does not have. */
  unknownSlices: readonly string[];
  /** Sums of its months are its year: counts and sums are, distinct counts of other columns are not. */
  additiveOverTime: boolean;
  /** Quarters are asked for: by its own frequency, or by what is made of it. */
  byQuarter: boolean;
  /** The province is the equal mean of its cities. */
  byCity: boolean;
  /** Asks how long each row's value holds. */
  needsHeld: boolean;
  /** `basis/month` of monthly cells that the period rule leaves empty. */
  withheld: readonly string[];
  /** Judged by weekdays alone for years without a holiday table. */
  usesWorkdays: boolean;
}

const ADDITIVE: readonly string[] = ['count', 'sum', 'avg', 'time_weighted_avg'];

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
  assertRollup(definition);
  assertPeriods(definition);
  assertStock(definition, contract);
  const where = compileCondition(definition.where, scope);
  const time = definition.time ?? contract.businessTime;
  assertInstant(definition, findColumn(contract, time), time);
  const source: RowSource = { contract, scope, where, time };
  const withheld = withheldMonths(definition);
  return {
    code: definition.code,
    version,
    definition,
    table: datasetRows(contract),
    time,
    ...statesOf(definition, top, source),
    samples: countOf(conditionOf(denominator ?? top, source)),
    factor: param(String(definition.factor), 'Decimal(38, 10)'),
    ...slicesOf(definition, contract, scope),
    byQuarter: definition.freq === 'Q',
    additiveOverTime:
      addsUpOverTime(definition, withheld) &&
      definition.rollup !== 'mean_of_cities' &&
      [top, denominator].every((one) => one === undefined || isAdditive(one, contract)),
    byCity: definition.rollup === 'mean_of_cities',
    needsHeld: measure?.agg === 'time_weighted_avg',
    withheld,
    usesWorkdays: usesWorkdays(definition),
  };
}

/** @throws NotCompilable for hours of rows that a date places: all of a day would lie in its first one. */
function assertInstant(
  { freq, rows }: AggregatedDefinition,
  column: DatasetColumn | undefined,
  time: string,
): void {
  if (!column) throw new NotCompilable(`没有列“${time}”`);
  if (rows === 'in_period' && column.type === 'date' && (freq === 'H' || freq === 'N'))
    throw new NotCompilable(`“${time}”只有日期,没有时刻,不能按时、分计`, 'unsupported_frequency');
}

/** Whether longer periods can be made of its months: it has some, and the rule leaves none of them empty. */
export function addsUpOverTime({ freq }: AggregatedDefinition, withheld: readonly string[]): boolean {
  return withheld.length === 0 && freq !== 'A' && freq !== 'Q';
}

/** Slices that the dataset can tell, and the names of those that it cannot. */
export function slicesOf(
  definition: AggregatedDefinition,
  contract: DatasetContract,
  scope: ExpressionScope,
): Pick<RowMetric, 'slices' | 'unknownSlices'> {
  const known = definition.slices.filter((name) => isSlice(name, definition, contract));
  return {
    slices: known.map((name) => ({ name, value: sliceValue(name, definition, scope) })),
    unknownSlices: definition.slices.filter((name) => !known.includes(name)),
  };
}

function statesOf(
  { measure, denominator, rollup }: AggregatedDefinition,
  top: Aggregate,
  source: RowSource,
): { numerator: AggregateState; denominator?: AggregateState } {
  if (measure?.agg === 'avg' || measure?.agg === 'time_weighted_avg') {
    const [above, below] = measure.agg === 'avg' ? meanOf(measure, source) : timeWeighted(measure, source);
    return { numerator: above, denominator: below };
  }
  if (measure && rollup === 'max_of_sum') return { numerator: maxOfSum(measure, source) };
  const numerator = aggregateState(top, source);
  return denominator ? { numerator, denominator: aggregateState(denominator, source) } : { numerator };
}

function isAdditive(aggregate: Aggregate, contract: DatasetContract): boolean {
  return ADDITIVE.includes(aggregate.agg) || isDistinctKey(aggregate, contract);
}

function isSlice(name: string, { slice_expr }: AggregatedDefinition, contract: DatasetContract): boolean {
  return ownExpression(name, slice_expr) !== undefined || findColumn(contract, name) !== undefined;
}

function sliceValue(name: string, { slice_expr }: AggregatedDefinition, scope: ExpressionScope): Fragment {
  const own = ownExpression(name, slice_expr);
  return own === undefined ? ident(name) : compileExpression(own, scope);
}

/** A slice may be named like a member that every object inherits. */
function ownExpression(name: string, expressions: AggregatedDefinition['slice_expr']): string | undefined {
  return new Map(Object.entries(expressions ?? {})).get(name);
}

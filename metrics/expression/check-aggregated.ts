import type { DatasetContract } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import type { Aggregation } from '@/metrics/model/definition-vocabulary';
import { walk } from './ast';
import { checkRowExpression } from './check-row';
import { type ExpressionFinding, finding } from './finding';
import { parseExpression } from './parser';
import type { ValueKind } from './value-type';

/** Aggregations that take any value; all others need numbers. */
const OF_ANYTHING: readonly Aggregation[] = ['count', 'distinct', 'distinct_sketch'];

/** A member of an aggregated definition that is an expression over rows, and what is wrong with it. */
export interface CheckedMember {
  /** `numerator.where`, `slice_expr.topic`. */
  path: string;
  findings: readonly ExpressionFinding[];
}

/**
 * Every expression of an aggregated definition against the contract of its rows, for the validator and the compiler
 * alike: what the one passes the other can compile. Without a contract only the syntax is checked.
 */
export function checkAggregated(
  definition: AggregatedDefinition,
  contract: DatasetContract | undefined,
): CheckedMember[] {
  const checked: CheckedMember[] = [];
  const check = (path: string, text: string | undefined, expected?: ValueKind) => {
    if (text === undefined) return;
    const { findings } = contract ? checkRowExpression(text, contract, expected) : parseExpression(text);
    checked.push({ path, findings: [...findings, ...periodFindings(text, definition)] });
  };
  check('where', definition.where, 'boolean');
  for (const path of ['measure', 'numerator', 'denominator'] as const) {
    const aggregate = definition[path];
    if (aggregate === undefined) continue;
    check(`${path}.where`, aggregate.where, 'boolean');
    check(`${path}.expr`, aggregate.expr, kindOf(aggregate));
    check(`${path}.column`, aggregate.column, kindOf(aggregate));
  }
  for (const [slice, text] of Object.entries(definition.slice_expr ?? {})) check(`slice_expr.${slice}`, text);
  return checked;
}

function kindOf({ agg }: Aggregate): ValueKind | undefined {
  return OF_ANYTHING.includes(agg) ? undefined : 'number';
}

/** Rows of a stretch are placed by their time: only what is counted at an instant may ask for its end. */
function periodFindings(text: string, { rows }: AggregatedDefinition): ExpressionFinding[] {
  const nodes = [...walk(parseExpression(text).ast)];
  return nodes.flatMap((node) => {
    if (node.type !== 'call') return [];
    if (node.name === 'period_start')
      return [finding('wrong_argument', node.nameSpan, '没有固定的期初', '用 time 归期')];
    if (node.name === 'period_end' && rows !== 'as_of')
      return [finding('wrong_argument', node.nameSpan, 'period_end() 只能用在时点计数里', 'rows: as_of')];
    return [];
  });
}

import { checkRowExpression } from '@/metrics/expression/check-row';
import { parseExpression } from '@/metrics/expression/parser';
import { closestName } from '@/metrics/expression/suggest';
import type { ValueKind } from '@/metrics/expression/value-type';
import { type DatasetContract, findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import { LEVELS } from '@/metrics/model/definition-vocabulary';
import { error, type Finding, fromExpression, type Rule, warning } from './rule';

/** Aggregations that need numbers. */
const NUMERIC: readonly string[] = ['sum', 'avg', 'quantile', 'time_weighted_avg'];

/**
 * Time column, conditions, aggregated columns and slices against the dataset's contract. Of a dataset that is not
 * connected only the syntax of conditions is checked: that it is not connected is no fault of the definition.
 */
export const datasetColumns: Rule = (definition, { datasets }) => {
  if (definition.kind !== 'aggregated') return [];
  const contract = datasets.get(definition.dataset);
  const check = expressionCheck(definition, contract);
  const findings: Finding[] = [];
  if (contract === undefined) {
    const near = closestName(definition.dataset, datasets.keys());
    if (near !== undefined)
      findings.push(
        warning('unknown_dataset', definition, 'dataset', `没有数据集“${definition.dataset}”`, near),
      );
  } else {
    findings.push(...checkTime(definition, contract), ...checkSlices(definition, contract));
  }
  findings.push(...check('where', definition.where, 'boolean'));
  for (const path of ['measure', 'numerator', 'denominator'] as const) {
    const aggregate = definition[path];
    if (aggregate === undefined) continue;
    findings.push(...check(`${path}.where`, aggregate.where, 'boolean'));
    findings.push(...check(`${path}.expr`, aggregate.expr, numericKind(aggregate)));
    findings.push(...check(`${path}.column`, aggregate.column, numericKind(aggregate)));
  }
  for (const [slice, text] of Object.entries(definition.slice_expr ?? {})) {
    findings.push(...check(`slice_expr.${slice}`, text, undefined));
  }
  return findings;
};

type Check = (path: string, text: string | undefined, expected: ValueKind | undefined) => Finding[];

function expressionCheck(definition: AggregatedDefinition, contract: DatasetContract | undefined): Check {
  return (path, text, expected) => {
    if (text === undefined) return [];
    const checked =
      contract === undefined ? parseExpression(text) : checkRowExpression(text, contract, expected);
    return fromExpression(definition, path, checked.findings);
  };
}

function numericKind(aggregate: Aggregate): ValueKind | undefined {
  return NUMERIC.includes(aggregate.agg) ? 'number' : undefined;
}

function checkTime(definition: AggregatedDefinition, contract: DatasetContract): Finding[] {
  if (definition.time === undefined) return [];
  const column = findColumn(contract, definition.time);
  if (column?.type === 'date' || column?.type === 'datetime') return [];
  const times = contract.columns
    .filter(({ type }) => type === 'date' || type === 'datetime')
    .map(({ name }) => name);
  const message =
    column === undefined ? `没有列“${definition.time}”` : `列“${definition.time}”不是日期或时刻`;
  const proposal = closestName(definition.time, times) ?? contract.businessTime;
  return [error(column === undefined ? 'unknown_name' : 'type_clash', definition, 'time', message, proposal)];
}

/** A slice is a dimension of the contract, has an expression, or is a place (`city`) that the region already says. */
function checkSlices(definition: AggregatedDefinition, contract: DatasetContract): Finding[] {
  const places: readonly string[] = LEVELS;
  const findings = definition.slices.flatMap((slice, index) => {
    if (
      contract.dims.includes(slice) ||
      Object.hasOwn(definition.slice_expr ?? {}, slice) ||
      places.includes(slice)
    )
      return [];
    const near = closestName(slice, contract.dims);
    return [
      warning(
        'unknown_slice',
        definition,
        `slices.${index}`,
        `数据集没有维度“${slice}”,暂不能按它切分`,
        near,
      ),
    ];
  });
  for (const slice of Object.keys(definition.slice_expr ?? {})) {
    if (definition.slices.includes(slice)) continue;
    findings.push(error('unknown_slice', definition, `slice_expr.${slice}`, `slices 中没有“${slice}”`));
  }
  return findings;
}

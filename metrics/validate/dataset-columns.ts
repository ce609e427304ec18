import { checkAggregated } from '@/metrics/expression/check-aggregated';
import { closestName } from '@/metrics/model/closest-name';
import { type DatasetContract, findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { LEVELS } from '@/metrics/model/definition-vocabulary';
import { error, type Finding, fromExpression, type Rule, warning } from './rule';

/**
 * Time column, conditions, aggregated columns and slices against the dataset's contract. Of a dataset that is not
 * connected only the syntax of conditions is checked: that it is not connected is no fault of the definition.
 */
export const datasetColumns: Rule = (definition, { datasets }) => {
  if (definition.kind !== 'aggregated') return [];
  const contract = datasets.get(definition.dataset);
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
  for (const { path, findings: wrong } of checkAggregated(definition, contract))
    findings.push(...fromExpression(definition, path, wrong));
  return findings;
};

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

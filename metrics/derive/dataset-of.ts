import { operandsOf } from '@/metrics/expression/operands';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { DefinitionOf } from './operand';
import { formulaOf, partsOf } from './references';

/** The dataset whose rows a metric comes from, itself or by all of its operands. */
export function datasetOf(
  definition: MetricDefinition,
  definitionOf: DefinitionOf,
  within: ReadonlySet<string> = new Set(),
): string | undefined {
  if (definition.kind === 'aggregated') return definition.dataset;
  if (within.has(definition.code)) return undefined;
  const path = new Set([...within, definition.code]);
  const [first, ...others] = operandsOf(definition).map((code) => {
    const operand = definitionOf(code);
    return operand && datasetOf(operand, definitionOf, path);
  });
  return others.every((one) => one === first) ? first : undefined;
}

/** The dataset whose job computes a metric's cells, percentiles and named indices among them; not what follows from cells. */
export function computedFrom(definition: MetricDefinition, definitionOf: DefinitionOf): string | undefined {
  const fromCells = formulaOf(definition) !== undefined || partsOf(definition) !== undefined;
  return fromCells ? undefined : datasetOf(definition, definitionOf);
}

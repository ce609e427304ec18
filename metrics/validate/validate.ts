import { lineageOf } from '@/metrics/lineage/lineage';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';
import { aggregatedForm } from './aggregated-form';
import { aggregatedUnit } from './aggregated-unit';
import { composite } from './composite';
import { cycle } from './cycle';
import { datasetColumns } from './dataset-columns';
import { direction } from './direction';
import { duplicateCode } from './duplicate-code';
import { formula } from './formula';
import { missingOwner } from './missing-owner';
import { namedFunction } from './named-function';
import { naming } from './naming';
import { operands } from './operands';
import { period } from './period';
import { release } from './release';
import { publishedOnly, rateSummed, ratioDenominator, rollupAccumulation, rollupWeight } from './rollup';
import { rounding } from './rounding';
import { rowRollup } from './row-rollup';
import type { Finding, Rule, ValidationContext } from './rule';
import { threshold } from './threshold';
import { thresholdMeasure } from './threshold-measure';

const RULES: readonly Rule[] = [
  duplicateCode,
  naming,
  missingOwner,
  formula,
  operands,
  cycle,
  composite,
  namedFunction,
  aggregatedForm,
  datasetColumns,
  aggregatedUnit,
  rateSummed,
  rollupAccumulation,
  ratioDenominator,
  rollupWeight,
  rowRollup,
  publishedOnly,
  period,
  release,
  rounding,
  direction,
  threshold,
  thresholdMeasure,
];

/** All findings of all definitions together, in the order of the definitions. `datasets`: the connected ones. */
export function validateCatalogue(
  definitions: readonly MetricDefinition[],
  datasets: readonly DatasetContract[] = [],
): Finding[] {
  const context = contextOf(definitions, datasets);
  return definitions.flatMap((definition) => RULES.flatMap((rule) => rule(definition, context)));
}

/**
 * The findings of one definition, new or changed, in the light of the others. One of the same code among `others` is
 * what it replaces, so that it is no duplicate; what the change newly breaks in metrics made of it is found, too.
 */
export function validateDefinition(
  definition: MetricDefinition,
  others: readonly MetricDefinition[],
  datasets: readonly DatasetContract[] = [],
): Finding[] {
  const rest = others.filter((other) => other.code !== definition.code);
  const replaced = others.find((other) => other.code === definition.code);
  const context = contextOf([...rest, definition], datasets);
  const own = RULES.flatMap((rule) => rule(definition, context));
  if (replaced === undefined || replaced === definition) return own;
  return [...own, ...brokenBelow(definition.code, context, contextOf(others, datasets))];
}

/** Findings in metrics made of `code` that were none before, named by their metric. */
function brokenBelow(code: string, after: ValidationContext, before: ValidationContext): Finding[] {
  return lineageOf(after.definitions)
    .usedBy(code)
    .flatMap((edge) => {
      const dependent = after.byCode.get(edge.code);
      if (dependent === undefined || dependent.code === code) return [];
      const known = new Set(RULES.flatMap((rule) => rule(dependent, before)).map(({ message }) => message));
      return RULES.flatMap((rule) => rule(dependent, after))
        .filter(({ message }) => !known.has(message))
        .map((found) => ({ ...found, message: `用到它的“${dependent.name}”:${found.message}` }));
    });
}

function contextOf(
  definitions: readonly MetricDefinition[],
  datasets: readonly DatasetContract[],
): ValidationContext {
  return {
    definitions,
    byCode: new Map(definitions.map((definition) => [definition.code, definition])),
    datasets: new Map(datasets.map((dataset) => [dataset.name, dataset])),
  };
}

import type { DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';
import { aggregatedForm } from './aggregated-form';
import { aggregatedUnit } from './aggregated-unit';
import { composite } from './composite';
import { cycle } from './cycle';
import { datasetColumns } from './dataset-columns';
import { duplicateCode } from './duplicate-code';
import { formula } from './formula';
import { missingOwner } from './missing-owner';
import { namedFunction } from './named-function';
import { period } from './period';
import { publishedOnly, rateSummed, ratioDenominator, rollupAccumulation, rollupWeight } from './rollup';
import { rounding } from './rounding';
import { rowRollup } from './row-rollup';
import type { Finding, Rule, ValidationContext } from './rule';
import { threshold } from './threshold';

const RULES: readonly Rule[] = [
  duplicateCode,
  missingOwner,
  formula,
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
  rounding,
  threshold,
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
 * what it replaces, so that it is no duplicate.
 */
export function validateDefinition(
  definition: MetricDefinition,
  others: readonly MetricDefinition[],
  datasets: readonly DatasetContract[] = [],
): Finding[] {
  const rest = others.filter((other) => other.code !== definition.code);
  const context = contextOf([...rest, definition], datasets);
  return RULES.flatMap((rule) => rule(definition, context));
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

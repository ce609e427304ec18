import { lineageOf } from '@/metrics/lineage/lineage';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';
import { aggregatedForm } from './aggregated-form';
import { aggregatedUnit } from './aggregated-unit';
import { approximate } from './approximate';
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
import { publishedBasis } from './published-basis';
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
  approximate,
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
  publishedBasis,
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

/** The findings of one definition, new or changed, in the light of the others; see `validateChanges`. */
export function validateDefinition(
  definition: MetricDefinition,
  others: readonly MetricDefinition[],
  datasets: readonly DatasetContract[] = [],
): Finding[] {
  return validateChanges([definition], others, datasets).flat();
}

/**
 * The findings of each of several definitions, new or changed, in the light of one another and of the others. One of the
 * same code among `others` is what it replaces, so that it is no duplicate; what the changes newly break in metrics made
 * of them is found, too, once, with the first that such a metric is made of.
 */
export function validateChanges(
  changed: readonly MetricDefinition[],
  others: readonly MetricDefinition[],
  datasets: readonly DatasetContract[] = [],
): Finding[][] {
  const codes = new Set(changed.map(({ code }) => code));
  const after = contextOf([...others.filter(({ code }) => !codes.has(code)), ...changed], datasets);
  const before = contextOf(others, datasets);
  const lineage = lineageOf(after.definitions);
  const judged = new Set(codes);
  return changed.map((definition) => {
    const own = RULES.flatMap((rule) => rule(definition, after));
    const replaced = before.byCode.get(definition.code);
    if (replaced === undefined || replaced === definition) return own;
    const broken = lineage.usedBy(definition.code).flatMap(({ code }) => {
      if (judged.has(code)) return [];
      judged.add(code);
      return newlyBroken(code, after, before);
    });
    return [...own, ...broken];
  });
}

/** Findings of a metric that nobody changed which were none before, named by it. */
function newlyBroken(code: string, after: ValidationContext, before: ValidationContext): Finding[] {
  const dependent = after.byCode.get(code);
  if (dependent === undefined) return [];
  const known = new Set(RULES.flatMap((rule) => rule(dependent, before)).map(({ message }) => message));
  return RULES.flatMap((rule) => rule(dependent, after))
    .filter(({ message }) => !known.has(message))
    .map((found) => ({ ...found, message: `用到它的“${dependent.name}”:${found.message}` }));
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

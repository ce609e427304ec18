import {
  meanOfCities,
  type RatioPart,
  type RollupResult,
  ratioOfSums,
  rollupMax,
  rollupSum,
  weightedMean,
} from '@/metrics/calculus/rollup';
import type { CellKey, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { RollupMethod } from '@/metrics/model/definition-vocabulary';
import { type Evaluation, evaluationOf, type OperandUse } from './evaluation';
import { evaluateFormula } from './formula';
import type { Known, Lookup } from './known';
import type { DefinitionOf } from './operand';
import { weightFormula } from './references';

/**
 * Methods that make the higher region's value out of the published values of the lower ones. The others need rows
 * (recompute_distinct, max_of_sum), operands of their own level (recompute) or a publisher (published_only, none).
 */
export const CELL_ROLLUPS: readonly RollupMethod[] = [
  'sum',
  'ratio_of_sums',
  'weighted_mean',
  'mean_of_cities',
  'max',
];

/** Subordinate regions in force at an instant, by code. */
export type ChildrenOf = (region: RegionCode, atMs: number) => readonly RegionCode[];

/**
 * A region's value from its subordinates' where it has none of its own (calculus.md §13). A sum that lacks a part is
 * withheld: a partial sum would look like a total. Null when no part is known.
 */
export function evaluateRollup(
  definition: MetricDefinition,
  target: CellKey,
  childrenOf: ChildrenOf,
  definitionOf: DefinitionOf,
  lookup: Lookup,
): Evaluation | null {
  const parts = childrenOf(target.region, target.periodMs).map((region) => {
    const cell = { ...target, region };
    const known = lookup(cell);
    // A deduced part would be deduced once more from the whole; only what was published or made of such adds up.
    return { region, cell, known: known?.source === 'deduced' ? undefined : known };
  });
  const operands: OperandUse[] = parts.flatMap(({ region, cell, known }) =>
    known ? [{ label: String(region), cell, value: known.value, known, own: true }] : [],
  );
  const rolled = roll(
    definition,
    parts.map(({ known }) => known),
    (index) => {
      const part = parts[index];
      return part ? weightOf(definition, part.cell, definitionOf, lookup, operands) : null;
    },
  );
  if (!rolled) return null;
  const sums = new Map(rolled.operands.map(({ name, value }) => [name, value]));
  return evaluationOf({
    value: rolled.value,
    numerator: rolled.value === null ? null : sums.get('numerator'),
    denominator: rolled.value === null ? null : sums.get('denominator'),
    flags: rolled.flags,
    operands,
  });
}

function roll(
  definition: MetricDefinition,
  parts: readonly (Known | undefined)[],
  weight: (index: number) => string | null,
): RollupResult | null {
  const values = parts.map((known) => known?.value ?? null);
  const weighted = () => weightedMean(values.map((value, index) => ({ value, weight: weight(index) })));
  switch (definition.rollup) {
    case 'sum':
      return definition.additive_over_regions ? rollupSum({ parts: values }) : null;
    case 'mean_of_cities':
      return meanOfCities(values);
    case 'max':
      return rollupMax(values);
    case 'weighted_mean':
      return weighted();
    case 'ratio_of_sums': {
      const sums = () => ratioOfSums(parts.map(sidesOf), { scale: definition.unit === '%' ? 100 : 1 });
      if (definition.rollup_weight?.by !== 'formula') return sums();
      // A denominator that is a metric of its own weighs the ratio where not every part was reported with both sides.
      const hasSides = parts.every((known) => known?.value == null || known.denominator !== null);
      const made = hasSides ? sums() : null;
      return made && made.value !== null ? made : weighted();
    }
    default:
      return null;
  }
}

function sidesOf(known: Known | undefined): RatioPart {
  return { numerator: known?.numerator, denominator: known?.denominator };
}

function weightOf(
  definition: MetricDefinition,
  part: CellKey,
  definitionOf: DefinitionOf,
  lookup: Lookup,
  operands: OperandUse[],
): string | null {
  if (definition.rollup_weight?.by === 'equal') return '1';
  const formula = weightFormula(definition);
  if (!formula) return null;
  const made = evaluateFormula(formula, part, definitionOf, lookup, false);
  for (const use of made?.operands ?? [])
    operands.push({ ...use, label: `${part.region} ${use.label}`, own: false });
  return made?.value ?? null;
}

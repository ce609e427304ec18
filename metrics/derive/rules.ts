import { operandsOf } from '@/metrics/expression/operands';
import { stretchOfBasis } from '@/metrics/model/basis';
import type { CellKey, Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods, lastOfYear, nextPeriod, periodRange, periodStart } from '@/metrics/time/period';
import { isCumulative, targetBases } from './bases';
import { cityMeanRule } from './city-mean';
import { evaluateComposite } from './composite';
import { evaluateDeduction, isDeducible } from './deduce';
import type { Evaluation } from './evaluation';
import { evaluateFormula } from './formula';
import type { DefinitionOf } from './operand';
import { earliestRead, frequenciesOf, frequenciesRead, targetsOfReference } from './reach';
import {
  dividesPublished,
  formulaOf,
  integrityReferences,
  partReferences,
  partsOf,
  type Reference,
  referencesIn,
  weightFormula,
} from './references';
import { CELL_ROLLUPS, evaluateRollup } from './rollup';
import type { Catalogued, DerivationRule, Regions } from './rule';

/** Bases at which a publisher may give the parts of a rollup. */
const PART_BASES = ['period', 'ytd', 'point', 'mean'];

/** All rules of a catalogue, each after the rules that its operands follow from. */
export function derivationRules(entries: readonly Catalogued[], regions: Regions): DerivationRule[] {
  const byCode = new Map(entries.map((entry) => [entry.definition.code, entry]));
  const definitionOf: DefinitionOf = (code) => byCode.get(code)?.definition;
  return inOrder(entries, definitionOf).flatMap((entry) =>
    [
      formulaRule(entry, definitionOf),
      compositeRule(entry, definitionOf),
      rollupRule(entry, definitionOf, regions),
      cityMeanRule(entry, definitionOf, regions),
      deductionRule(entry),
    ].filter((rule) => rule !== undefined),
  );
}

function formulaRule(entry: Catalogued, definitionOf: DefinitionOf): DerivationRule | undefined {
  const { definition, version } = entry;
  const formula = formulaOf(definition);
  if (!formula) return undefined;
  const references = referencesIn(formula);
  const ratio = definition.rollup === 'ratio_of_sums';
  return {
    metric: definition.code,
    version,
    kind: 'derived',
    definition,
    operands: [...new Set(references.map(({ metric }) => metric))],
    ...reachOf(definition, references, definitionOf),
    ...reads(references, definitionOf),
    readsBatches: dividesPublished(formula, definitionOf),
    evaluate: (target, lookup, batch) =>
      marked(definition, evaluateFormula(formula, target, definitionOf, lookup, ratio, batch)),
  };
}

/** What an approximate method gives says so; that there is nothing is no approximation. */
function marked(definition: MetricDefinition, made: Evaluation | null): Evaluation | null {
  const approximate = definition.kind === 'derived' && definition.approximate === true;
  if (!approximate || made === null || made.value === null || made.flags.includes('approximate')) return made;
  return { ...made, flags: [...made.flags, 'approximate' as const].sort() };
}

function compositeRule(entry: Catalogued, definitionOf: DefinitionOf): DerivationRule | undefined {
  const { definition, version } = entry;
  const parts = partsOf(definition);
  if (!parts || definition.kind !== 'composite') return undefined;
  const references = [...partReferences(parts), ...integrityReferences(parts)];
  return {
    metric: definition.code,
    version,
    kind: 'composite',
    readsBatches: false,
    definition,
    operands: [...new Set(references.map(({ metric }) => metric))],
    ...reachOf(definition, references, definitionOf),
    ...reads(references, definitionOf),
    evaluate: (target, lookup) => evaluateComposite(definition, parts, target, definitionOf, lookup),
  };
}

function reads(references: readonly Reference[], definitionOf: DefinitionOf) {
  return {
    regionsOf: ({ region }: CellKey) => [region],
    freqsOf: (freq: Freq) => frequenciesRead(references, definitionOf, freq),
    earliest: (target: CellKey) =>
      references.reduce(
        (first, reference) =>
          Math.min(first, earliestRead(reference, definitionOf(reference.metric), target)),
        target.periodMs,
      ),
  };
}

function reachOf(definition: MetricDefinition, references: readonly Reference[], definitionOf: DefinitionOf) {
  // A formula over 累计 alone is cumulative itself, and so is one measured against the target of the year.
  const cumulative =
    references.every(({ kind }) => kind === 'ytd') || references.some(({ kind }) => kind === 'target');
  const freqs = frequenciesOf(definition);
  const isTarget = ({ freq, basis, slice }: CellKey): boolean =>
    (slice === '' || isOwnSlice(definition, slice)) &&
    !(cumulative && freq !== 'A' && stretchOfBasis(basis) === 'period');
  const targetsOf = (cell: CellKey): CellKey[] =>
    references
      .filter(({ metric }) => metric === cell.metric)
      .flatMap((reference) => {
        const operand = definitionOf(reference.metric);
        return operand ? targetsOfReference(definition, freqs, operand, reference, cell) : [];
      })
      .filter(isTarget);
  const mayMake = (cell: CellKey): boolean =>
    cell.measure === 'level' &&
    freqs.includes(cell.freq) &&
    targetBases(definition, cell.freq).includes(stretchOfBasis(cell.basis)) &&
    isTarget(cell);
  return { targetsOf, mayMake };
}

function isOwnSlice({ slices }: MetricDefinition, slice: string): boolean {
  return slices.some((dimension) => slice.startsWith(`${dimension}=`)) && !slice.includes(';');
}

function rollupRule(
  entry: Catalogued,
  definitionOf: DefinitionOf,
  regions: Regions,
): DerivationRule | undefined {
  const { definition, version } = entry;
  if (definition.kind !== 'reported' || !CELL_ROLLUPS.includes(definition.rollup)) return undefined;
  if (definition.rollup === 'sum' && !definition.additive_over_regions) return undefined;
  const { code } = definition;
  const formula = weightFormula(definition);
  const weights = formula ? referencesIn(formula) : [];
  /** A county makes its city, and the city the province. */
  const upward = (cell: CellKey): CellKey[] => {
    const parent = regions.parentOf(cell.region);
    if (parent === null || !regions.mayRollUp(parent)) return [];
    const above = { ...cell, region: parent };
    return [above, ...upward(above)];
  };
  const freqs = frequenciesOf(definition);
  // Parts stand where their publisher put them, whatever the period rule says: each basis may have been weighed.
  const byWeight = (cell: CellKey): CellKey[] =>
    weights
      .filter(({ metric }) => metric === cell.metric)
      .flatMap((weight) => {
        const operand = definitionOf(weight.metric);
        return operand ? targetsOfReference(definition, freqs, operand, weight, cell, () => PART_BASES) : [];
      });
  return {
    metric: code,
    version,
    kind: 'rollup',
    readsBatches: false,
    definition,
    operands: [...new Set([code, ...weights.map(({ metric }) => metric)])],
    targetsOf: (cell) => [
      ...(cell.metric === code && cell.measure === 'level' ? upward(cell) : []),
      ...byWeight(cell).flatMap(upward),
    ],
    mayMake: ({ measure, region }) => measure === 'level' && regions.mayRollUp(region),
    ...reads(weights, definitionOf),
    regionsOf: ({ region, periodMs }) => [region, ...regions.childrenOf(region, periodMs)],
    evaluate: (target, lookup) =>
      withValue(evaluateRollup(definition, target, regions.childrenOf, definitionOf, lookup)),
  };
}

function deductionRule({ definition, version }: Catalogued): DerivationRule | undefined {
  if (!isDeducible(definition)) return undefined;
  const { code } = definition;
  return {
    metric: code,
    version,
    kind: 'deduced',
    readsBatches: true,
    definition,
    operands: [code],
    targetsOf: (cell) => deductionTargets(definition, cell),
    mayMake: ({ measure, freq }) => measure === 'level' && (freq === definition.freq || freq === 'A'),
    regionsOf: ({ region }) => [region],
    freqsOf: (freq) => [...new Set<Freq>([freq, definition.freq, 'A'])],
    earliest: ({ periodMs }) => periodStart('A', periodMs),
    evaluate: (target, lookup, batch) => withValue(evaluateDeduction(definition, target, lookup, batch)),
  };
}

function deductionTargets(definition: MetricDefinition, cell: CellKey): CellKey[] {
  if (cell.metric !== definition.code || cell.measure !== 'level') return [];
  const { freq, basis, periodMs } = cell;
  const { freq: finer } = definition;
  if (freq === 'A' && basis === 'period' && (finer === 'Q' || finer === 'M') && isCumulative(definition))
    return [{ ...cell, freq: finer, periodMs: lastOfYear(finer, periodMs) }];
  if (freq !== finer) return [];
  if (freq !== 'Q' && freq !== 'M') return [];
  const yearMs = periodStart('A', periodMs);
  const endMs = nextPeriod('A', yearMs);
  const year = {
    ...cell,
    freq: 'A' as const,
    basis: basis === 'point' ? 'point' : 'period',
    periodMs: yearMs,
  };
  if (basis === 'ytd') {
    const next = addPeriods(freq, periodMs, 1);
    const singles = next < endMs ? [periodMs, next] : [periodMs];
    return [...singles.map((ms) => ({ ...cell, basis: 'period', periodMs: ms })), year];
  }
  if (basis === 'point') return [year];
  if (basis !== 'period') return [];
  return [...periodRange(freq, periodMs, endMs).map((ms) => ({ ...cell, basis: 'ytd', periodMs: ms })), year];
}

/** Rollups and deductions that come to nothing are not said to be missing: nobody promised them. */
function withValue(made: Evaluation | null): Evaluation | null {
  return made && made.value !== null ? made : null;
}

/** Operands before what is made of them; a cycle (the validator refuses it) is cut where it closes. */
function inOrder(entries: readonly Catalogued[], definitionOf: DefinitionOf): Catalogued[] {
  const byCode = new Map(entries.map((entry) => [entry.definition.code, entry]));
  const ordered: Catalogued[] = [];
  const seen = new Set<string>();
  const visit = (code: string): void => {
    const entry = byCode.get(code);
    if (!entry || seen.has(code)) return;
    seen.add(code);
    const formula = weightFormula(entry.definition);
    const weights = formula ? referencesIn(formula).map(({ metric }) => metric) : [];
    for (const operand of [...operandsOf(entry.definition), ...weights])
      if (definitionOf(operand)) visit(operand);
    ordered.push(entry);
  };
  for (const code of [...byCode.keys()].sort()) visit(code);
  return ordered;
}

import type { CellFlag } from '@/metrics/calculus/flag-words';
import { operandsOf } from '@/metrics/expression/operands';
import type { CellKey, Freq, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { datasetOf } from './dataset-of';
import type { Evaluation } from './evaluation';
import type { Lookup } from './known';
import type { DefinitionOf } from './operand';
import { referencesIn, weightFormula } from './references';
import { evaluateRollup } from './rollup';
import type { Catalogued, DerivationRule, Regions } from './rule';

/** Publications of what is otherwise measured hour by hour: days and what is longer. Hours are computed from rows alone. */
export const PUBLISHED_FREQS: readonly Freq[] = ['D', 'M', 'Q', 'A'];

/**
 * The province of metrics that are measured in its cities, as soon as one of these is published: out of the cell that
 * stands for each city, the published figure where there is one and else what its rows say (T28, T46). It stands before
 * what the rows alone make of the province, which know nothing of the publications. With a city missing there is none
 * where nothing is computed from rows: ten of eleven are less than the 95 % of a rate that may be published
 * (calculus.md §13). Beside rows it is `partial`, as what they make would be.
 */
export function cityMeanRule(
  { definition, version }: Catalogued,
  definitionOf: DefinitionOf,
  regions: Regions,
): DerivationRule | undefined {
  const dataset = datasetOf(definition, definitionOf);
  if (dataset === undefined || !isMadeOfCities(definition, definitionOf)) return undefined;
  const { code } = definition;
  const formula = weightFormula(definition);
  const weights = formula ? referencesIn(formula).map(({ metric }) => metric) : [];
  const isCell = ({ metric, measure, freq, slice }: CellKey): boolean =>
    [code, ...weights].includes(metric) &&
    measure === 'level' &&
    slice === '' &&
    PUBLISHED_FREQS.includes(freq);
  // The mean is over cities: a city is no mean of its counties.
  const isProvince = (region: number) => regions.mayRollUp(region) && region % 10_000 === 0;
  return {
    metric: code,
    version,
    kind: 'rollup',
    standsBefore: dataset,
    readsBatches: false,
    definition,
    operands: [code, ...weights],
    targetsOf: (cell) => {
      const parent = isCell(cell) ? regions.parentOf(cell.region) : null;
      return parent !== null && isProvince(parent) ? [{ ...cell, metric: code, region: parent }] : [];
    },
    mayMake: (cell) => cell.metric === code && isCell(cell) && isProvince(cell.region),
    regionsOf: ({ region, periodMs }) => [region, ...regions.childrenOf(region, periodMs)],
    freqsOf: (freq) => [freq],
    earliest: ({ periodMs }) => periodMs,
    evaluate: (target, lookup, _, computed) => {
      const isPublished = (source: string) => source !== dataset && !isDerivedSource(source);
      const children = regions.childrenOf(target.region, target.periodMs);
      const sources = sourcesOf(children, target, lookup);
      const published = sources.filter(isPublished).length;
      if (published === 0) return null;
      const isWhole = published < sources.length || published === children.length;
      // What rows made of fewer cities says less than what is published of more.
      if (!isWhole && computed?.value == null) return null;
      const made = evaluateRollup(definition, target, regions.childrenOf, definitionOf, lookup);
      if (!made || made.value === null || definition.published_basis === undefined) return withValue(made);
      // By the publishers' 口径 where all cities are, else of both.
      const mark: CellFlag = published === sources.length ? 'of_published' : 'mixed_origin';
      return { ...made, flags: [...made.flags, mark].sort() };
    },
  };
}

function withValue(made: Evaluation | null): Evaluation | null {
  return made && made.value !== null ? made : null;
}

/** Metrics of which the province is the equal mean of its cities, however a city comes by its value. */
export function isCityMean({ kind, rollup }: MetricDefinition): boolean {
  return kind !== 'reported' && rollup === 'mean_of_cities';
}

/** City means, and ratios of such: the province's good days by its valid days, each summed over the cities. */
function isMadeOfCities(definition: MetricDefinition, definitionOf: DefinitionOf): boolean {
  if (isCityMean(definition)) return true;
  if (definition.kind !== 'derived' || definition.rollup !== 'ratio_of_sums') return false;
  const operands = operandsOf(definition).map(definitionOf);
  return (
    weightFormula(definition) !== undefined && operands.every((one) => one !== undefined && isCityMean(one))
  );
}

/** Who says the values of the cities that have one. */
function sourcesOf(cities: readonly RegionCode[], target: CellKey, lookup: Lookup): string[] {
  return cities.flatMap((region) => {
    const known = lookup({ ...target, region });
    return known && known.value !== null ? [known.source] : [];
  });
}

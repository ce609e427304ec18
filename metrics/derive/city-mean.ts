import type { CellKey, Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isComputedSource } from '@/metrics/model/derived-source';
import type { Lookup } from './known';
import type { DefinitionOf } from './operand';
import { evaluateRollup } from './rollup';
import type { Catalogued, DerivationRule, Regions } from './rule';

/** Publications of what is otherwise measured hour by hour: months and years. Days and hours are computed from rows. */
export const PUBLISHED_FREQS: readonly Freq[] = ['M', 'Q', 'A'];

/**
 * The province out of its cities' published figures, for metrics that are computed from rows where there are any (T28):
 * what was computed stands before it, as a publication does. With a city missing there is none: ten of eleven are
 * less than the 95 % of a rate that may be published (calculus.md §13).
 */
export function cityMeanRule(
  { definition, version }: Catalogued,
  definitionOf: DefinitionOf,
  regions: Regions,
): DerivationRule | undefined {
  if (!isCityMean(definition)) return undefined;
  const { code } = definition;
  const isCell = ({ metric, measure, freq, slice }: CellKey): boolean =>
    metric === code && measure === 'level' && slice === '' && PUBLISHED_FREQS.includes(freq);
  // The mean is over cities: a city is no mean of its counties.
  const isProvince = (region: number) => regions.mayRollUp(region) && region % 10_000 === 0;
  return {
    metric: code,
    version,
    kind: 'rollup',
    readsBatches: false,
    definition,
    operands: [code],
    targetsOf: (cell) => {
      const parent = isCell(cell) ? regions.parentOf(cell.region) : null;
      return parent !== null && isProvince(parent) ? [{ ...cell, region: parent }] : [];
    },
    mayMake: (cell) => isCell(cell) && isProvince(cell.region),
    regionsOf: ({ region, periodMs }) => [region, ...regions.childrenOf(region, periodMs)],
    freqsOf: (freq) => [freq],
    earliest: ({ periodMs }) => periodMs,
    evaluate: (target, lookup) => {
      const made = evaluateRollup(definition, target, regions.childrenOf, definitionOf, lookup);
      const stands = made && made.value !== null && !made.flags.includes('partial');
      return stands && isOfPublished(definition, target, regions, lookup) ? made : null;
    },
  };
}

export function isCityMean({ kind, rollup }: MetricDefinition): boolean {
  return kind === 'aggregated' && rollup === 'mean_of_cities';
}

/** Cities that were all computed have their province computed as well. */
function isOfPublished(
  definition: MetricDefinition,
  target: CellKey,
  { childrenOf }: Regions,
  lookup: Lookup,
): boolean {
  return childrenOf(target.region, target.periodMs).some((region) => {
    const source = lookup({ ...target, region })?.source;
    return source !== undefined && !isComputedSource(definition, source);
  });
}

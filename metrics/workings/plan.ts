import { isCountedOn } from '@/metrics/calculus/of-opening';
import type { CellKey, Freq, Measure, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods, nextPeriod, periodStart, samePeriodLastYear } from '@/metrics/time/period';
import { GDP, INDUSTRIES } from './contribution';
import type { Surroundings } from './facts';
import { planYearReads } from './five-year';
import { DEFLATORS, NATION } from './growth-further';
import { growthMetricCode } from './growth-of';
import { linkReads, MONTHLY_LINKS, PUBLISHED_AVERAGES } from './index-chain';
import { publishedBefore } from './periods';
import { SEASONAL_MONTHS } from './seasonal';
import { waterCompanions, waterReads } from './water-quality';

/** One read of observations; the workings of a cell need a handful of them, whatever the metric. */
export interface PlannedRead {
  metrics: string[];
  regions: RegionCode[];
  freq: Freq[];
  basis?: string[];
  measure?: Measure[];
  slices: string[];
  fromMs: number;
  toMs: number;
  allVintages: boolean;
}

/** Years back that a base must reach for the small-base flag, and the historical pace (calculus.md §11, §14). */
const YEARS_BACK = 3;
/** Periods of the revision triangle. */
const REVISED_PERIODS = 12;

/** What has to be read to say everything that can be said of a cell. */
export function planReads(
  definition: MetricDefinition,
  cell: CellKey,
  surroundings: Surroundings,
): PlannedRead[] {
  return [
    ...ownSeries(definition, cell),
    ...beforeYearsEnd(definition, cell),
    ownVintages(cell),
    ...beside(definition, cell, surroundings),
    ...related(cell),
    ...linkReads(definition, cell),
    ...planYearReads(definition, cell),
    ...waterReads(cell),
  ];
}

/** For the comparisons with former periods alone. */
export function planComparisons(definition: MetricDefinition, cell: CellKey): PlannedRead[] {
  return [...ownSeries(definition, cell), ...related(cell).filter(() => DEFLATORS.has(cell.metric))];
}

/** The metric and its published growth here (and in the nation, for growth): former years, the year's periods, targets, published rates. */
function ownSeries(definition: MetricDefinition, cell: CellKey): PlannedRead[] {
  const { freq, periodMs } = cell;
  const slices = cell.slice === '' ? [''] : ['', cell.slice];
  const metrics = [cell.metric, growthMetricCode(cell.metric)];
  const common = { metrics, regions: [cell.region, NATION], slices, allVintages: false };
  const toMs = nextPeriod(freq, periodMs);
  if (freq === 'H' || freq === 'N') {
    // Three years of hours would be 26,000 rows: only the cells compared are read.
    const lastYear = samePeriodLastYear(freq, periodMs);
    return [
      { ...common, freq: [freq], fromMs: addPeriods(freq, periodMs, -1), toMs },
      { ...common, freq: [freq], fromMs: lastYear, toMs: nextPeriod(freq, lastYear) },
    ];
  }
  const years = samePeriodLastYear('A', periodStart('A', periodMs), YEARS_BACK);
  const seasonal = freq === 'M' && cell.basis === 'period' && definition.accumulation === 'flow';
  const fromMs = seasonal ? Math.min(years, addPeriods('M', periodMs, 1 - SEASONAL_MONTHS)) : years;
  // A published stock of whatever period may lie between two that are compared.
  const freqs: Freq[] = isCountedOn(definition)
    ? [...new Set<Freq>([freq, 'M', 'Q', 'A'])]
    : freq === 'A'
      ? ['A', 'Q']
      : [freq, 'A'];
  return [{ ...common, freq: freqs, fromMs, toMs }];
}

/** What 1-11月 grew by, as published or from the level a year before: the whole year of a monthly metric follows it. */
function beforeYearsEnd({ period_rule: rule }: MetricDefinition, cell: CellKey): PlannedRead[] {
  if (cell.freq !== 'A' || (rule !== 'MC' && rule !== 'MC12')) return [];
  const november = addPeriods('M', cell.periodMs, 10);
  return [
    {
      metrics: [cell.metric, growthMetricCode(cell.metric)],
      regions: [cell.region],
      freq: ['M'],
      basis: ['ytd'],
      slices: cell.slice === '' ? [''] : ['', cell.slice],
      fromMs: samePeriodLastYear('M', november),
      toMs: nextPeriod('M', november),
      allVintages: false,
    },
  ];
}

/** Every vintage of the newest periods: revisions, and what was published in one batch. */
function ownVintages(cell: CellKey): PlannedRead {
  const { freq, periodMs } = cell;
  return {
    metrics: [cell.metric],
    regions: [cell.region],
    freq: freq === 'A' ? ['A', 'Q'] : [freq],
    measure: ['level'],
    slices: [cell.slice],
    fromMs: addPeriods(freq, periodMs, 1 - REVISED_PERIODS),
    toMs: nextPeriod(freq, periodMs),
    allVintages: true,
  };
}

/** The regions around it in this period and the one before. */
function beside(
  definition: MetricDefinition,
  cell: CellKey,
  { parent, siblings, children }: Surroundings,
): PlannedRead[] {
  const below = definition.rollup === 'sum' ? children : [];
  const regions = [...siblings, ...below, ...(parent === null ? [] : [parent])];
  if (regions.length === 0) return [];
  const read: PlannedRead = {
    metrics: [cell.metric],
    regions: [...new Set(regions)],
    freq: [cell.freq],
    basis: [cell.basis],
    measure: ['level'],
    slices: [cell.slice],
    fromMs: publishedBefore(definition, cell),
    toMs: nextPeriod(cell.freq, cell.periodMs),
    allVintages: false,
  };
  // The whole of a published part is that of its batch.
  if (parent === null || definition.kind !== 'reported' || !definition.additive_over_regions) return [read];
  return [read, { ...read, regions: [parent], fromMs: cell.periodMs, allVintages: true }];
}

/** Metrics read beside this one, by code; the catalogue must have them and the reader's domains admit them. */
export function relatedMetrics(metric: string): string[] {
  return [...new Set([...operandMetrics(metric), ...waterCompanions(metric), growthMetricCode(metric)])];
}

function operandMetrics(metric: string): string[] {
  const companions = [DEFLATORS.get(metric) ?? MONTHLY_LINKS.get(metric), PUBLISHED_AVERAGES.get(metric)];
  const accounts: readonly string[] = [GDP, ...INDUSTRIES];
  if (accounts.includes(metric))
    return [...accounts.filter((code) => code !== metric), ...accounts.map(growthMetricCode)];
  return companions.filter((code) => code !== undefined);
}

/** Their vintages too: a share is taken within one batch. */
function related(cell: CellKey): PlannedRead[] {
  const { freq, periodMs, metric, region } = cell;
  const metrics = operandMetrics(metric);
  if (metrics.length === 0 || cell.slice !== '' || (freq !== 'A' && freq !== 'Q')) return [];
  return [
    {
      // The whole or the part itself as well: last year's vintages lie before the revision read.
      metrics: [...metrics, metric],
      regions: [region],
      freq: DEFLATORS.has(metric) ? [freq, 'M'] : [freq],
      slices: [''],
      fromMs: samePeriodLastYear(freq, periodMs),
      toMs: nextPeriod(freq, periodMs),
      allVintages: true,
    },
  ];
}

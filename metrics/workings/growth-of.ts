import { growthRatio } from '@/metrics/calculus/growth-ratio';
import { indexMinus100 } from '@/metrics/calculus/index-number';
import { growthStands } from '@/metrics/calculus/published-growth';
import type { Flag } from '@/metrics/calculus/result';
import { differsFrom } from '@/metrics/calculus/yoy';
import { basisBeside, isVariant } from '@/metrics/model/basis';
import type { CellKey, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isGrowthMetric } from '@/metrics/model/growth-metric';
import { samePeriodLastYear } from '@/metrics/time/period';
import { type Compared, compared, countedUnlike, resultBetween } from './compared';
import type { CellFacts } from './facts';
import { opensYear } from './periods';

/** Metrics whose growth may be computed from their levels. */
function computesGrowth({ yoy }: MetricDefinition): boolean {
  return yoy === 'value_ratio' || yoy === 'value_ratio_comparable';
}

/** Whether a growth in percent can be said of the metric at all. */
export function hasGrowth(definition: MetricDefinition): boolean {
  const published = definition.yoy === 'published' || definition.yoy === 'published_comparable';
  return isGrowthMetric(definition) || computesGrowth(definition) || published || isYearIndex(definition);
}

/** An index of the same period last year = 100 is its own growth (calculus.md §7). */
export function isYearIndex({ yoy }: Pick<MetricDefinition, 'yoy'>): boolean {
  return yoy === 'index_minus_100';
}

/** The metric that is itself the published growth of this one, by the catalogue's naming: gdp_growth of gdp. */
export function growthMetricCode(metric: string): string {
  return `${metric}_growth`;
}

/**
 * Bases under which the growth of a level may be kept, best first: its own, or another name of the same stretch: a year
 * is its own 累计, and so is its first quarter or month (calculus.md §6). What is said of the year so far is never the
 * growth of another single month or quarter, nor is that of the usual method the growth of a value by another (扣沙).
 */
export function growthBases(cell: Pick<CellKey, 'freq' | 'basis' | 'periodMs'>): readonly string[] {
  const { freq, basis } = cell;
  if (isVariant(basis)) return freq === 'A' ? [basis, basisBeside(basis, 'ytd')] : [basis];
  if (basis !== 'period' || freq === 'A') return [basis, 'ytd', 'period'];
  return opensYear(cell) ? ['period', 'ytd'] : ['period'];
}

/**
 * Growth as published of a cell near the one worked on: said of the cell itself, else the cell of the metric that is
 * its growth.
 */
export function publishedGrowth(facts: CellFacts, where: Partial<CellKey> = {}): Observation | undefined {
  const { metric, basis, freq, periodMs, measure } = { ...facts.cell, ...where };
  const bases = growthBases({ freq, basis, periodMs });
  const saidOf = (of: Partial<CellKey>) =>
    bases.map((candidate) => facts.at({ ...where, ...of, basis: candidate })).find((o) => o?.value != null);
  const own = facts.at({ ...where, measure: 'yoy' });
  if (own?.value != null || measure !== 'level') return own;
  return saidOf({ measure: 'yoy' }) ?? saidOf({ metric: growthMetricCode(metric) }) ?? own;
}

export interface KnownGrowth {
  value: string | null;
  /** The cell that says it; absent when it was computed. */
  from?: Observation | undefined;
  /** Of the cell, or of what was computed. */
  flags: readonly string[];
  /** What it was computed from. */
  of?: readonly (Observation | undefined)[];
  /** How a computed one differs from what a publisher would say. */
  notes?: readonly Flag[];
}

/**
 * Growth in percent of a cell near the one worked on: as published first, else from levels where the rule admits it. As
 * in 同比, a published growth gives way to levels that were published anew since and may be compared (calculus.md §16).
 */
export function growthAt(facts: CellFacts, where: Partial<CellKey>): KnownGrowth {
  const { definition } = facts;
  if (isGrowthMetric(definition)) {
    const level = facts.at(where);
    return { value: level?.value ?? null, from: level, flags: level?.flags ?? [] };
  }
  if (isYearIndex(definition)) {
    const level = facts.at(where);
    return { value: indexMinus100(level?.value).value, flags: level?.flags ?? [], of: [level] };
  }
  const published = publishedGrowth(facts, where);
  const { freq, periodMs } = { ...facts.cell, ...where };
  const pair = compared(facts, samePeriodLastYear(freq, periodMs), where);
  if (published?.value != null && !givesWay(definition, published, pair))
    return { value: published.value, from: published, flags: published.flags };
  if (!computesGrowth(definition)) return { value: null, flags: [] };
  const ratio = growthRatio({ current: pair.current?.value, base: pair.base?.value });
  const { value, flags } = resultBetween(pair, ratio);
  // Where the levels may not be compared, what was published of them stands.
  if (published?.value != null && (flags.includes('series_break') || flags.includes('not_comparable')))
    return { value: published.value, from: published, flags: published.flags };
  return {
    value,
    flags,
    of: [pair.current, pair.base],
    notes: value === null ? [] : [...notesOf(definition, pair), ...differs(value, published?.value)],
  };
}

/** Beside a growth that the publisher says otherwise. */
function differs(computed: string, published: string | null | undefined): Flag[] {
  return differsFrom(computed, published) ? ['published_differs'] : [];
}

function notesOf({ yoy }: MetricDefinition, pair: Compared): Flag[] {
  return [
    ...(yoy === 'value_ratio_comparable' ? (['nominal_unadjusted'] as const) : []),
    ...countedUnlike(pair),
  ];
}

function givesWay(
  definition: MetricDefinition,
  published: Observation,
  { current, base }: Compared,
): boolean {
  const isComplete = current?.value != null && base?.value != null;
  return (
    definition.yoy === 'value_ratio' && isComplete && !growthStands(definition, published, [current, base])
  );
}

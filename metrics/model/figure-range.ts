import type { Measure } from './cell';
import type { MetricDefinition } from './definition';
import { isGrowthMetric } from './growth-metric';
import { isProfitMetric } from './profit-metric';

/** Limits that no figure of a cell can lie beyond; null where there is none. */
export interface FigureRange {
  min: number | null;
  max: number | null;
  /** Whether a figure may be `min` itself. */
  includesMin: boolean;
}

/** Differences and temperatures lie on both sides of zero, */
const SIGNED_UNITS: readonly string[] = ['百分点', '℃', '°C'];
/** and so do amounts that something was taken from. */
const NET = /净增|净流|净迁|差额|结余|顺差/;

/**
 * What a published figure can be at all: as the definition says (`range`), else by what it is. A share lies within
 * 0–100 %, nothing falls by more than 100 %, an index is above zero, what is counted or measured is not negative.
 */
export function figureRange(definition: MetricDefinition, measure: Measure): FigureRange {
  if (measure === 'yoy' || measure === 'mom') return growthRange(definition);
  return levelRange(definition);
}

/** Whether the metric is a part of a whole, in percent: its numerator is among its denominator. */
export function isShare(definition: MetricDefinition): boolean {
  const { min, max } = levelRange(definition);
  return definition.unit === '%' && min === 0 && max === 100;
}

/** Whether amounts of the metric may be negative: what was taken from it may be more than what it had (净增). */
export function isBalance(definition: MetricDefinition): boolean {
  const { min } = levelRange(definition);
  return min === null || min < 0;
}

function levelRange(definition: MetricDefinition): FigureRange {
  const { range, accumulation, unit, name } = definition;
  if (range) return { min: range[0], max: range[1], includesMin: true };
  if (accumulation === 'index') return { min: 0, max: null, includesMin: false };
  if (isGrowthMetric(definition)) return { min: -100, max: null, includesMin: true };
  const isSigned = SIGNED_UNITS.includes(unit) || isProfitMetric(definition) || NET.test(name);
  if (isSigned) return { min: null, max: null, includesMin: true };
  return { min: 0, max: accumulation === 'rate' && unit === '%' ? 100 : null, includesMin: true };
}

/** Only of what is never negative: a profit may turn into a loss of any size; a change of a rate is in points. */
function growthRange(definition: MetricDefinition): FigureRange {
  const isRatio = definition.yoy !== 'pp_diff' && definition.yoy !== 'abs_diff';
  const { min } = levelRange(definition);
  return { min: isRatio && min !== null && min >= 0 ? -100 : null, max: null, includesMin: true };
}

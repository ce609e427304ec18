import { type Basis, COMMON_BASES, type Freq, type Measure } from './cell';
import type { MetricDefinition } from './definition';
import { CUMULATIVE_RULES } from './definition-vocabulary';

/** Functions whose values are means over their period; what is summed up over the year is 累计 beside them. */
const MEANS: readonly string[] = ['air_mean', 'air_mda8'];

/**
 * The common bases that figures of a metric can have, so that a published one joins the computed series and is no second
 * one beside it. A rate may be taken of a period or at an instant; named variants (`std2026`) are not judged.
 */
export function ownBases(definition: MetricDefinition): readonly Basis[] {
  if (definition.kind === 'aggregated' && definition.fn && MEANS.includes(definition.fn.name))
    return ['mean', 'ytd'];
  if (definition.accumulation === 'flow') return ['period', 'ytd'];
  // A peak of a stock is computed over its period.
  if (definition.accumulation === 'stock' && definition.kind === 'reported') return ['point'];
  return COMMON_BASES;
}

/** What else a published figure says of itself. */
export interface FigureWords {
  freq: Freq;
  measure: Measure;
  /** By the period's own wording: 1-2月 is 累计, 年末 a point. */
  said?: Basis | undefined;
}

/**
 * The basis that a published figure has when nobody says it: the only one that the metric has, the one that the period
 * says, else 当期 where nothing else can be meant. Undefined where it has to be said: a month or quarter of what is
 * published as 累计 may be either, and a mean is none of both. Targets are of 当期, as they are looked for.
 */
export function unsaidBasis(
  definition: MetricDefinition,
  { freq, measure, said }: FigureWords,
): Basis | undefined {
  if (measure === 'target') return 'period';
  const own = ownBases(definition);
  if (own.length === 1) return own[0];
  if (said !== undefined) return said;
  if (freq !== 'A' && CUMULATIVE_RULES.includes(definition.period_rule)) return undefined;
  return own.includes('period') ? 'period' : undefined;
}

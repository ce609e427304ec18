import { type Basis, COMMON_BASES } from './cell';
import type { MetricDefinition } from './definition';

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

import type { Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { CUMULATIVE_RULES, type PeriodRule } from '@/metrics/model/definition-vocabulary';

/** Coarse first. */
export const COARSE_FIRST: readonly Freq[] = ['A', 'Q', 'M', 'D', 'H', 'N'];

export function isFiner(a: Freq, b: Freq): boolean {
  return COARSE_FIRST.indexOf(a) > COARSE_FIRST.indexOf(b);
}

const POINT_RULES: readonly PeriodRule[] = ['YE', 'SY', 'ME'];

type Ruled = Pick<MetricDefinition, 'period_rule' | 'accumulation'>;

/** Whether the rule publishes 累计 first. */
export function isCumulative({ period_rule }: Ruled): boolean {
  return CUMULATIVE_RULES.includes(period_rule);
}

/** Bases at which a derived metric exists, by its period rule. A year is its own 累计. */
export function targetBases(definition: Ruled, freq: Freq): readonly string[] {
  if (POINT_RULES.includes(definition.period_rule)) return ['point'];
  return freq === 'A' ? ['period'] : ['period', 'ytd'];
}

/**
 * Where the value of an operand is looked for when the target has a basis, best first. Flows must cover exactly the
 * target's stretch; a stock is a point whatever the target covers; rates fall back on what their publisher gives.
 */
export function operandBases(operand: Ruled, targetBasis: string, freq: Freq): readonly string[] {
  if (operand.accumulation === 'stock') return ['point', 'period'];
  const own = freq === 'A' && targetBasis === 'ytd' ? 'period' : targetBasis;
  if (operand.accumulation === 'flow') {
    if (own !== 'point') return [own];
    return [isCumulative(operand) && freq !== 'A' ? 'ytd' : 'period'];
  }
  if (own === 'point') return ['point', 'period', 'mean', 'ytd'];
  return own === 'ytd' ? ['ytd', 'period', 'mean', 'point'] : [...new Set([own, 'period', 'mean', 'point'])];
}

import type { MetricDefinition } from './definition';

/** Units whose differences are 百分点 (calculus.md §1): of anything else the difference is in the metric's own unit. */
const OF_PERCENT: readonly string[] = ['%', '百分点'];

/** How the period before is compared with: what the catalogue calls pp_diff of 户/千人 is a difference of 户/千人. */
export function momRule({ mom, unit }: Pick<MetricDefinition, 'mom' | 'unit'>): MetricDefinition['mom'] {
  return mom === 'pp_diff' && !OF_PERCENT.includes(unit) ? 'abs_diff' : mom;
}

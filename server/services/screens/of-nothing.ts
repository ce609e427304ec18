import { ITEM_FUNCTIONS } from '@/metrics/compile/rows/items';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { allDatasets } from '@/server/datasets/registry';

/** Rows came and nothing of them belongs to the denominator: the rate is known to be none (calculus.md §24). */
export function isOfNothing({ value, flags }: Pick<Observation, 'value' | 'flags'>): boolean {
  return value === null && flags.includes('div0');
}

/** What there was none of, in the metric's own words. */
export function ofNothingZh(definition: MetricDefinition): string {
  return definition.kind === 'aggregated' && countsDue(definition) ? '无到期件' : '分母为0';
}

/** Of a region in which there never was anything of it. */
export function neverDueZh(definition: MetricDefinition): string {
  return `至今${ofNothingZh(definition)},不计算`;
}

/** Placed by a deadline, or shares of items that have one. */
function countsDue({ dataset, time, fn }: Extract<MetricDefinition, { kind: 'aggregated' }>): boolean {
  if (fn !== undefined) return ITEM_FUNCTIONS.includes(fn.name);
  const entry = allDatasets().find(({ contract }) => contract.name === dataset);
  return time !== undefined && entry?.mayBeFuture.includes(time) === true;
}

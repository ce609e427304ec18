import type { AggregatedDefinition } from '@/metrics/model/definition';
import { wrongRollup } from '@/metrics/model/named-function';
import { NotCompilable } from '../expression';
import type { CompileInput, Refusal } from '../types';

/** Functions whose rule is code over a small layer of the rows: worst items with their excess, baselines of days. */
export const LAYER_FUNCTIONS = ['water_class', 'water_class_share', 'ears_signals'] as const;
export type LayerFunction = (typeof LAYER_FUNCTIONS)[number];

export interface LayerMetric {
  definition: AggregatedDefinition;
  version: number;
  name: LayerFunction;
  byQuarter: boolean;
}

/** Aggregated metrics of the dataset with such a function. */
export function layerMetrics(input: CompileInput, refuse: (refusal: Refusal) => void): LayerMetric[] {
  return input.definitions.flatMap(({ definition, version }): LayerMetric[] => {
    if (definition.kind !== 'aggregated' || definition.dataset !== input.contract.name) return [];
    const name = LAYER_FUNCTIONS.find((one) => one === definition.fn?.name);
    if (name === undefined) return [];
    const { code, freq } = definition;
    if (freq === 'H' || freq === 'N') {
      const message = `频率 ${freq}:命名函数 ${name} 的值按日及更长的期计`;
      refuse({ metric: code, code: 'unsupported_frequency', message });
    }
    const byQuarter = freq === 'Q' || (input.quarterly?.has(code) ?? false);
    return [{ definition, version, name, byQuarter }];
  });
}

/** @throws NotCompilable when a higher region's value does not follow from those of its parts by the method. */
export function assertFunctionRollup({ fn, rollup }: AggregatedDefinition): void {
  const wrong = wrongRollup(fn?.name ?? '', rollup);
  if (wrong !== undefined) throw new NotCompilable(wrong, 'unsupported_rollup');
}

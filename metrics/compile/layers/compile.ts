import { accumulateStatement } from '../cells/accumulate';
import { type ExpressionScope, NotCompilable } from '../expression';
import type { CompileInput, DraftLayers, Refusal, Window } from '../types';
import { wants } from '../wants';
import { widen } from '../windows';
import { type EarsMetric, earsMonths, earsStatement, resolveEars } from './ears';
import { layerMetrics } from './resolve';
import { resolveWater, type WaterMetrics, waterStatement } from './water';

/** Metrics whose rule is code: their statements read a small layer, of which metrics/functions makes the cells. */
export function compileLayers(
  input: CompileInput,
  window: Window,
  { first, second }: DraftLayers,
  refuse: (refusal: Refusal) => void,
): void {
  const scope: ExpressionScope = {
    columns: new Set(input.contract.columns.map((column) => column.name)),
    workdays: input.workdays,
  };
  const metrics = layerMetrics(input, refuse);
  const water = metrics.filter(({ name }) => name !== 'ears_signals');
  for (const group of resolveWater(input, water, scope, refuse))
    first.push(...waterStatements(input, group, scope, window));
  const signals = metrics.flatMap((metric): EarsMetric[] => {
    if (metric.name !== 'ears_signals') return [];
    try {
      return [resolveEars(input, metric, scope)];
    } catch (error) {
      if (!(error instanceof NotCompilable)) throw error;
      refuse({ metric: metric.definition.code, code: error.code, message: error.message });
      return [];
    }
  });
  if (wants(input, 'M')) first.push(...signals.map((metric) => earsStatement(input, metric, window)));
  for (const metric of signals) {
    const years = widen('A', earsMonths(metric, window, input.nowMs));
    const made = accumulateStatement(input, [{ ...metric, code: metric.definition.code }], years);
    if (made) second.push(made);
  }
}

function waterStatements(input: CompileInput, group: WaterMetrics, scope: ExpressionScope, window: Window) {
  const of = (freqs: readonly string[]): WaterMetrics => ({
    ...group,
    metrics: group.metrics.filter(({ definition }) => freqs.includes(definition.freq)),
  });
  const statements = [
    {
      group: of(['N', 'H', 'D']),
      asked: wants(input, 'D'),
      window: widen('D', window),
      at: 'D' as const,
      long: false,
    },
    {
      group: of(['N', 'H', 'D', 'M']),
      asked: wants(input, 'M'),
      window: widen('M', window),
      at: 'M' as const,
      long: false,
    },
    { group, asked: wants(input, 'A'), window: widen('A', window), at: 'M' as const, long: true },
  ];
  return statements.flatMap((one) =>
    one.asked && one.group.metrics.length > 0
      ? [waterStatement(input, one.group, scope, one.window, one.at, one.long)]
      : [],
  );
}

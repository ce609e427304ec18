import type { MetricDefinition } from '@/metrics/model/definition';
import { NAMED_FUNCTIONS } from '@/metrics/model/named-function';
import { namesIn } from './ast';
import { parseExpression } from './parser';

/**
 * Metrics that a definition is computed from, each once, in order of first mention; empty for a reported one. An
 * aggregated metric reads rows and at most its own published past (`stock_balance`), so it has none either.
 */
export function operandsOf(definition: MetricDefinition): string[] {
  switch (definition.kind) {
    case 'derived':
      return namesIn(parseExpression(definition.formula).ast);
    case 'composite': {
      const parts =
        definition.parts?.flatMap(({ metric, integrity }) => [metric, ...(integrity?.rates ?? [])]) ?? [];
      return [...new Set([...parts, ...metricArguments(definition)])];
    }
    default:
      return [];
  }
}

function metricArguments(definition: MetricDefinition & { kind: 'composite' }): string[] {
  const { fn } = definition;
  if (fn === undefined) return [];
  const known = Object.hasOwn(NAMED_FUNCTIONS, fn.name) ? NAMED_FUNCTIONS[fn.name] : undefined;
  return Object.entries(known?.args ?? {})
    .filter(([, kind]) => kind === 'metric')
    .flatMap(([name]) => {
      const value = fn.args[name];
      return typeof value === 'string' ? [value] : [];
    });
}

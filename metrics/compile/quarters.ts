import { operandsOf } from '@/metrics/expression/operands';
import type { MetricDefinition } from '@/metrics/model/definition';

/**
 * Metrics whose quarters somebody reads: those of frequency Q, and whatever these are made of, through any number of
 * steps. All others are left to their months and years.
 */
export function askedByQuarter(definitions: readonly MetricDefinition[]): ReadonlySet<string> {
  const byCode = new Map(definitions.map((definition) => [definition.code, definition]));
  const asked = new Set<string>();
  const visit = (definition: MetricDefinition): void => {
    if (asked.has(definition.code)) return;
    asked.add(definition.code);
    for (const code of operandsOf(definition)) {
      const operand = byCode.get(code);
      if (operand) visit(operand);
    }
  };
  for (const definition of definitions) if (definition.freq === 'Q') visit(definition);
  return asked;
}

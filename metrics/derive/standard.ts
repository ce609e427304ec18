import { appliedStandard, type EditionedStandard } from '@/metrics/calculus/environment/edition';
import { operandsOf } from '@/metrics/expression/operands';
import type { MetricDefinition } from '@/metrics/model/definition';

/**
 * The standard whose edition decides a metric's values: its own, or that of what it is made of. Limits change at every
 * date at which breakpoints do, so they stand for both.
 */
export function standardOf(
  definition: MetricDefinition,
  definitionOf: (code: string) => MetricDefinition | undefined,
  within: ReadonlySet<string> = new Set(),
): EditionedStandard | null {
  const own = appliedStandard(definition);
  if (own !== null || within.has(definition.code)) return own;
  const path = new Set([...within, definition.code]);
  const found = operandsOf(definition).flatMap((code) => {
    const operand = definitionOf(code);
    return operand ? [standardOf(operand, definitionOf, path)] : [];
  });
  return (['limits', 'aqi'] as const).find((standard) => found.includes(standard)) ?? null;
}

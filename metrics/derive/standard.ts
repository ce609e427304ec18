import { appliedStandard, type EditionedStandard } from '@/metrics/calculus/environment/edition';
import { operandsOf } from '@/metrics/expression/operands';
import type { MetricDefinition } from '@/metrics/model/definition';

/** The standard whose edition decides a metric's values: its own, or that of what it is made of. */
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
  const [first = null] = found.filter((standard) => standard !== null);
  return found.every((standard) => standard === null || standard === first) ? first : 'both';
}

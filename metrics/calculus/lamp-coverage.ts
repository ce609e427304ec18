import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';

/**
 * Whether a value may be judged: a rate of the province needs 95 % of its parts (calculus.md §13), and ten of its eleven
 * cities are less. An index of weighted parts has a rule of its own for what it lacks (§22).
 */
export function isCovered(
  definition: MetricDefinition,
  { region, flags }: Pick<Observation, 'region' | 'flags'>,
): boolean {
  if (definition.accumulation !== 'rate' || region % 10_000 !== 0) return true;
  const weighsParts = definition.kind === 'composite' && definition.parts !== undefined;
  return weighsParts || !flags.includes('partial');
}

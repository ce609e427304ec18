import type { MetricDefinition } from './definition';
import { NAMED_FUNCTIONS } from './named-function';

const COUNTING: readonly string[] = ['count', 'distinct'];

/** Whether the values are numbers of things, as rows give them: parts of one are never below zero. */
export function countsThings(definition: MetricDefinition): boolean {
  if (definition.kind !== 'aggregated' || definition.factor < 0) return false;
  const { fn, measure } = definition;
  if (fn) return Object.hasOwn(NAMED_FUNCTIONS, fn.name) && NAMED_FUNCTIONS[fn.name]?.isCount === true;
  return measure !== undefined && COUNTING.includes(measure.agg);
}

import { operandsOf } from '@/metrics/expression/operands';
import type { MetricDefinition } from '@/metrics/model/definition';

/** Functions whose values another count of the particulates makes others. */
const BY_PARTICULATES: readonly string[] = ['aqi', 'air_day_count', 'air_composite_index'];
const PARTICULATES: readonly unknown[] = ['pm10', 'pm25'];

/** Whether leaving out the hours under sand makes other values of a metric, or of what it is made of. */
export function isChangedBySand(
  definition: MetricDefinition,
  definitionOf: (code: string) => MetricDefinition | undefined,
  within: ReadonlySet<string> = new Set(),
): boolean {
  const fn = definition.kind === 'aggregated' || definition.kind === 'composite' ? definition.fn : undefined;
  if (fn && (BY_PARTICULATES.includes(fn.name) || PARTICULATES.includes(fn.args.pollutant))) return true;
  if (within.has(definition.code)) return false;
  const path = new Set([...within, definition.code]);
  return operandsOf(definition).some((code) => {
    const operand = definitionOf(code);
    return operand !== undefined && isChangedBySand(operand, definitionOf, path);
  });
}

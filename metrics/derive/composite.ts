import { composite } from '@/metrics/calculus/composite';
import { score } from '@/metrics/calculus/score';
import type { CellKey } from '@/metrics/model/cell';
import type { CompositeDefinition } from '@/metrics/model/definition';
import { type Evaluation, evaluationOf } from './evaluation';
import type { Lookup } from './known';
import { type DefinitionOf, OperandReader } from './operand';
import { partReferences } from './references';

type Parts = NonNullable<CompositeDefinition['parts']>;

/**
 * Weighted scores of a region's own parts, never the mean of its subordinates' scores. With parts missing the rest is
 * reweighted from the weight that the definition asks for, and flagged; below it the index is missing
 * (calculus.md §22, T54).
 */
export function evaluateComposite(
  definition: CompositeDefinition,
  parts: Parts,
  target: CellKey,
  definitionOf: DefinitionOf,
  lookup: Lookup,
): Evaluation | null {
  const reader = new OperandReader(target, definitionOf, lookup);
  const references = partReferences(parts);
  const scored = parts.map(({ metric, measure, score: [low, high], weight }, index) => {
    const reference = references[index];
    const operand = reference ? reader.read(reference) : undefined;
    const denominator = operand?.known?.denominator;
    return {
      name: measure === 'level' ? metric : `${measure}(${metric})`,
      weight,
      score: score(operand?.value, low, high).value,
      // Only a part with a denominator of its own has a sample that may be too small.
      ...(measure === 'level' && denominator != null ? { sample: Number(denominator) } : {}),
    };
  });
  const made = composite(scored, {
    reweightIfAtLeast: definition.missing?.reweight_if_at_least ?? 1,
    minSample: definition.missing?.min_denominator ?? 0,
  });
  const lacking = scored.flatMap(({ name, weight, score: own }, index) => {
    const metric = parts[index]?.metric;
    return metric === undefined || !made.missing.includes(name)
      ? []
      : [{ metric, weight, smallSample: own !== null }];
  });
  return evaluationOf({
    value: made.value,
    flags: made.missing.length > 0 ? [...made.flags, 'missing_parts'] : made.flags,
    operands: reader.uses,
    lacking,
  });
}

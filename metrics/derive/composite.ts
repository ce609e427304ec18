import { composite } from '@/metrics/calculus/composite';
import { integrityDiscount, score } from '@/metrics/calculus/score';
import type { CellKey } from '@/metrics/model/cell';
import type { CompositeDefinition } from '@/metrics/model/definition';
import { type Evaluation, evaluationOf } from './evaluation';
import type { Lookup } from './known';
import { type DefinitionOf, OperandReader } from './operand';
import { integrityReferences, partReferences } from './references';

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
  let discounted = false;
  const scored = parts.map((part, index) => {
    const { metric, measure, weight, integrity } = part;
    const [low, high] = part.score;
    const reference = references[index];
    const operand = reference ? reader.read(reference) : undefined;
    const denominator = operand?.known?.denominator;
    const rates = integrity ? integrityReferences([part]).map((rate) => reader.read(rate).value) : [];
    const { score: counted, isReduced } = integrityDiscount(
      score(operand?.value, low, high).value,
      rates,
      integrity,
    );
    discounted ||= isReduced;
    return {
      name: measure === 'level' ? metric : `${measure}(${metric})`,
      weight,
      score: counted,
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
    flags: [
      ...made.flags,
      ...(made.missing.length > 0 ? (['missing_parts'] as const) : []),
      ...(discounted ? (['integrity_discount'] as const) : []),
    ],
    operands: reader.uses,
    lacking,
    isRate: definition.accumulation === 'rate',
  });
}

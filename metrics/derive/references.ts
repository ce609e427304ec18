import type { Expression } from '@/metrics/expression/ast';
import { children } from '@/metrics/expression/ast';
import { parseExpression } from '@/metrics/expression/parser';
import type { CompositeDefinition, MetricDefinition } from '@/metrics/model/definition';

/** Ways in which a formula reads a metric. */
export type ReferenceKind = 'value' | 'lag_y' | 'lag_p' | 'yoy' | 'mom' | 'ytd' | 'target';

/** One metric as a formula reads it; `steps` are years or periods back. */
export interface Reference {
  metric: string;
  kind: ReferenceKind;
  steps: number;
}

const METRIC_CALLS: readonly string[] = ['lag_y', 'lag_p', 'yoy', 'mom', 'ytd', 'target'];

/** The reference that a node is, when it is one. */
export function referenceOf(node: Expression): Reference | undefined {
  if (node.type === 'name') return { metric: node.name, kind: 'value', steps: 0 };
  if (node.type !== 'call' || !METRIC_CALLS.includes(node.name)) return undefined;
  const [metric, steps] = node.args;
  if (metric?.type !== 'name') return undefined;
  const count = steps?.type === 'number' ? Number(steps.text) : 0;
  return { metric: metric.name, kind: node.name as ReferenceKind, steps: count };
}

/** Every different reference of a formula, in order of first mention. */
export function referencesIn(node: Expression): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (part: Expression): void => {
    const reference = referenceOf(part);
    if (!reference) {
      for (const child of children(part)) visit(child);
      return;
    }
    found.set(`${reference.kind} ${reference.metric} ${reference.steps}`, reference);
  };
  visit(node);
  return [...found.values()];
}

/** Whether a formula divides published figures by published figures, so that their batches matter. */
export function dividesPublished(
  node: Expression,
  definitionOf: (code: string) => MetricDefinition | undefined,
): boolean {
  const published = (part: Expression) =>
    referencesIn(part).some(({ metric }) => definitionOf(metric)?.kind === 'reported');
  if (node.type === 'binary' && node.op === '/' && published(node.left) && published(node.right)) return true;
  return children(node).some((child) => dividesPublished(child, definitionOf));
}

/** Percentiles are of a period's daily values and come with the daily cells; a formula over single cells has none. */
function needsDays(node: Expression): boolean {
  return (node.type === 'call' && node.name === 'pctl') || children(node).some(needsDays);
}

/** The formula of a derived metric that is computed from cells; undefined for one that the rows' own job computes. */
export function formulaOf(definition: MetricDefinition): Expression | undefined {
  if (definition.kind !== 'derived') return undefined;
  const { ast, findings } = parseExpression(definition.formula);
  if (findings.some(({ severity }) => severity === 'error') || needsDays(ast)) return undefined;
  return ast;
}

export function partsOf(definition: MetricDefinition): NonNullable<CompositeDefinition['parts']> | undefined {
  return definition.kind === 'composite' ? definition.parts : undefined;
}

/** References of parts: a part scored by growth reads as `yoy` does. */
export function partReferences(parts: NonNullable<CompositeDefinition['parts']>): Reference[] {
  return parts.map(({ metric, measure }) => ({
    metric,
    kind: measure === 'level' ? 'value' : measure,
    steps: 0,
  }));
}

/** References of the rates by which the data behind parts are trusted. */
export function integrityReferences(parts: NonNullable<CompositeDefinition['parts']>): Reference[] {
  return parts.flatMap(({ integrity }) =>
    (integrity?.rates ?? []).map((metric) => ({ metric, kind: 'value' as const, steps: 0 })),
  );
}

/** The formula that weighs a region in a rollup; undefined when it is weighed otherwise. */
export function weightFormula({ rollup_weight: weight }: MetricDefinition): Expression | undefined {
  return weight?.by === 'formula' ? parseExpression(weight.formula).ast : undefined;
}

import { namesIn } from '@/metrics/expression/ast';
import { operandsOf } from '@/metrics/expression/operands';
import { parseExpression } from '@/metrics/expression/parser';
import type { MetricDefinition } from '@/metrics/model/definition';
import { NAMED_FUNCTIONS } from '@/metrics/model/named-function';

/**
 * How one metric goes into another: `operand` of its formula, part or function; `opening`: the published stock that
 * movements are counted from; `weight` of its rollup over regions.
 */
export type LineageRole = 'operand' | 'opening' | 'weight';

export interface LineageEdge {
  code: string;
  role: LineageRole;
}

/** What a metric goes back to when its operands are followed to the end, in order of first mention. */
export interface Origins {
  datasets: readonly string[];
  /** Metrics that are loaded as published. */
  reported: readonly string[];
}

/** What metrics are made of and what is made of them. Codes without a definition have no lineage of their own. */
export interface Lineage {
  /** Rows that the metric itself counts. */
  datasetOf(code: string): string | null;
  /** Direct; each metric and role once, in order of first mention. */
  madeOf(code: string): readonly LineageEdge[];
  /** Direct; in the order of the definitions given. */
  usedBy(code: string): readonly LineageEdge[];
  origins(code: string): Origins;
  /** Everything that a changed value of the metric can change, nearest first; the metric itself left out. */
  affectedBy(code: string): readonly string[];
}

export function lineageOf(definitions: readonly MetricDefinition[]): Lineage {
  const byCode = new Map(definitions.map((definition) => [definition.code, definition]));
  const above = new Map(definitions.map((definition) => [definition.code, edgesOf(definition)]));
  const below = new Map<string, LineageEdge[]>();
  for (const { code } of definitions)
    for (const edge of above.get(code) ?? [])
      below.set(edge.code, [...(below.get(edge.code) ?? []), { code, role: edge.role }]);
  const madeOf = (code: string) => above.get(code) ?? [];
  const usedBy = (code: string) => below.get(code) ?? [];
  const datasetOf = (code: string) => {
    const definition = byCode.get(code);
    return definition?.kind === 'aggregated' ? definition.dataset : null;
  };
  return {
    datasetOf,
    madeOf,
    usedBy,
    affectedBy: (code) => reach(code, usedBy),
    origins: (code) => {
      const all = [code, ...reach(code, madeOf)];
      return {
        datasets: [...new Set(all.flatMap((one) => datasetOf(one) ?? []))],
        reported: all.filter((one) => one !== code && byCode.get(one)?.kind === 'reported'),
      };
    },
  };
}

/** Breadth first, so that the nearest come first; a cycle is walked once. */
function reach(code: string, next: (code: string) => readonly LineageEdge[]): string[] {
  const seen = new Set([code]);
  for (const one of seen) for (const edge of next(one)) seen.add(edge.code);
  seen.delete(code);
  return [...seen];
}

/** Its own past is no other metric: a stock that opens with itself has no edge. */
function edgesOf(definition: MetricDefinition): LineageEdge[] {
  const edges: LineageEdge[] = [
    ...operandsOf(definition).map((code) => ({ code, role: 'operand' as const })),
    ...argumentsOf(definition),
    ...weightsOf(definition).map((code) => ({ code, role: 'weight' as const })),
  ];
  return edges.filter(({ code }) => code !== definition.code);
}

/** Metrics that a function over rows takes: a stock to go on from, or one whose rows it reads again. */
function argumentsOf(definition: MetricDefinition): LineageEdge[] {
  if (definition.kind !== 'aggregated' || definition.fn === undefined) return [];
  const { name, args } = definition.fn;
  const known = Object.hasOwn(NAMED_FUNCTIONS, name) ? NAMED_FUNCTIONS[name] : undefined;
  return Object.entries(known?.args ?? {}).flatMap(([argument, kind]) => {
    const code = args[argument];
    if (kind !== 'metric' || typeof code !== 'string') return [];
    return [{ code, role: argument === 'opening' ? ('opening' as const) : ('operand' as const) }];
  });
}

function weightsOf({ rollup_weight: weight }: MetricDefinition): string[] {
  return weight?.by === 'formula' ? namesIn(parseExpression(weight.formula).ast) : [];
}

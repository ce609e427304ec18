import type { Span } from '@/metrics/expression/ast';
import type { ExpressionFinding } from '@/metrics/expression/finding';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';

/** One thing that is wrong with a definition. Errors keep it from being published, warnings are shown to the reviewer. */
export interface Finding {
  /** Stable snake_case code of the rule or, for expressions, of the expression finding. */
  code: string;
  /** Code of the metric. */
  metric: string;
  /** Member of the definition: `formula`, `parts.2.metric`, `numerator.where`. */
  path: string;
  /** Chinese, for the console. */
  message: string;
  proposal?: string;
  severity: 'error' | 'warning';
  /** Place inside the text of the member, for expressions. */
  span?: Span;
}

export interface ValidationContext {
  definitions: readonly MetricDefinition[];
  byCode: ReadonlyMap<string, MetricDefinition>;
  /** Contracts of the connected datasets; columns of others cannot be checked and are not. */
  datasets: ReadonlyMap<string, DatasetContract>;
}

/** A rule looks at one definition in the light of all others, and returns what is wrong. */
export type Rule = (definition: MetricDefinition, context: ValidationContext) => Finding[];

export function error(
  code: string,
  definition: MetricDefinition,
  path: string,
  message: string,
  proposal?: string,
): Finding {
  return make('error', code, definition, path, message, proposal);
}

export function warning(
  code: string,
  definition: MetricDefinition,
  path: string,
  message: string,
  proposal?: string,
): Finding {
  return make('warning', code, definition, path, message, proposal);
}

/** The findings of an expression as findings of the definition that holds it. */
export function fromExpression(
  definition: MetricDefinition,
  path: string,
  findings: readonly ExpressionFinding[],
): Finding[] {
  return findings.map(({ code, message, proposal, severity, start, end }) => ({
    ...make(severity, code, definition, path, message, proposal),
    span: { start, end },
  }));
}

function make(
  severity: Finding['severity'],
  code: string,
  definition: MetricDefinition,
  path: string,
  message: string,
  proposal: string | undefined,
): Finding {
  const base: Finding = { code, metric: definition.code, path, message, severity };
  return proposal === undefined ? base : { ...base, proposal };
}

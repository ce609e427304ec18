import type { Span } from './ast';

export const EXPRESSION_FINDING_CODES = [
  'too_long',
  'too_deep',
  'too_many',
  'bad_character',
  'bad_number',
  'bad_string',
  'bad_date',
  'syntax',
  'unknown_name',
  'unknown_function',
  'wrong_argument',
  'type_clash',
  'unit_clash',
  'unit_scale',
  'unknown_value',
] as const;
export type ExpressionFindingCode = (typeof EXPRESSION_FINDING_CODES)[number];

/** One thing that is wrong in an expression, where, and what might be meant. */
export interface ExpressionFinding extends Span {
  code: ExpressionFindingCode;
  /** Chinese, for the console. */
  message: string;
  /** What to write instead. */
  proposal?: string;
  /** A warning does not keep a definition from being published. */
  severity: 'error' | 'warning';
}

export function finding(
  code: ExpressionFindingCode,
  span: Span,
  message: string,
  proposal?: string,
  severity: 'error' | 'warning' = 'error',
): ExpressionFinding {
  const base: ExpressionFinding = { code, message, start: span.start, end: span.end, severity };
  return proposal === undefined ? base : { ...base, proposal };
}

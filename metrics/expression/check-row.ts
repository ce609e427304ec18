import type { DatasetColumn, DatasetContract } from '@/metrics/model/dataset';
import { checkExpression } from './check';
import { type ExpressionFinding, finding } from './finding';
import { ROW_FUNCTIONS } from './functions-row';
import { type ParsedExpression, parseExpression } from './parser';
import type { Scope } from './scope';
import { parseUnit } from './unit';
import { BOOLEAN, KIND_WORDS, numberOf, type ValueKind, type ValueType } from './value-type';

/** The columns of a dataset, or of a table derived from it, as names of an expression. */
export function rowScope(contract: Pick<DatasetContract, 'columns'>): Scope {
  const types = new Map(contract.columns.map((column) => [column.name, columnType(column)]));
  return {
    noun: '列',
    resolve: (name) => types.get(name),
    names: () => types.keys(),
    functions: ROW_FUNCTIONS,
  };
}

export interface CheckedText extends ParsedExpression {
  type: ValueType;
}

/** Parses and checks an expression over rows; `expected` is the kind its result must have. */
export function checkRowExpression(
  text: string,
  contract: Pick<DatasetContract, 'columns'>,
  expected?: ValueKind,
): CheckedText {
  const parsed = parseExpression(text);
  const checked = checkExpression(parsed.ast, rowScope(contract));
  const findings = [...parsed.findings, ...checked.findings];
  findings.push(...wrongResult(parsed, checked.type, expected));
  return { ast: parsed.ast, type: checked.type, findings };
}

function wrongResult(
  parsed: ParsedExpression,
  type: ValueType,
  expected: ValueKind | undefined,
): ExpressionFinding[] {
  if (expected === undefined || type.kind === expected || type.kind === 'any') return [];
  return [
    finding('type_clash', parsed.ast, `结果要是${KIND_WORDS[expected]},这里是${KIND_WORDS[type.kind]}`),
  ];
}

function columnType(column: DatasetColumn): ValueType {
  switch (column.type) {
    case 'integer':
    case 'decimal':
      return numberOf(column.unit === undefined ? undefined : parseUnit(column.unit));
    case 'enum':
      return { kind: 'string', ...(column.enumValues ? { values: column.enumValues } : {}) };
    case 'boolean':
      return BOOLEAN;
    default:
      return { kind: column.type };
  }
}

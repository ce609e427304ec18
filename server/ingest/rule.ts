import type { Expression } from '@/metrics/expression/ast';
import { checkRowExpression } from '@/metrics/expression/check-row';
import type { DatasetColumn, DatasetContract, DatasetRule } from '@/metrics/model/dataset';

type Value = number | string | boolean | null;
/** Checked cells by position in the contract's columns. */
type Row = readonly (string | null)[];
type Evaluate = (row: Row) => Value;

export interface CompiledRule {
  rule: DatasetRule;
  /** The columns that the condition reads, in its order; the first is shown beside a rejected row. */
  columns: readonly string[];
  /** false only where the condition is known to fail; unknown (null operands) passes. */
  holds(row: Row): boolean;
}

/** Compiles the contract's row rules. @throws Error when a condition does not check against the columns. */
export function compileRules(contract: DatasetContract): CompiledRule[] {
  return contract.rules.map((rule) => {
    const checked = checkRowExpression(rule.condition, contract, 'boolean');
    const wrong = checked.findings.find((one) => one.severity === 'error');
    if (wrong) throw new Error(`${contract.name} rule ${rule.code}: ${wrong.message}`);
    const evaluate = compile(checked.ast, contract.columns);
    const columns = columnsIn(rule.condition, contract.columns);
    return { rule, columns, holds: (row) => evaluate(row) !== false };
  });
}

function columnsIn(condition: string, columns: readonly DatasetColumn[]): string[] {
  const names = new Set(columns.map(({ name }) => name));
  return [...new Set(condition.match(/\b[a-z_][a-z0-9_]*\b/g) ?? [])].filter((word) => names.has(word));
}

/** The part of the expression language that row rules need, as closures with SQL's three-valued logic. */
function compile(node: Expression, columns: readonly DatasetColumn[]): Evaluate {
  const sub = (child: Expression) => compile(child, columns);
  switch (node.type) {
    case 'number': {
      const constant = Number(node.text);
      return () => constant;
    }
    case 'string':
    case 'boolean': {
      const constant = node.value;
      return () => constant;
    }
    case 'null':
      return () => null;
    case 'name':
      return column(node.name, columns);
    case 'unary': {
      const operand = sub(node.operand);
      if (node.op === 'not') return negate(operand);
      return (row) => {
        const value = operand(row);
        return value === null ? null : -Number(value);
      };
    }
    case 'is_null': {
      const operand = sub(node.operand);
      return (row) => (operand(row) === null) !== node.negated;
    }
    case 'in': {
      const operand = sub(node.operand);
      const items = node.items.map(sub);
      return (row) => {
        const value = operand(row);
        return value === null ? null : items.some((item) => item(row) === value) !== node.negated;
      };
    }
    case 'binary':
      return binary(node.op, sub(node.left), sub(node.right));
    default:
      throw new Error(`row rules do not use "${node.type}"`);
  }
}

function column(name: string, columns: readonly DatasetColumn[]): Evaluate {
  const index = columns.findIndex((one) => one.name === name);
  const type = columns[index]?.type;
  return (row) => {
    const text = row[index] ?? null;
    if (text === null) return null;
    if (type === 'integer' || type === 'decimal') return Number(text);
    return type === 'boolean' ? text === '1' : text;
  };
}

function negate(operand: Evaluate): Evaluate {
  return (row) => {
    const value = operand(row);
    return value === null ? null : !value;
  };
}

type BinaryOp = Extract<Expression, { type: 'binary' }>['op'];

function binary(op: BinaryOp, left: Evaluate, right: Evaluate): Evaluate {
  if (op === 'and' || op === 'or') {
    const decisive = op === 'or';
    return (row) => {
      const a = left(row);
      if (a === decisive) return decisive;
      const b = right(row);
      if (b === decisive) return decisive;
      return a === null || b === null ? null : !decisive;
    };
  }
  const apply = OPERATIONS[op];
  return (row) => {
    const a = left(row);
    const b = right(row);
    return a === null || b === null ? null : apply(a, b);
  };
}

type Operation = (a: number | string | boolean, b: number | string | boolean) => Value;
/** Times are canonical text of one width a type, so that text order is time order. */
const OPERATIONS: Record<Exclude<BinaryOp, 'and' | 'or'>, Operation> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '+': (a, b) => Number(a) + Number(b),
  '-': (a, b) => Number(a) - Number(b),
  '*': (a, b) => Number(a) * Number(b),
  '/': (a, b) => (Number(b) === 0 ? null : Number(a) / Number(b)),
};

import type { Expression } from '@/metrics/expression/ast';
import { parseExpression } from '@/metrics/expression/parser';
import { asValue, fittingQuotient, product } from './sql/decimal';
import { type Fragment, ident, join, param, sql, text } from './sql/fragment';
import { ZONE } from './sql/time';
import type { RefusalCode, WorkdayTable } from './types';
import { workdaysBetween } from './workdays';

/** What names and period functions of a row expression mean in one statement. */
export interface ExpressionScope {
  columns: ReadonlySet<string>;
  /** Instants of the period computed; absent where no period is fixed per row. */
  periodStart?: Fragment;
  periodEnd?: Fragment;
  workdays: WorkdayTable;
}

/** Thrown for what has no right answer in SQL; the metric is refused with this code and message. */
export class NotCompilable extends Error {
  constructor(
    message: string,
    readonly code: RefusalCode = 'no_compilable_form',
  ) {
    super(message);
  }
}

/** Row expression to SQL. Values become parameters, names must be columns of the contract. */
export function compileExpression(source: string, scope: ExpressionScope): Fragment {
  const { ast, findings } = parseExpression(source);
  const wrong = findings.find((one) => one.severity === 'error');
  if (wrong) throw new NotCompilable(`表达式“${source}”有误:${wrong.message}`);
  return compileNode(ast, scope);
}

/** A condition that is false where its operands are unknown. */
export function compileCondition(source: string | undefined, scope: ExpressionScope): Fragment {
  return source === undefined ? sql`1` : sql`ifNull(${compileExpression(source, scope)}, 0)`;
}

const OPERATORS = {
  '=': sql` = `,
  '<>': sql` != `,
  '<': sql` < `,
  '<=': sql` <= `,
  '>': sql` > `,
  '>=': sql` >= `,
  '+': sql` + `,
  '-': sql` - `,
  and: sql` AND `,
  or: sql` OR `,
} as const;

function compileNode(node: Expression, scope: ExpressionScope): Fragment {
  const of = (child: Expression) => compileNode(child, scope);
  switch (node.type) {
    case 'number':
      return param(node.text, 'Decimal(38, 10)');
    case 'string':
      return text(node.value);
    case 'date':
      return param(node.text, 'Date');
    case 'datetime':
      return sql`toDateTime(${text(`${node.text.replace('T', ' ')}:00`)}, ${text(ZONE)})`;
    case 'boolean':
      return node.value ? sql`1` : sql`0`;
    case 'null':
      return sql`NULL`;
    case 'name':
      if (!scope.columns.has(node.name)) throw new NotCompilable(`没有列“${node.name}”`);
      return ident(node.name);
    case 'call':
      return compileCall(node.name, node.args.map(of), scope);
    case 'unary':
      return node.op === 'not' ? sql`(NOT ${of(node.operand)})` : sql`(-${of(node.operand)})`;
    case 'binary':
      if (node.op === '/') return fittingQuotient(of(node.left), of(node.right));
      if (node.op === '*') return product(of(node.left), of(node.right));
      return sql`(${of(node.left)}${OPERATORS[node.op]}${of(node.right)})`;
    case 'in': {
      // The engine compares members of a list by type first: an integer column is in no list of decimals.
      const operand = node.items.some(isNumber) ? asValue(of(node.operand)) : of(node.operand);
      const list = sql`(${operand} IN (${join(node.items.map(of), ', ')}))`;
      return node.negated ? sql`(NOT ${list})` : list;
    }
    case 'between': {
      const range = sql`(${of(node.operand)} BETWEEN ${of(node.low)} AND ${of(node.high)})`;
      return node.negated ? sql`(NOT ${range})` : range;
    }
    case 'is_null':
      return node.negated ? sql`isNotNull(${of(node.operand)})` : sql`isNull(${of(node.operand)})`;
    case 'error':
      throw new NotCompilable('表达式读不懂');
  }
}

function isNumber(node: Expression): boolean {
  return node.type === 'number' || (node.type === 'unary' && node.op === '-');
}

function compileCall(name: string, args: readonly Fragment[], scope: ExpressionScope): Fragment {
  const [a = sql`NULL`, b = sql`NULL`, c = sql`NULL`] = args;
  switch (name) {
    case 'coalesce':
      return sql`coalesce(${args})`;
    case 'if':
      // Of an unknown condition nothing follows.
      return sql`if(isNull(${a}), NULL, if(${a}, ${b}, ${c}))`;
    case 'clamp':
      // The engine's least and greatest skip NULL, which would turn an unknown into the limit.
      return sql`if(isNull(${a}), NULL, least(greatest(${a}, ${b}), ${c}))`;
    case 'abs':
      return sql`abs(${a})`;
    case 'date':
      return sql`toDate(${a})`;
    case 'days_between':
      return sql`dateDiff('day', ${a}, ${b})`;
    case 'minutes_between':
      // The engine's own difference counts full minutes of the clock between the two, so that 60 min 59 s could be 60.
      return sql`(toDecimal128(dateDiff('second', ${a}, ${b}), 10) / 60)`;
    case 'workdays':
      return workdaysBetween(a, b, scope.workdays);
    case 'gbt4754_section':
      return industrySection(a);
    case 'period_start':
    case 'period_end': {
      const edge = name === 'period_start' ? scope.periodStart : scope.periodEnd;
      if (!edge) throw new NotCompilable(`${name}() 只能用在时点指标里`);
      return edge;
    }
    default:
      throw new NotCompilable(`没有函数 ${name}`);
  }
}

/** Last two-digit division of each section of GB/T 4754-2017, A to T. */
const LAST_DIVISIONS = [5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97];

/** Section letter of an industry code (`0610` → B); codes that already begin with their letter keep it. */
function industrySection(code: Fragment): Fragment {
  const division = sql`toUInt8OrZero(substring(toString(${code}), 1, 2))`;
  const sections = LAST_DIVISIONS.map(
    (last, i) => sql`${division} <= ${param(last, 'UInt32')}, ${text(String.fromCharCode(65 + i))}`,
  );
  const letter = sql`substring(toString(${code}), 1, 1)`;
  return sql`multiIf(match(${letter}, '[A-T]'), ${letter}, ${division} = 0, '', ${sections}, '')`;
}

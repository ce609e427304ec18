import { closestName } from '@/metrics/model/closest-name';
import type { ArithmeticOperator, Expression } from './ast';
import { checkArithmetic } from './check-arithmetic';
import { checkCall } from './check-call';
import { checkComparison } from './check-comparison';
import { type ExpressionFinding, finding } from './finding';
import type { Report, Scope } from './scope';
import { ANY, BOOLEAN, KIND_WORDS, type ValueType } from './value-type';

export interface CheckedExpression {
  type: ValueType;
  findings: ExpressionFinding[];
}

/** Gives an expression its type within a scope; all findings, in order of place. */
export function checkExpression(ast: Expression, scope: Scope): CheckedExpression {
  const findings: ExpressionFinding[] = [];
  const report: Report = (...args) => {
    findings.push(finding(...args));
  };
  const type = typeOf(ast, scope, report);
  findings.sort((a, b) => a.start - b.start || a.end - b.end);
  return { type, findings };
}

function typeOf(node: Expression, scope: Scope, report: Report): ValueType {
  switch (node.type) {
    case 'number': {
      const literal = Number(node.text);
      return { kind: 'number', constant: true, literal };
    }
    case 'string':
      return { kind: 'string', literal: node.value };
    case 'date':
    case 'datetime':
    case 'boolean':
    case 'null':
      return { kind: node.type };
    case 'name':
      return nameType(node, scope, report);
    case 'call':
      return checkCall(node, scope, report, (argument) => typeOf(argument, scope, report));
    case 'unary':
      return unaryType(node, typeOf(node.operand, scope, report), report);
    case 'binary':
      return binaryType(node, scope, report);
    case 'in':
      checkIn(node, scope, report);
      return BOOLEAN;
    case 'between':
      checkBetween(node, scope, report);
      return BOOLEAN;
    case 'is_null':
      typeOf(node.operand, scope, report);
      return BOOLEAN;
    case 'error':
      return ANY;
  }
}

function nameType(node: Expression & { type: 'name' }, scope: Scope, report: Report): ValueType {
  const type = scope.resolve(node.name);
  if (type !== undefined) return type;
  const isFunction = Object.hasOwn(scope.functions, node.name);
  report(
    'unknown_name',
    node,
    isFunction ? `“${node.name}”是函数,要写括号` : `没有${scope.noun}“${node.name}”`,
    isFunction ? scope.functions[node.name]?.usage : closestName(node.name, scope.names()),
  );
  return ANY;
}

function unaryType(node: Expression & { type: 'unary' }, operand: ValueType, report: Report): ValueType {
  if (node.op === 'not') {
    requireBoolean(node.operand, operand, report);
    return BOOLEAN;
  }
  if (operand.kind === 'number') {
    return operand.literal === undefined ? operand : { ...operand, literal: -operand.literal };
  }
  if (operand.kind !== 'any') report('type_clash', node, `负号之后要是数,这里是${KIND_WORDS[operand.kind]}`);
  return ANY;
}

function binaryType(node: Expression & { type: 'binary' }, scope: Scope, report: Report): ValueType {
  const left = typeOf(node.left, scope, report);
  const right = typeOf(node.right, scope, report);
  if (node.op === 'and' || node.op === 'or') {
    requireBoolean(node.left, left, report);
    requireBoolean(node.right, right, report);
    return BOOLEAN;
  }
  if (isArithmetic(node)) return checkArithmetic(node, left, right, report);
  checkComparison(node, left, right, report);
  return BOOLEAN;
}

function isArithmetic(
  node: Expression & { type: 'binary' },
): node is Expression & { type: 'binary'; op: ArithmeticOperator } {
  return node.op === '+' || node.op === '-' || node.op === '*' || node.op === '/';
}

function checkIn(node: Expression & { type: 'in' }, scope: Scope, report: Report): void {
  const operand = typeOf(node.operand, scope, report);
  for (const item of node.items) {
    const type = typeOf(item, scope, report);
    if (item.type === 'name' || item.type === 'call') {
      report(
        'wrong_argument',
        item,
        'in 的取值只能是常量',
        item.type === 'name' ? `'${item.name}'` : undefined,
      );
    } else {
      checkComparison(
        { ...node, type: 'binary', op: '=', left: node.operand, right: item },
        operand,
        type,
        report,
      );
    }
  }
}

function checkBetween(node: Expression & { type: 'between' }, scope: Scope, report: Report): void {
  const operand = typeOf(node.operand, scope, report);
  if (isReversed(node)) report('wrong_argument', node, 'between 的下限大于上限,永远不成立');
  for (const [op, side] of [
    ['>=', node.low],
    ['<=', node.high],
  ] as const) {
    const type = typeOf(side, scope, report);
    checkComparison({ ...node, type: 'binary', op, left: node.operand, right: side }, operand, type, report);
  }
}

/** Both ends are written out as numbers or as times, the larger first. */
function isReversed({ low, high }: Expression & { type: 'between' }): boolean {
  if (low.type === 'number' && high.type === 'number') return Number(low.text) > Number(high.text);
  const isTime = (node: Expression) => node.type === 'date' || node.type === 'datetime';
  return isTime(low) && low.type === high.type && 'text' in low && 'text' in high && low.text > high.text;
}

function requireBoolean(node: Expression, type: ValueType, report: Report): void {
  if (type.kind === 'boolean' || type.kind === 'any') return;
  const flag = type.kind === 'number' && node.type === 'name' ? `${node.name} = 1` : undefined;
  report('type_clash', node, `这里要是条件,而不是${KIND_WORDS[type.kind]}`, flag);
}

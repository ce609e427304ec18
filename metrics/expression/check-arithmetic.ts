import type { ArithmeticOperator, Expression } from './ast';
import type { Report } from './scope';
import {
  DIMENSIONLESS,
  divideUnits,
  multiplyUnits,
  sameBases,
  sameFactor,
  type Unit,
  unitText,
} from './unit';
import { ANY, isNumber, KIND_WORDS, numberOf, type ValueType } from './value-type';

type NumberType = ValueType & { kind: 'number' };
type Binary = Expression & { type: 'binary' };

export function checkArithmetic(
  node: Binary & { op: ArithmeticOperator },
  left: ValueType,
  right: ValueType,
  report: Report,
): ValueType {
  if (left.kind === 'any' || right.kind === 'any') return ANY;
  if (isTime(left) && isTime(right) && node.op === '-') {
    report('type_clash', node, '日期或时刻不能直接相减', 'days_between(起, 止) 或 minutes_between(起, 止)');
    return ANY;
  }
  for (const [type, operand] of [
    [left, node.left],
    [right, node.right],
  ] as const) {
    if (!isNumber(type)) {
      report('type_clash', operand, `“${node.op}”两边要是数,这里是${KIND_WORDS[type.kind]}`);
      return ANY;
    }
  }
  if (!isNumber(left) || !isNumber(right)) return ANY;
  if (node.op === '/' && right.literal === 0) report('wrong_argument', node.right, '除数为零');
  if (left.constant && right.constant) return { kind: 'number', unit: DIMENSIONLESS, constant: true };
  return node.op === '+' || node.op === '-'
    ? addition(node, left, right, report)
    : multiplication(node.op === '/', left, right);
}

function addition(node: Binary, left: NumberType, right: NumberType, report: Report): ValueType {
  checkSameUnit(node, left, right, `“${node.op}”`, report);
  return left.constant ? numberOf(right.unit) : numberOf(left.unit);
}

/** Reports numbers that cannot stand beside each other in a sum or a comparison. Constants take the other's unit. */
export function checkSameUnit(
  node: Binary,
  left: NumberType,
  right: NumberType,
  what: string,
  report: Report,
): void {
  if (left.constant || right.constant || !left.unit || !right.unit) return;
  if (!sameBases(left.unit, right.unit)) {
    report('unit_clash', node, `${what}两边单位不同:${unitText(left.unit)} 与 ${unitText(right.unit)}`);
  } else if (!sameFactor(left.unit, right.unit)) {
    report(
      'unit_scale',
      node,
      `${what}两边都是${unitText(left.unit)},但量级不同,可能漏了换算`,
      undefined,
      'warning',
    );
  }
}

/**
 * A power of ten from 10 up is a conversion (亿元 × 10000 = 万元: the number grows, the unit shrinks); any other
 * constant is a quantity and leaves the unit alone.
 */
function multiplication(divide: boolean, left: NumberType, right: NumberType): ValueType {
  if (right.constant) return numberOf(convert(left.unit, right.literal, divide));
  if (left.constant && !divide) return numberOf(convert(right.unit, left.literal, false));
  const leftUnit = left.constant ? DIMENSIONLESS : left.unit;
  if (!leftUnit || !right.unit) return numberOf();
  return numberOf(divide ? divideUnits(leftUnit, right.unit) : multiplyUnits(leftUnit, right.unit));
}

function convert(unit: Unit | undefined, literal: number | undefined, divide: boolean): Unit | undefined {
  if (!unit || literal === undefined || literal < 10 || !Number.isInteger(Math.log10(literal))) return unit;
  return { ...unit, factor: divide ? unit.factor * literal : unit.factor / literal };
}

export function isTime(type: ValueType): boolean {
  return type.kind === 'date' || type.kind === 'datetime';
}

import { closestName } from '@/metrics/model/closest-name';
import type { Expression } from './ast';
import { checkSameUnit, isTime } from './check-arithmetic';
import type { Report } from './scope';
import { isNumber, KIND_WORDS, type ValueType } from './value-type';

/** Reports two values that cannot be compared; `node` carries the place of both. */
export function checkComparison(
  node: Expression & { type: 'binary' },
  left: ValueType,
  right: ValueType,
  report: Report,
): void {
  if (left.kind === 'any' || right.kind === 'any') return;
  if (left.kind === 'null' || right.kind === 'null') {
    report('type_clash', node, '与空值比较永远不成立', node.op === '<>' ? 'is not null' : 'is null');
    return;
  }
  if (isNumber(left) && isNumber(right)) {
    checkSameUnit(node, left, right, '比较', report);
    return;
  }
  if (left.kind === 'string' && right.kind === 'string') {
    if (node.op !== '=' && node.op !== '<>')
      report('type_clash', node, '文本没有大小,只能判断相同与不同', '= 或 in (…)');
    checkValue(left, right, node.right, report);
    checkValue(right, left, node.left, report);
    return;
  }
  if (left.kind === right.kind || isFlag(left, right) || isFlag(right, left)) return;
  report(
    'type_clash',
    node,
    `${KIND_WORDS[left.kind]}不能与${KIND_WORDS[right.kind]}比较`,
    proposal(node, left, right) ?? proposal(node, right, left),
  );
}

/** A 0/1 literal against a yes-or-no column is how sources write it. */
function isFlag(flag: ValueType, literal: ValueType): boolean {
  return (
    flag.kind === 'boolean' && literal.kind === 'number' && (literal.literal === 0 || literal.literal === 1)
  );
}

function checkValue(column: ValueType, text: ValueType, place: Expression, report: Report): void {
  if (column.kind !== 'string' || text.kind !== 'string') return;
  if (column.values === undefined || text.literal === undefined || column.values.includes(text.literal))
    return;
  const near = closestName(text.literal, column.values);
  report(
    'unknown_value',
    place,
    `没有取值“${text.literal}”,可用:${column.values.slice(0, 20).join('、')}`,
    near === undefined ? undefined : `'${near}'`,
  );
}

function proposal(node: Expression & { type: 'binary' }, a: ValueType, b: ValueType): string | undefined {
  if (a.kind === 'datetime' && b.kind === 'date') return '用 date(…) 取时刻的日期';
  if (!isTime(a) || b.kind !== 'string') return undefined;
  const day = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(b.literal ?? '');
  if (!day) return '日期写作 @2026-03-01';
  const [, year = '', month = '', date = ''] = day;
  return `${node.op} @${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

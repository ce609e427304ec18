import { closestName } from '@/metrics/model/closest-name';
import type { Expression } from './ast';
import type { FunctionSignature, ParameterKind, Report, Scope } from './scope';
import { ANY, KIND_WORDS, type ValueType } from './value-type';

const PARAMETER_WORDS: Readonly<Record<ParameterKind, string>> = {
  number: '数',
  constant: '常数',
  boolean: '条件',
  string: '文本',
  date: '日期',
  datetime: '时刻',
  time: '日期或时刻',
  metric: '指标代码',
  any: '值',
};

export function checkCall(
  node: Expression & { type: 'call' },
  scope: Scope,
  report: Report,
  typeOf: (argument: Expression) => ValueType,
): ValueType {
  const signature = Object.hasOwn(scope.functions, node.name) ? scope.functions[node.name] : undefined;
  const types = node.args.map(typeOf);
  if (signature === undefined) {
    const near = closestName(node.name, Object.keys(scope.functions));
    const usable = near === undefined ? `,可用:${Object.keys(scope.functions).join('、')}` : '';
    const usage = near && scope.functions[near]?.usage;
    report('unknown_function', node.nameSpan, `没有函数“${node.name}”${usable}`, usage);
    return ANY;
  }
  if (!hasRightCount(signature, node.args.length)) {
    report('wrong_argument', node, `${node.name} 的参数个数不对:${node.args.length}`, signature.usage);
    return ANY;
  }
  let good = true;
  node.args.forEach((argument, index) => {
    const wanted = signature.parameters[Math.min(index, signature.parameters.length - 1)];
    const type = types[index];
    if (wanted === undefined || type === undefined || fits(wanted, type, argument)) return;
    good = false;
    const found = wanted === 'metric' || wanted === 'constant' ? '' : `,这里是${KIND_WORDS[type.kind]}`;
    report(
      'wrong_argument',
      argument,
      `${node.name} 的第 ${index + 1} 个参数要是${PARAMETER_WORDS[wanted]}${found}`,
      signature.usage,
    );
  });
  return good ? signature.result(types, node.args, report) : ANY;
}

function hasRightCount(signature: FunctionSignature, count: number): boolean {
  const least = signature.parameters.length;
  return signature.variadic ? count >= least : count === least;
}

function fits(wanted: ParameterKind, type: ValueType, node: Expression): boolean {
  if (node.type === 'error') return true;
  switch (wanted) {
    case 'any':
      return true;
    case 'metric':
      return node.type === 'name';
    case 'constant':
      return type.kind === 'number' && type.literal !== undefined;
    case 'time':
      return type.kind === 'date' || type.kind === 'datetime' || type.kind === 'any';
    default:
      return type.kind === wanted || type.kind === 'any';
  }
}

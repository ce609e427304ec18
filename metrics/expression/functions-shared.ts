import type { FunctionSignature } from './scope';
import { sameBases, unitText } from './unit';
import { ANY, isNumber, KIND_WORDS, type ValueType } from './value-type';

/** Functions that mean the same over rows and over metrics. */
export const SHARED_FUNCTIONS: Readonly<Record<string, FunctionSignature>> = {
  coalesce: {
    parameters: ['any', 'any'],
    variadic: true,
    usage: 'coalesce(x, 缺时取值)',
    result: (args, nodes, report) => {
      const type = common(args);
      const [first] = nodes;
      if (type === undefined && first)
        report(clashCode(args), spanOf(nodes), `coalesce 的各值${clash(args)}`);
      return type ?? ANY;
    },
  },
  if: {
    parameters: ['boolean', 'any', 'any'],
    usage: 'if(条件, 成立时, 否则)',
    result: (args, nodes, report) => {
      const type = common(args.slice(1));
      if (type === undefined)
        report(clashCode(args.slice(1)), spanOf(nodes), `if 的两个结果${clash(args.slice(1))}`);
      return type ?? ANY;
    },
  },
  clamp: {
    parameters: ['number', 'number', 'number'],
    usage: 'clamp(x, 下限, 上限)',
    result: (args, nodes, report) => {
      if (common(args) === undefined) report('unit_clash', spanOf(nodes), `clamp 的各值${clash(args)}`);
      return args[0] ?? ANY;
    },
  },
  abs: { parameters: ['number'], usage: 'abs(x)', result: ([x]) => x ?? ANY },
};

/** The type all have in common; null takes any, constants take the unit of the others; undefined on a clash. */
function common(types: readonly ValueType[]): ValueType | undefined {
  let result: ValueType = { kind: 'null' };
  for (const type of types) {
    if (type.kind === 'any') return ANY;
    if (type.kind === 'null') continue;
    if (result.kind === 'null') result = type;
    else if (type.kind !== result.kind) return undefined;
    else if (isNumber(type) && isNumber(result)) {
      if (type.unit && result.unit && !sameBases(type.unit, result.unit)) return undefined;
      if (result.constant) result = type;
    }
  }
  return result.kind === 'number' || result.kind === 'string' ? { ...result, literal: undefined } : result;
}

/** Numbers clash by their units, everything else by its kind. */
function clashCode(types: readonly ValueType[]): 'unit_clash' | 'type_clash' {
  return types.every((type) => isNumber(type) || type.kind === 'null') ? 'unit_clash' : 'type_clash';
}

function clash(types: readonly ValueType[]): string {
  if (clashCode(types) === 'type_clash')
    return `类型不同:${types.map((type) => KIND_WORDS[type.kind]).join('、')}`;
  const units = types.flatMap((type) => (isNumber(type) && type.unit ? unitText(type.unit) : []));
  return `单位不同:${[...new Set(units)].join(' 与 ')}`;
}

function spanOf(nodes: readonly { start: number; end: number }[]): { start: number; end: number } {
  return { start: nodes[0]?.start ?? 0, end: nodes.at(-1)?.end ?? 0 };
}

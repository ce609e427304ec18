import type { Expression, Span } from './ast';
import type { ExpressionFindingCode } from './finding';
import type { ValueType } from './value-type';

export type Report = (
  code: ExpressionFindingCode,
  span: Span,
  message: string,
  proposal?: string,
  severity?: 'error' | 'warning',
) => void;

/** What an argument must be. `time`: date or datetime; `metric`: the bare code of a metric; `constant`: a number literal. */
export type ParameterKind =
  | 'number'
  | 'constant'
  | 'boolean'
  | 'string'
  | 'date'
  | 'datetime'
  | 'time'
  | 'metric'
  | 'any';

export interface FunctionSignature {
  parameters: readonly ParameterKind[];
  /** The last parameter may be repeated. */
  variadic?: boolean;
  /** How it is written, for messages: `clamp(x, 下限, 上限)`. */
  usage: string;
  result(args: readonly ValueType[], nodes: readonly Expression[], report: Report): ValueType;
}

/** Names and functions that an expression may use: the columns of a dataset or the metrics of the catalogue. */
export interface Scope {
  /** 列 or 指标, for messages. */
  noun: string;
  resolve(name: string): ValueType | undefined;
  names(): Iterable<string>;
  functions: Readonly<Record<string, FunctionSignature>>;
}

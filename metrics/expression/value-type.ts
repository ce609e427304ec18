import type { Unit } from './unit';

/** What the checker knows about a value. `any` stands for what has already been reported. */
export type ValueType =
  /** `unit` undefined: not known. `constant`: made of literals alone, so it takes the unit it meets. */
  | { kind: 'number'; unit?: Unit; constant: boolean /** Value of a plain literal. */; literal?: number }
  /** `values`: the only texts an enumerated column can hold. `literal`: text of a literal. */
  | { kind: 'string'; values?: readonly string[]; literal?: string }
  | { kind: 'boolean' | 'date' | 'datetime' | 'null' | 'any' };

export type ValueKind = ValueType['kind'];

export const ANY: ValueType = { kind: 'any' };
export const BOOLEAN: ValueType = { kind: 'boolean' };

export function numberOf(unit?: Unit): ValueType {
  return unit === undefined ? { kind: 'number', constant: false } : { kind: 'number', unit, constant: false };
}

export function isNumber(type: ValueType): type is ValueType & { kind: 'number' } {
  return type.kind === 'number';
}

/** Chinese word of a kind for messages. */
export const KIND_WORDS: Readonly<Record<ValueKind, string>> = {
  number: '数',
  string: '文本',
  boolean: '条件',
  date: '日期',
  datetime: '时刻',
  null: '空值',
  any: '未知',
};

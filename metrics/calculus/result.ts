import { Decimal, decimalText, type NumberLike, percentOf, toDecimal } from '@/metrics/format/decimal';
import { percentText, wholePair } from './exact-percent';

/**
 * How a value came about. `published`: the publisher's own figure. `computed`: by rule from the operands.
 * `approximate`: by a rule that leaves a residual (拉动 from nominal shares). `deduced`: 推算, the difference
 * of two published figures that may have been revised since.
 */
export type ResultBasis = 'published' | 'computed' | 'approximate' | 'deduced';

/** Known flags with the words a passport shows for them. */
export const FLAG_ZH = {
  missing: '本期缺',
  operand_missing: '缺用到的数',
  base_missing: '上年同期缺',
  base_zero: '基期为0',
  base_neg: '基期为负',
  turned_negative: '由正转负',
  small_base: '基数过小',
  base_final: '基期为最终核实数或普查数',
  div0: '除数为0',
  nominal_unadjusted: '名义、未调整',
  published_missing: '未发布',
  published_differs: '与发布增速不一致',
  not_applicable: '不计算',
  not_comparable: '口径不可比',
  ytd_revised: '差为负,上期累计可能已修订',
  ytd_mismatch: '当月之和与累计不符',
  partial: '不完整',
  nearly_whole: '个别县缺数但覆盖≥95%',
  locf: '沿用上期',
  approximate: '近似',
  rollup_mismatch: '分地区合计与本级值不符',
  low_coverage: '覆盖不足',
  growth_too_small: '增速过小,不显示贡献率',
  growth_negative: '增速为负,不显示贡献率',
  short_series: '序列过短',
  internal_sa: '内部季调',
  invalid_sample: '有效样本不足',
  deduced: '推算',
  missing_parts: '分项有缺',
  integrity_discount: '数据在线率或有效率不足,分项已扣减',
  running: '本期未结束',
  merged_jan_feb: '1-2月合并',
  out_of_scope: '不在数据范围内',
  definition_differs: '两期口径版本不同',
  status_mixed: '所用各数的版次状态不同',
  basis_assumed: '口径按惯例推定',
  inferred: '由其他发布数推得',
  mixed_origin: '部分取公布数,其余由明细计算',
  series_break: '与此前口径不可直接比',
  counted_otherwise: '一期为普查时点数,一期为年末推算数',
} as const;
export type Flag = keyof typeof FLAG_ZH;

/** One thing a value was made of, under the name the rule gives it. */
export interface Operand {
  name: string;
  value: string | null;
}

/** A value with its making. `value` is unrounded decimal text; null is missing, never 0. */
export interface Result {
  value: string | null;
  /** Words that stand instead of a number (上年同期为0), or beside it. */
  text?: string;
  flags: Flag[];
  basis: ResultBasis;
  operands: Operand[];
}

export type Operands = Readonly<Record<string, NumberLike>>;

interface Making {
  flags?: readonly Flag[];
  basis?: ResultBasis;
  text?: string;
}

/** Builds a result; text is taken as it is, operands are listed in the order given. */
export function resultOf(value: Decimal | string | null, operands: Operands, making: Making = {}): Result {
  const result: Result = {
    value: value === null || typeof value === 'string' ? value : decimalText(value),
    flags: making.flags === undefined ? [] : [...making.flags],
    basis: making.basis ?? 'computed',
    operands: operandList(operands),
  };
  // Set, not spread: results are made by the hundred thousand.
  if (making.text !== undefined) result.text = making.text;
  return result;
}

/** A loop, for this runs once a cell. */
function operandList(operands: Operands): Operand[] {
  const list: Operand[] = [];
  for (const name of Object.keys(operands)) list.push({ name, value: operandText(operands[name]) });
  return list;
}

const PLAIN = /^-?\d+(\.\d+)?$/;

/** Text of an operand as it came; only what is not yet plain decimal text is parsed. */
function operandText(operand: NumberLike): string | null {
  if (typeof operand === 'string' && PLAIN.test(operand)) return operand;
  const decimal = toDecimal(operand);
  return decimal === null ? null : decimalText(decimal);
}

/** A result without value, and why. */
export function noResult(flag: Flag, operands: Operands, making: Omit<Making, 'flags'> = {}): Result {
  return resultOf(null, operands, { ...making, flags: [flag] });
}

/** Sum; null as soon as one summand is missing: a partial sum is never passed off as a sum. */
export function sumOf(values: readonly NumberLike[]): Decimal | null {
  let total: Decimal = new Decimal(0);
  for (const value of values) {
    const decimal = toDecimal(value);
    if (decimal === null) return null;
    total = total.plus(decimal);
  }
  return total;
}

/** The values that are there. */
export function presentOf(values: readonly NumberLike[]): Decimal[] {
  return values.map(toDecimal).filter((value) => value !== null);
}

/** Arithmetic mean of the values that are there; null when there are none. */
export function meanOf(values: readonly NumberLike[]): Decimal | null {
  const present = presentOf(values);
  return present.length === 0 ? null : (sumOf(present)?.div(present.length) ?? null);
}

/** part / whole in percent, with div0 and missing operands flagged. */
export function percentage(
  part: NumberLike,
  whole: NumberLike,
  operands: Operands,
  making: Making = {},
): Result {
  const pair = wholePair(part, whole);
  if (pair !== null && pair.b !== 0) return resultOf(percentText(pair.a, pair.b), operands, making);
  const a = toDecimal(part);
  const b = toDecimal(whole);
  if (a === null || b === null) return noResult('operand_missing', operands);
  if (b.isZero()) return noResult('div0', operands);
  return resultOf(percentOf(a, b), operands, making);
}

import { Decimal } from 'decimal.js';
import type { DatasetColumn } from '@/metrics/model/dataset';
import { strip, toHalfWidth } from './clean';
import { type CellReader, type CellResult, missing, problem, value } from './result';

const PLAIN = /^-?\d{1,28}(?:\.\d+)?$/;
const THOUSANDS = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const SCIENTIFIC = /^-?\d(?:\.\d+)?[eE][+-]?\d{1,2}$/;

/** Numbers: plain, with thousands separators, full-width, scientific; units, percent signs and words are refused. */
export function numberReader(column: DatasetColumn): CellReader {
  const scale = column.type === 'integer' ? 0 : (column.scale ?? 10);
  const sentinels = new Set((column.sentinels ?? []).map(Number));
  const limits = limitText(column);
  const min = column.min ?? Number.NEGATIVE_INFINITY;
  const max = column.max ?? Number.POSITIVE_INFINITY;
  return (raw) => {
    const simple = simpleNumber(raw, scale);
    if (simple >= min && simple <= max && !sentinels.has(simple)) return { text: raw, tsv: raw };
    const read = plainNumber(raw);
    if ('problem' in read) return read.problem;
    const number = Number(read.text);
    if (sentinels.has(number)) return missing('sentinel');
    if (
      (column.min !== undefined && number < column.min) ||
      (column.max !== undefined && number > column.max)
    )
      return problem('out_of_range', `${read.text} 超出允许范围 ${limits}`);
    const point = read.text.indexOf('.');
    const digits = point < 0 ? 0 : read.text.length - point - 1;
    if (digits <= scale) return value(read.text, read.flag);
    const exact = new Decimal(read.text);
    if (scale === 0 && !exact.isInteger()) return problem('not_integer', `${read.text} 不是整数`);
    const rounded = exact.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP);
    // 184.00 has no more digits than 184.0, it is only written longer.
    return value(rounded.toFixed(), rounded.equals(exact) ? read.flag : 'rounded');
  };
}

/**
 * Digits with at most `scale` of them behind a point: the ordinary number of a machine export, read without a pattern,
 * because a large file has tens of millions of them. NaN for any other text.
 */
function simpleNumber(text: string, scale: number): number {
  const { length } = text;
  if (length === 0 || length > 15) return Number.NaN;
  let point = -1;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) continue;
    if (code !== 46 || point >= 0 || i === 0) return Number.NaN;
    point = i;
  }
  if (point >= 0 && (point === length - 1 || length - point - 1 > scale)) return Number.NaN;
  return Number(text);
}

type PlainNumber = { text: string; flag?: string } | { problem: CellResult };

function plainNumber(raw: string): PlainNumber {
  if (PLAIN.test(raw)) return { text: raw };
  const half = toHalfWidth(strip(raw)).trim();
  const flag = half === strip(raw) ? undefined : 'fullwidth_fixed';
  const unsigned = half.replace(/^\+(?=\d)/, '');
  if (PLAIN.test(unsigned)) return { text: unsigned, flag };
  if (THOUSANDS.test(unsigned)) return { text: unsigned.replaceAll(',', ''), flag: 'thousands_fixed' };
  if (SCIENTIFIC.test(unsigned)) return { text: new Decimal(unsigned).toFixed(), flag: 'scientific_fixed' };
  return { problem: refused(half) };
}

function refused(text: string): CellResult {
  if (/^-?[\d.,]+\s*(?:%|‰|[a-zA-Zμ/³²]+|[\u4e00-\u9fff]+)$/.test(text))
    return problem('unit_in_value', `“${text}”把单位写进了数值,只写数字`);
  if (/^-?\d+,\d{1,2}$/.test(text)) return problem('decimal_comma', `“${text}”的小数点写成了逗号`);
  if (/^[零〇一二三四五六七八九十百千万亿两点]+$/.test(text))
    return problem('chinese_number', `“${text}”是中文数字,写成阿拉伯数字`);
  if (/^[\dOolI.]+$/.test(text) && /\d/.test(text))
    return problem('not_a_number', `“${text}”不是数字,是否把 0 写成 O、1 写成 l`);
  return problem('not_a_number', `“${text}”不是数字`);
}

function limitText(column: DatasetColumn): string {
  return `${column.min ?? '−∞'} 至 ${column.max ?? '+∞'}${column.unit ? ` ${column.unit}` : ''}`;
}

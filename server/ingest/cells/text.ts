import type { DatasetColumn } from '@/metrics/model/dataset';
import { nearest } from '@/server/ingest/nearest';
import { strip, toHalfWidth } from './clean';
import { type CellReader, problem, value } from './result';

const MAX_LENGTH = 4000;
/** An identity number that a spreadsheet turned into 1.40101E+17: its digits are lost. */
const LOST_DIGITS = /^\d(?:\.\d+)?[eE]\+\d+$/;
const PLAIN_ID_NUMBER = /(?<!\d)\d{17}[\dXx](?![\dXx])/;
const PLAIN_PHONE = /(?<!\d)1[3-9]\d{9}(?!\d)/;

/** Personal numbers in plain text are never kept, not even with a rejected row. */
export function maskPersonal(text: string): string {
  return text
    .replace(new RegExp(PLAIN_ID_NUMBER, 'g'), (id) => `${id.slice(0, 6)}********${id.slice(-4)}`)
    .replace(new RegExp(PLAIN_PHONE, 'g'), (phone) => `${phone.slice(0, 3)}****${phone.slice(-4)}`);
}

export function textReader(column: DatasetColumn): CellReader {
  return (raw) => {
    const text = strip(raw);
    if (text.length > MAX_LENGTH) return problem('too_long', `文字超过 ${MAX_LENGTH} 个字符`);
    if (LOST_DIGITS.test(text))
      return problem('lost_digits', `“${text}”被表格软件改成了科学计数,原有数字已丢失`);
    if (column.pii === 'hashed') return hashText(text);
    if (column.pii === 'masked' && (PLAIN_ID_NUMBER.test(text) || PLAIN_PHONE.test(text)))
      return problem('personal_data', '含有未脱敏的证件号或手机号,请脱敏后重报');
    return value(text, text.length === raw.trim().length ? undefined : 'invisible_removed');
  };
}

function hashText(text: string) {
  const hash = text.toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return value(hash);
  return problem('not_hashed', '此列只收密钥哈希(64 位十六进制),不收明文');
}

export function choiceReader(column: DatasetColumn): CellReader {
  const values = column.enumValues ?? [];
  const byLower = new Map(values.map((one) => [one.toLowerCase(), one]));
  return (raw) => {
    const text = toHalfWidth(strip(raw));
    const found = byLower.get(text.toLowerCase());
    if (found !== undefined) return value(found);
    const near = nearest(text, values);
    return problem(
      'not_in_list',
      `“${text}”不在取值表中:${values.join('、')}${near ? `;是否为 ${near}` : ''}`,
    );
  };
}

const YES = new Set(['1', 'true', 't', 'yes', 'y', '是', '真']);
const NO = new Set(['0', 'false', 'f', 'no', 'n', '否', '假']);

export function booleanReader(): CellReader {
  return (raw) => {
    const text = toHalfWidth(strip(raw)).toLowerCase();
    if (YES.has(text)) return value('1');
    if (NO.has(text)) return value('0');
    return problem('not_boolean', `“${raw}”不是 是/否(1/0)`);
  };
}

import { Decimal } from 'decimal.js';
import type { Span } from './ast';
import { type ExpressionFinding, finding } from './finding';

export const KEYWORDS = ['and', 'or', 'not', 'in', 'between', 'is', 'null', 'true', 'false'] as const;
export type Keyword = (typeof KEYWORDS)[number];

export type Token = Span &
  (
    | { type: 'number' | 'date' | 'datetime' | 'name' | 'string'; text: string }
    | { type: 'keyword'; text: Keyword }
    | { type: 'symbol'; text: string }
    | { type: 'end'; text: '' }
  );

/** Longest expression that is read at all; the catalogue's longest is under 300 characters. */
export const MAX_LENGTH = 4000;
export const MAX_TOKENS = 1000;

const SPACE = /[ \t\r\n]+/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const DATE = /@(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?/y;
const SYMBOL = /<=|>=|<>|!=|==|&&|\|\||[-+*/(),=<>!]/y;
/** What the warehouse's decimals hold with room for arithmetic: a literal beyond would be cut or fail at run time. */
const MAX_WHOLE_DIGITS = 18;
const MAX_FRACTION_DIGITS = 10;
/** The engine's dates; outside them two different days would compare equal. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2105;

/** What people write from other languages, and what it is here. */
const FOREIGN: Readonly<Record<string, string>> = {
  '==': '=',
  '!=': '<>',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
};
/** Signs of a Chinese input method or of mathematics. */
const TYPOGRAPHIC: Readonly<Record<string, string>> = {
  '\u3001': ',',
  '\u2264': '<=',
  '\u2265': '>=',
  '\u2260': '<>',
  '\u00d7': '*',
  '\u00f7': '/',
  '\u2212': '-',
};
/** The full-width block U+FF01…FF5E repeats ASCII at this distance. */
const FULL_WIDTH_OFFSET = 0xfee0;
const CURLY_QUOTED = /[“”‘’]([^“”‘’]*)[“”‘’]/y;

/** Cuts the text into tokens; what is no token is reported and skipped, so that all slips show at once. */
export function tokenize(text: string): { tokens: Token[]; findings: ExpressionFinding[] } {
  const findings: ExpressionFinding[] = [];
  const tokens: Token[] = [];
  if (text.length > MAX_LENGTH) {
    findings.push(
      finding('too_long', { start: MAX_LENGTH, end: text.length }, `表达式超过 ${MAX_LENGTH} 个字符`),
    );
    return { tokens: [{ type: 'end', text: '', start: 0, end: 0 }], findings };
  }
  let at = 0;
  while (at < text.length) {
    const space = matchAt(SPACE, text, at);
    if (space) {
      at += space.length;
      continue;
    }
    if (tokens.length >= MAX_TOKENS) {
      findings.push(finding('too_many', { start: at, end: text.length }, `表达式超过 ${MAX_TOKENS} 个词`));
      break;
    }
    at = readToken(text, at, tokens, findings);
  }
  tokens.push({ type: 'end', text: '', start: text.length, end: text.length });
  return { tokens, findings };
}

function readToken(text: string, start: number, tokens: Token[], findings: ExpressionFinding[]): number {
  const first = text[start] ?? '';
  if (first === "'" || first === '"') return readString(text, start, first, tokens, findings);
  const date = matchAt(DATE, text, start);
  if (date) return readDate(date, start, tokens, findings);
  const number = matchAt(NUMBER, text, start);
  if (number) return readNumber(text, number, start, tokens, findings);
  const name = matchAt(NAME, text, start);
  if (name) {
    const span = { start, end: start + name.length };
    const lower = name.toLowerCase();
    const keyword = KEYWORDS.find((word) => word === lower);
    tokens.push(
      keyword ? { type: 'keyword', text: keyword, ...span } : { type: 'name', text: name, ...span },
    );
    return span.end;
  }
  const symbol = matchAt(SYMBOL, text, start);
  if (symbol) {
    const span = { start, end: start + symbol.length };
    pushSymbol(FOREIGN[symbol] ?? symbol, symbol, span, tokens, findings);
    return span.end;
  }
  return readForeignCharacter(text, start, tokens, findings);
}

function pushSymbol(
  meant: string,
  written: string,
  span: Span,
  tokens: Token[],
  findings: ExpressionFinding[],
): void {
  if (meant !== written && written !== '!=') {
    findings.push(finding('syntax', span, `这里不能写“${written}”`, meant));
  }
  const keyword = KEYWORDS.find((word) => word === meant);
  tokens.push(
    keyword ? { type: 'keyword', text: keyword, ...span } : { type: 'symbol', text: meant, ...span },
  );
}

function readForeignCharacter(
  text: string,
  start: number,
  tokens: Token[],
  findings: ExpressionFinding[],
): number {
  const quoted = matchAt(CURLY_QUOTED, text, start);
  if (quoted) {
    const span = { start, end: start + quoted.length };
    const value = quoted.slice(1, -1);
    findings.push(finding('bad_character', span, '字符串要用英文引号', `'${value}'`));
    tokens.push({ type: 'string', text: value, ...span });
    return span.end;
  }
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const span = { start, end: start + character.length };
  const meant = TYPOGRAPHIC[character] ?? fullWidthSign(character);
  findings.push(finding('bad_character', span, `不认识的字符“${printable(character)}”`, meant));
  if (meant !== undefined) tokens.push({ type: 'symbol', text: meant, ...span });
  return span.end;
}

/** The ASCII sign that a full-width one stands for, if it is a sign of the language. */
function fullWidthSign(character: string): string | undefined {
  const ascii = String.fromCharCode(Math.max(0, character.charCodeAt(0) - FULL_WIDTH_OFFSET));
  return '-+*/(),=<>'.includes(ascii) ? ascii : undefined;
}

function readString(
  text: string,
  start: number,
  quote: string,
  tokens: Token[],
  findings: ExpressionFinding[],
): number {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === quote) {
      if (text[at + 1] === quote) at += 1;
      else {
        tokens.push({ type: 'string', text: value, start, end: at + 1 });
        return at + 1;
      }
    } else if (character < ' ' || character === '\u007f') {
      findings.push(finding('bad_string', { start: at, end: at + 1 }, '字符串中不能有控制字符'));
    }
    value += character;
  }
  findings.push(finding('bad_string', { start, end: text.length }, '字符串没有结束', `在末尾补 ${quote}`));
  tokens.push({ type: 'string', text: value, start, end: text.length });
  return text.length;
}

function readNumber(
  text: string,
  number: string,
  start: number,
  tokens: Token[],
  findings: ExpressionFinding[],
): number {
  const tail = matchAt(/[A-Za-z0-9_.%]+/y, text, start + number.length) ?? '';
  const span = { start, end: start + number.length + tail.length };
  if (tail !== '') {
    findings.push(finding('bad_number', span, `“${number}${tail}”不是数`, tail === '%' ? number : undefined));
  } else if (!isStorable(number)) {
    findings.push(
      finding(
        'bad_number',
        span,
        `数字的整数部分至多 ${MAX_WHOLE_DIGITS} 位,小数至多 ${MAX_FRACTION_DIGITS} 位`,
      ),
    );
  }
  tokens.push({ type: 'number', text: number, ...span });
  return span.end;
}

function isStorable(number: string): boolean {
  const value = new Decimal(number);
  return value.lt(new Decimal(10).pow(MAX_WHOLE_DIGITS)) && value.decimalPlaces() <= MAX_FRACTION_DIGITS;
}

function readDate(date: string, start: number, tokens: Token[], findings: ExpressionFinding[]): number {
  const span = { start, end: start + date.length };
  const text = date.slice(1);
  const year = Number(text.slice(0, 4));
  if (!isRealDate(text)) findings.push(finding('bad_date', span, `没有“${text}”这一天或这一时刻`));
  else if (year < FIRST_YEAR || year > LAST_YEAR)
    findings.push(finding('bad_date', span, `日期限 ${FIRST_YEAR} 至 ${LAST_YEAR} 年`));
  tokens.push({ type: text.includes('T') ? 'datetime' : 'date', text, ...span });
  return span.end;
}

function isRealDate(text: string): boolean {
  const [day = '', time = '00:00'] = text.split('T');
  const instant = new Date(`${day}T${time}:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(`${day}T${time}`);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function printable(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const visible = code >= 0x20 && code !== 0x7f && !/[\p{C}\p{Z}]/u.test(character);
  return visible ? character : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

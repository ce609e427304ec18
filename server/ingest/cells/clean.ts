import { type CellResult, missing } from './result';

/** Zero-width characters, changes of writing direction, and control characters but tab and line ends. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?![\t\n\r])\p{Cc}/gu;
/** Full-width digits, letters and punctuation that belong to numbers and codes. */
const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g;

/** Words that mean "nothing here" in tables of any origin. */
const PLACEHOLDERS = new Set([
  '-',
  '--',
  '–',
  '—',
  '——',
  '/',
  '\\N',
  'N/A',
  'n/a',
  'NA',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '无',
  '…',
  '……',
  '...',
]);
const EXCEL_ERROR = /^#(?:DIV\/0!|N\/A|VALUE!|REF!|NAME\?|NUM!|NULL!)$/;

/** Without invisible characters and outer blanks (also the ideographic one). */
export function strip(text: string): string {
  return text.replace(INVISIBLE, '').trim();
}

export function toHalfWidth(text: string): string {
  return text.replace(FULL_WIDTH, (c) =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  );
}

/** A cell that says "nothing" (empty, 无, N/A, #DIV/0!), or null when it says something. */
export function readPlaceholder(text: string): CellResult | null {
  if (text === '') return missing();
  if (PLACEHOLDERS.has(text)) return missing('placeholder');
  if (EXCEL_ERROR.test(text)) return missing('excel_error');
  return null;
}

import type { RejectCode } from '@/server/datasets/reject-titles';

/** What a foreign cell says for a column: canonical text or null, perhaps with a mark, or what is wrong with it. */
export interface CellResult {
  /**
   * Canonical: plain decimal number, `YYYY-MM-DD`, `YYYY-MM-DD hh:mm:ss` (Asia/Shanghai), 0/1, or the text itself.
   */
  text: string | null;
  /** The same, as a field of the engine's TabSeparated format. */
  tsv: string;
  flag?: string;
  problem?: { code: RejectCode; reason: string };
}

export type CellReader = (text: string) => CellResult;

const SPECIAL = /[\\\t\n\r\0]/;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
};

export function tsvText(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r\0]/g, (c) => ESCAPES[c] ?? c) : text;
}

export function value(text: string, flag?: string): CellResult {
  return { text, tsv: tsvText(text), ...(flag && { flag }) };
}

export function missing(flag?: string): CellResult {
  return { text: null, tsv: '\\N', ...(flag && { flag }) };
}

export function problem(code: RejectCode, reason: string): CellResult {
  return { text: null, tsv: '\\N', problem: { code, reason } };
}

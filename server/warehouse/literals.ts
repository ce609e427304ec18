import type { QueryParam } from '@/server/warehouse/query';

/**
 * Binds parameters on our side of the embedded engine: each `{name:Type}` becomes one literal of that type. The driver
 * runs queries with parameters one at a time in the whole process, whatever their connection, so a screen would wait
 * for the end of every long statement of a job; queries without parameters run side by side.
 */

const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_]*):([A-Za-z0-9]+(?:\([A-Za-z0-9, ]+\))?)\}/g;
const WHOLE = /^-?\d{1,20}$/;
const NUMBER = /^-?\d{1,60}(\.\d{1,60})?(e[+-]?\d{1,3})?$/i;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What the engine reads of a statement at most; parameters would not count towards it, literals do. */
const MAX_QUERY_BYTES = 200_000;

/** @returns null when a value has no literal here or the text would be too long: then the driver has to bind it. */
export function withLiterals(sql: string, params: Readonly<Record<string, QueryParam>>): string | null {
  let complete = true;
  const text = sql.replace(PLACEHOLDER, (whole, name: string, type: string) => {
    const literal = Object.hasOwn(params, name) ? literalOf(params[name], type) : null;
    if (literal === null) complete = false;
    return literal ?? whole;
  });
  return complete && Buffer.byteLength(text) <= MAX_QUERY_BYTES ? text : null;
}

function literalOf(value: QueryParam | undefined, type: string): string | null {
  if (type === 'Identifier') return typeof value === 'string' && NAME.test(value) ? `\`${value}\`` : null;
  const member = /^Array\((.+)\)$/.exec(type)?.[1];
  if (member === undefined) return scalarOf(value, type);
  if (!Array.isArray(value)) return null;
  const members = value.map((one) => scalarOf(one, member));
  return members.includes(null) ? null : `CAST([${members.join(', ')}] AS ${type})`;
}

function scalarOf(value: unknown, type: string): string | null {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : null;
  if (text === null) return null;
  if (type === 'String') return quoted(text);
  if (/^U?Int(8|16|32|64)$/.test(type)) return WHOLE.test(text) ? `CAST('${text}' AS ${type})` : null;
  if (/^(Float64|Decimal\(\d+, ?\d+\))$/.test(type))
    return NUMBER.test(text) ? `CAST('${text}' AS ${type})` : null;
  if (type === 'Date' || type === 'UUID') return `CAST(${quoted(text)} AS ${type})`;
  return null;
}

/** A back-slash or a quote is the only way out of a literal; a zero byte would end the statement for the engine. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

import { types } from 'node:util';

/**
 * What may be written down of an error: a statement's bound parameters are people's data, tokens and passwords, and its
 * libraries put them into messages. Everything that logs, keeps or shows an error's text takes it from here.
 */
export interface RedactedError {
  type: string;
  message: string;
  stack?: string;
  code?: string | number;
  place?: string;
  /** Of PostgreSQL; its `detail` and `where` quote values and are left out. */
  table?: string;
  constraint?: string;
  cause?: RedactedError;
}

type Fields = Error & Readonly<Record<string, unknown>>;

const HIDDEN = '…';
/** Shorter ones are numbers and names of states that occur in any text. */
const SECRET_CHARS = 4;
const DEPTH = 5;

export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** The message of whatever was thrown, without bound parameters. */
export function messageOf(error: unknown): string {
  return isError(error) ? messageWithout(error as Fields, parametersOf(error)) : String(error);
}

export function redacted(error: Error): RedactedError {
  return fieldsOf(error as Fields, parametersOf(error), DEPTH);
}

function fieldsOf(error: Fields, parameters: readonly string[], depth: number): RedactedError {
  const message = messageWithout(error, parameters);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const { code, place, table, constraint, cause } = error;
  return {
    type: error.name,
    message,
    ...(frames.length > 0 && { stack: [`${error.name}: ${message}`, ...frames].join('\n') }),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof place === 'string' && { place }),
    ...(typeof table === 'string' && { table }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(isError(cause) && depth > 0 && { cause: fieldsOf(cause as Fields, parameters, depth - 1) }),
  };
}

function messageWithout(error: Fields, parameters: readonly string[]): string {
  let text = error.message;
  // Drizzle: the statement, and its parameters after it.
  if (typeof error.query === 'string' && Array.isArray(error.params)) text = `Failed query: ${error.query}`;
  // PostgreSQL: data exceptions quote the value.
  else if (typeof error.severity === 'string' && /^22/.test(String(error.code)))
    text = text.replace(/"[^"]*"/g, `"${HIDDEN}"`);
  else if (isOfClickHouse(error))
    text = text
      .replace(/[\s:.]*\b(in scope|while (?:processing|executing|converting))\b[\s\S]*$/i, '')
      .replace(/'(?:[^'\\]|\\.)*'/g, `'${HIDDEN}'`);
  for (const secret of parameters) text = text.replaceAll(secret, HIDDEN);
  return text.replace(/\nparams: [\s\S]*$/, '');
}

/** Its messages repeat the statement, in which parameters are literals. */
function isOfClickHouse(error: Fields): boolean {
  return (
    typeof error.clickhouseCode === 'number' ||
    (typeof error.type === 'string' && /^\d+$/.test(String(error.code))) ||
    /\bDB::Exception\b/.test(error.message)
  );
}

/** All parameters known of the error and its causes, the longest first: one may be part of another. */
function parametersOf(error: unknown): string[] {
  const found = new Set<string>();
  let at: unknown = error;
  for (let depth = 0; depth <= DEPTH && isError(at); depth += 1) {
    const { params } = at as Fields;
    if (Array.isArray(params))
      for (const value of params.flat())
        if (typeof value === 'string' && value.length >= SECRET_CHARS) found.add(value);
    at = at.cause;
  }
  return [...found].sort((a, b) => b.length - a.length);
}

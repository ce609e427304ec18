/**
 * SQL as chunks until the last moment: text we wrote, identifiers of our own contracts, bound values. A value can only
 * become a parameter, so no input ever turns into syntax.
 */
export type SqlValue = string | number | boolean | readonly (string | number)[];

export type Chunk =
  | { kind: 'text'; text: string }
  | { kind: 'identifier'; name: string }
  | { kind: 'param'; type: ParamType; value: SqlValue };

export const PARAM_TYPES = [
  'String',
  'Int64',
  'UInt32',
  'Float64',
  'Date',
  'Decimal(38, 10)',
  'Array(String)',
  'Array(Date)',
  'Array(Int16)',
  'Array(UInt32)',
] as const;
export type ParamType = (typeof PARAM_TYPES)[number];

export interface Fragment {
  chunks: readonly Chunk[];
}

export interface RenderedSql {
  sql: string;
  params: Readonly<Record<string, SqlValue>>;
}

type Part = Fragment | readonly Fragment[];

/** Tagged template; only fragments can be interpolated, so a string cannot slip in as SQL. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Part[]): Fragment {
  const chunks: Chunk[] = [];
  strings.forEach((text, i) => {
    if (text !== '') chunks.push({ kind: 'text', text });
    const part = parts[i];
    if (part === undefined) return;
    if ('chunks' in part) chunks.push(...part.chunks);
    else chunks.push(...join(part, ', ').chunks);
  });
  return { chunks };
}

/** A column or table of our own catalogues; throws on anything that is not a plain name. */
export function ident(name: string): Fragment {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) throw new Error(`"${name}" is not an identifier`);
  return { chunks: [{ kind: 'identifier', name }] };
}

export function param(value: SqlValue, type: ParamType): Fragment {
  return { chunks: [{ kind: 'param', type, value }] };
}

export const text = (value: string): Fragment => param(value, 'String');

/** Whole numbers of our own tables (breakpoints, thresholds), written into the text: they are syntax, not input. */
export function integer(value: number): Fragment {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number`);
  return { chunks: [{ kind: 'text', text: value < 0 ? `(${value})` : String(value) }] };
}

export function join(fragments: readonly Fragment[], separator: string): Fragment {
  const chunks: Chunk[] = [];
  fragments.forEach((fragment, i) => {
    if (i > 0) chunks.push({ kind: 'text', text: separator });
    chunks.push(...fragment.chunks);
  });
  return { chunks };
}

/** Text and parameters; parameters are numbered in order of appearance, so equal fragments give equal SQL. */
export function render(fragment: Fragment): RenderedSql {
  const params: Record<string, SqlValue> = {};
  const names = new Map<string, string>();
  let out = '';
  for (const chunk of fragment.chunks) {
    if (chunk.kind === 'text') out += chunk.text;
    else if (chunk.kind === 'identifier') out += `\`${chunk.name}\``;
    else {
      const key = `${chunk.type}:${JSON.stringify(chunk.value)}`;
      let name = names.get(key);
      if (name === undefined) {
        name = `p${names.size + 1}`;
        names.set(key, name);
        params[name] = chunk.value;
      }
      out += `{${name}:${chunk.type}}`;
    }
  }
  return { sql: out, params };
}

import type { z } from 'zod';

export type QueryParam = string | number | boolean | null | readonly (string | number)[];

/**
 * A query of the warehouse: it has a name (for logs and benchmarks), bound parameters and settings. Settings go into
 * the SQL text: sent beside it, the embedded engine keeps them for the session.
 */
export interface Query<Row> {
  name: string;
  sql: string;
  params?: Readonly<Record<string, QueryParam>>;
  settings?: Readonly<Record<string, string | number>>;
  row: z.ZodType<Row>;
}

export interface Command {
  name: string;
  sql: string;
  params?: Readonly<Record<string, QueryParam>>;
  settings?: Readonly<Record<string, string | number>>;
}

/** 64-bit integers and decimals as text, or JSON would round them. */
const READ_SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
};

export function sqlWithSettings(sql: string, settings: Readonly<Record<string, string | number>>): string {
  const entries = Object.entries(settings);
  if (entries.length === 0) return sql;
  const clause = entries
    .map(([name, value]) => {
      if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`setting name ${name}`);
      return `${name}=${typeof value === 'number' ? String(value) : `'${value.replace(/[\\']/g, '\\$&')}'`}`;
    })
    .join(', ');
  return `${sql.trimEnd()}\nSETTINGS ${clause}`;
}

export function readSettings(own: Query<unknown>['settings']): Record<string, string | number> {
  return { ...READ_SETTINGS, max_execution_time: 60, ...own };
}

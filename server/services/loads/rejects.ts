import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Context } from '@/server/context';
import { COMMON_COLUMNS } from '@/server/datasets/columns';
import { findDataset } from '@/server/datasets/registry';
import { rejectTitle } from '@/server/datasets/reject-titles';
import { mendedRowsOf, unmendedRows } from './mended';
import type { RejectedRow } from './types';
import { visibleLoad } from './visible';

export const rejectsInput = z.object({
  id: z.string(),
  /** Rows of the file after this one. */
  afterRow: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(100),
});

const quarantined = z.object({
  row_number: z.number(),
  column: z.string(),
  code: z.string(),
  reason: z.string(),
  headers: z.array(z.string()),
  fields: z.array(z.string()),
});
type Quarantined = z.infer<typeof quarantined>;

/** A page of a load's rejected rows in the file's order, with how many there are of each reason. */
export async function listRejects(
  ctx: Context,
  given: z.input<typeof rejectsInput>,
): Promise<{
  rows: RejectedRow[];
  nextAfterRow: number | null;
  byCode: { code: string; title: string; column: string; columnTitle: string | null; rows: number }[];
}> {
  const input = rejectsInput.parse(given);
  const load = await visibleLoad(ctx, input.id);
  const found = await readPage(ctx, load.id, input.afterRow, input.limit + 1);
  const byCode = await ctx.warehouse.screens.rows({
    name: 'load_rejects_by_code',
    sql: `SELECT code, column, toUInt32(count()) AS rows FROM quarantine_row FINAL
      WHERE load_id = {load:UUID} GROUP BY code, column ORDER BY rows DESC, code, column`,
    params: { load: load.id },
    row: z.object({ code: z.string(), column: z.string(), rows: z.number() }),
  });
  const page = found.slice(0, input.limit);
  const words = wordsOf(load.dataset);
  const mended = await mendedRowsOf(ctx, load.id, {
    from: page[0]?.row_number ?? 0,
    to: page.at(-1)?.row_number ?? 0,
  });
  return {
    rows: page.map(({ row_number, column, code, reason, headers, fields }) => ({
      row: row_number,
      column,
      columnTitle: words.titleOf(column),
      code,
      reason: words.named(reason),
      mendedBy: mended.get(row_number) ?? null,
      cells: fields.map((text, i) => ({
        header: headers[i] ?? '',
        title: words.titleOf(headers[i] ?? ''),
        text,
      })),
    })),
    nextAfterRow: found.length > input.limit ? (page.at(-1)?.row_number ?? null) : null,
    byCode: byCode.map(({ code, column, rows }) => ({
      code,
      title: rejectTitle(words.contract, code) ?? code,
      column,
      columnTitle: words.titleOf(column),
      rows,
    })),
  };
}

/** Titles of a dataset's columns: what an operator reads; a foreign header of a mapped file has none. */
function wordsOf(dataset: string) {
  const contract = findDataset(dataset)?.contract;
  const titles = new Map(
    [...(contract?.columns ?? []), ...COMMON_COLUMNS].map(({ name, title }) => [name, title]),
  );
  return {
    contract,
    titleOf: (column: string) => titles.get(column.trim()) ?? null,
    // Kept reasons name columns by their code.
    named: (reason: string) =>
      reason.replace(/(^|;)([a-z][a-z0-9_]*)(?=:)/g, (all, before: string, name: string) => {
        const title = titles.get(name);
        return title === undefined ? all : `${before}${title}`;
      }),
  };
}

/** Which rows of a load are read. */
interface Wanted {
  condition: string;
  params: Record<string, string[]>;
}
const EVERY_ROW: Wanted = { condition: 'true', params: {} };

function readPage(
  ctx: Context,
  loadId: string,
  afterRow: number,
  limit: number,
  { condition, params }: Wanted = EVERY_ROW,
): Promise<Quarantined[]> {
  return ctx.warehouse.screens.rows({
    name: 'load_rejects',
    sql: `SELECT row_number, column, code, reason, headers, fields FROM quarantine_row FINAL
      WHERE load_id = {load:UUID} AND row_number > {after:UInt32} AND ${condition}
      ORDER BY row_number LIMIT {limit:UInt32}`,
    params: { ...params, load: loadId, after: afterRow, limit },
    row: quarantined,
  });
}

export const rejectsCsvInput = z.object({
  id: z.string(),
  /** `left`: without the rows that a later load is known to have taken in. */
  rows: z.enum(['left', 'all']).default('left'),
});

/**
 * A load's rejected rows as a CSV file to be mended and sent again: the columns as they were given, then `_row`,
 * `_column` and `_reason`, which ingestion passes over. Starts with a byte order mark, for Excel.
 */
export async function rejectsCsv(
  ctx: Context,
  given: z.input<typeof rejectsCsvInput>,
): Promise<{ fileName: string; body: Readable }> {
  const input = rejectsCsvInput.parse(given);
  const load = await visibleLoad(ctx, input.id);
  const sets = await ctx.warehouse.screens.rows({
    name: 'load_reject_headers',
    sql: `SELECT headers FROM quarantine_row FINAL WHERE load_id = {load:UUID} GROUP BY headers ORDER BY min(row_number)`,
    params: { load: load.id },
    row: z.object({ headers: z.array(z.string()) }),
  });
  // The download's own notes would pile up when a mended file is rejected again.
  const headers = [...new Set(sets.flatMap((set) => set.headers))].filter((name) => !name.startsWith('_'));
  const wanted = input.rows === 'all' ? EVERY_ROW : await unmendedRows(ctx, load.id);
  const body = Readable.from(csvPages(ctx, load.id, headers, wanted), { objectMode: false });
  return { fileName: `rejects-${load.dataset}-${load.id.slice(0, 8)}.csv`, body };
}

const PAGE_ROWS = 1000;

async function* csvPages(
  ctx: Context,
  loadId: string,
  headers: readonly string[],
  wanted: Wanted,
): AsyncGenerator<string> {
  // A row with more fields than the header says keeps them, in columns that are passed over.
  yield `\ufeff${csvLine([...headers, '_row', '_column', '_reason', '_surplus'])}`;
  let after = 0;
  for (;;) {
    const page = await readPage(ctx, loadId, after, PAGE_ROWS, wanted);
    if (page.length === 0) return;
    after = page.at(-1)?.row_number ?? after;
    yield page.map((row) => csvLine(lineOf(row, headers))).join('');
    if (page.length < PAGE_ROWS) return;
  }
}

function lineOf(row: Quarantined, headers: readonly string[]): string[] {
  const text = new Map(row.headers.map((name, i) => [name, row.fields[i] ?? '']));
  const surplus = row.fields.slice(row.headers.length).join(',');
  return [
    ...headers.map((name) => text.get(name) ?? ''),
    String(row.row_number),
    row.column,
    row.reason,
    surplus,
  ];
}

function csvLine(fields: readonly string[]): string {
  return `${fields.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')}\n`;
}

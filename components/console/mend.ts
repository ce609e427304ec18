import { csvLine } from './format';

export interface RejectedCells {
  row: number;
  cells: readonly { header: string; title?: string | null; text: string }[];
}

/** Tells the cockpit which row of the rejected file a mended row is. */
const ROW_NOTE = '_row';

/** Chinese titles of headers that are columns of the contract. */
export function titlesOf(rows: readonly RejectedCells[]): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(({ cells }) => cells.flatMap(({ header, title }) => (title ? [[header, title]] : []))),
  );
}

/** New texts by row number, then by header. */
export type Edits = ReadonlyMap<number, ReadonlyMap<string, string>>;

/** Headers of the rejected rows in the file's order; the notes of an earlier download (`_row` …) are left out. */
export function headersOf(rows: readonly RejectedCells[]): string[] {
  const headers = new Set(rows.flatMap(({ cells }) => cells.map(({ header }) => header)));
  return [...headers].filter((header) => header !== '' && !header.startsWith('_'));
}

export function withEdit(edits: Edits, row: number, header: string, text: string): Edits {
  const next = new Map(edits);
  next.set(row, new Map(edits.get(row)).set(header, text));
  return next;
}

/** Rows that really differ from what was rejected. */
export function changedRows<Row extends RejectedCells>(rows: readonly Row[], edits: Edits): Row[] {
  return rows.filter(({ row, cells }) =>
    [...(edits.get(row) ?? [])].some(
      ([header, text]) => text !== (cells.find((cell) => cell.header === header)?.text ?? ''),
    ),
  );
}

/** The rows as they now stand, as a CSV file under the headers they came with and the number of each in its file. */
export function mendCsv(rows: readonly RejectedCells[], edits: Edits): string {
  const headers = headersOf(rows);
  const lines = rows.map(({ row, cells }) =>
    csvLine([
      ...headers.map(
        (header) => edits.get(row)?.get(header) ?? cells.find((cell) => cell.header === header)?.text ?? '',
      ),
      String(row),
    ]),
  );
  return `${[csvLine([...headers, ROW_NOTE]), ...lines].join('\n')}\n`;
}

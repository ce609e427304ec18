import { type CsvError, type Parser, parse } from 'csv-parse';
import { AppError } from '@/server/errors';
import type { RecordSource, SourceRecord } from './records';

const MAX_RECORD_CHARS = 1_000_000;

/**
 * Rows of a CSV text. Text without a single quotation mark, the usual case of machine exports, is cut at its
 * separators directly, several times faster than a full parser; from the first quotation mark on, csv-parse reads.
 * Both give the same rows (tested). Blank lines are passed over, but count as rows; a row with another number of fields
 * than the header is marked broken.
 * @throws AppError `bad_input` with the row for quotes that do not close.
 */
export async function openCsv(chunks: AsyncGenerator<string>): Promise<RecordSource> {
  const rows = csvRows(chunks);
  let before = 0;
  let first: string[][] = [];
  while (first.length === 0) {
    const next = await rows.next();
    if (next.done) throw new AppError('bad_input', '文件里没有表头', { place: 'header' });
    const header = next.value.findIndex((fields) => !isBlank(fields));
    before += header < 0 ? next.value.length : header;
    if (header >= 0) first = next.value.slice(header);
  }
  const headers = first[0] ?? [];
  return {
    headers,
    headersAreOptional: false,
    batches: async function* () {
      let row = before + 1;
      const numbered = (batch: string[][]): SourceRecord[] => {
        const records: SourceRecord[] = [];
        for (const fields of batch) {
          row += 1;
          if (fields.length === headers.length && !isBlank(fields)) records.push({ row, fields });
          else if (!isBlank(fields)) records.push({ row, fields, broken: brokenWidth(fields, headers) });
        }
        return records;
      };
      yield numbered(first.slice(1));
      for await (const batch of rows) yield numbered(batch);
    },
  };
}

/** A blank line has one field, which is empty. */
function isBlank(fields: readonly string[]): boolean {
  return fields.length === 1 && fields[0] === '';
}

function brokenWidth(fields: readonly string[], headers: readonly string[]): SourceRecord['broken'] {
  return { code: 'column_count', reason: `有 ${fields.length} 个字段,表头有 ${headers.length} 个` };
}

async function* csvRows(chunks: AsyncGenerator<string>): AsyncGenerator<string[][]> {
  let pending = '';
  let separator: string | undefined;
  let seen = 0;
  for (;;) {
    const next = await chunks.next();
    if (next.done) break;
    const text = pending + next.value;
    separator ??= separatorOf(text);
    if (next.value.includes('"') || (seen === 0 && text.includes('\r') && !text.includes('\n'))) {
      yield* parsedRows(text, chunks, separator, seen);
      return;
    }
    const end = text.lastIndexOf('\n');
    pending = text.slice(end + 1);
    if (pending.length > MAX_RECORD_CHARS) throw tooLong(seen + 1);
    if (end < 0) continue;
    const rows = cut(text.slice(0, end), separator);
    seen += rows.length;
    yield rows;
  }
  if (pending.trim() !== '') yield cut(pending, separator ?? ',');
}

/** A header with tabs and no comma is tab-separated; everything else is comma-separated. */
function separatorOf(text: string): string {
  const header = text.split('\n', 1)[0] ?? '';
  return header.includes('\t') && !header.includes(',') ? '\t' : ',';
}

function cut(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.split('\n')) {
    const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
    rows.push(whole.split(separator));
  }
  return rows;
}

async function* parsedRows(
  head: string,
  rest: AsyncGenerator<string>,
  separator: string,
  seen: number,
): AsyncGenerator<string[][]> {
  const parser = parse({
    delimiter: separator,
    // Counted by us: a short row is one rejected row, not the end of the load.
    relax_column_count: true,
    max_record_size: MAX_RECORD_CHARS,
  });
  const rows: string[][] = [];
  const take = () => rows.splice(0);
  let failure: CsvError | Error | undefined;
  parser.on('readable', () => {
    for (
      let record = parser.read() as string[] | null;
      record !== null;
      record = parser.read() as string[] | null
    ) {
      rows.push(record);
    }
  });
  parser.on('error', (error) => {
    failure = error;
  });
  const check = () => {
    if (failure) throw csvProblem(failure, seen);
  };
  await feed(parser, head, check);
  yield take();
  for await (const text of rest) {
    await feed(parser, text, check);
    yield take();
  }
  await new Promise<void>((resolve) => {
    parser.on('end', resolve);
    parser.on('error', () => resolve());
    parser.end();
  });
  check();
  yield take();
}

async function feed(parser: Parser, text: string, check: () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => resolve();
    parser.once('error', done);
    parser.write(text, () => {
      parser.off('error', done);
      resolve();
    });
  });
  // The parser announces what it has read a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  check();
}

/** The row is the parser's to say: it stops before it hands over the last good rows. `seen`: rows that came before it. */
function csvProblem(error: CsvError | Error, seen: number): AppError {
  const code = 'code' in error ? error.code : '';
  const row = seen + ('records' in error && typeof error.records === 'number' ? error.records : 0) + 1;
  if (code === 'CSV_MAX_RECORD_SIZE') return tooLong(row);
  const place = `第 ${row} 行`;
  const message =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? `${place}的引号没有闭合,文件可能不完整;没有写入任何数据`
      : `${place}的引号用法有误,无法分列(字段中的引号应写成两个引号);没有写入任何数据`;
  return new AppError('bad_input', message, { place: `row ${row}`, cause: error });
}

function tooLong(row: number): AppError {
  return new AppError('bad_input', `第 ${row} 行过长,文件可能没有换行;没有写入任何数据`, {
    place: `row ${row}`,
  });
}

import type { Readable } from 'node:stream';
import type pg from 'pg';

type Client = Pick<pg.PoolClient, 'query'>;

const BATCH_ROWS = 2_000;

/** The product's own tables. The job queue's schema is left out: its schedules are made again at every start. */
export async function listTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  return rows.map((row) => row.name);
}

/**
 * One JSON object a line, made by the database itself, so that no value passes through a JavaScript number or date; in
 * the order of the text, so that equal tables give equal files. `seen` gets each line with its line end.
 */
export async function* dumpTable(
  client: Client,
  table: string,
  seen: (line: string) => void,
): AsyncGenerator<string> {
  const name = `backup_${table}`;
  await client.query(
    `DECLARE ${quote(name)} NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${quote(table)} t ORDER BY 1`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${BATCH_ROWS} FROM ${quote(name)}`);
    if (rows.length === 0) break;
    for (const { line } of rows) {
      const text = `${line}\n`;
      seen(text);
      yield text;
    }
  }
  await client.query(`CLOSE ${quote(name)}`);
}

/** Inserts dumped lines; the caller holds the transaction. Returns the number of rows. */
export async function loadTable(client: Client, table: string, lines: Readable): Promise<number> {
  let batch: string[] = [];
  let total = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await client.query(
      `INSERT INTO ${quote(table)} OVERRIDING SYSTEM VALUE
       SELECT * FROM json_populate_recordset(NULL::${quote(table)}, $1::json)`,
      [`[${batch.join(',')}]`],
    );
    total += batch.length;
    batch = [];
  };
  let rest = '';
  for await (const chunk of lines.setEncoding('utf8')) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      batch.push(line);
      if (batch.length >= BATCH_ROWS) await flush();
    }
  }
  await flush();
  return total;
}

/** After rows were inserted with their numbers, every sequence goes on behind the largest one. */
export async function moveSequences(client: Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT table_name AS table, column_name AS column,
       pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
     FROM information_schema.columns
     WHERE table_schema = 'public' AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`,
  );
  for (const { table, column, sequence } of rows)
    await client.query(
      `SELECT setval($1::regclass, coalesce((SELECT max(${quote(column)}) FROM ${quote(table)}), 0) + 1, false)`,
      [sequence],
    );
}

export function quote(identifier: string): string {
  return `"${identifier.replace(/"/g, '""')}"`;
}

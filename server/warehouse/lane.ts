import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type { InsertFormat, Lane } from '@/server/warehouse/client';
import { withLiterals } from '@/server/warehouse/literals';
import { type QueryParam, readSettings, sqlWithSettings } from '@/server/warehouse/query';

interface LaneOptions {
  /** Parameters become literals on our side where they can (see `literals.ts`). */
  literals?: boolean;
}

/** Makes a lane over equal connections; each call takes the one with the fewest calls under way. */
export function createLane(clients: readonly ClickHouseClient[], options: LaneOptions = {}): Lane {
  const busy = clients.map(() => 0);

  async function use<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    let index = 0;
    for (let i = 1; i < busy.length; i++) if ((busy[i] ?? 0) < (busy[index] ?? 0)) index = i;
    const client = clients[index];
    if (!client) throw new Error('lane without a connection');
    busy[index] = (busy[index] ?? 0) + 1;
    try {
      return await work(client);
    } finally {
      busy[index] = (busy[index] ?? 1) - 1;
    }
  }

  /** Statement and parameters as the client takes them. */
  function bound(sql: string, params: Readonly<Record<string, QueryParam>> | undefined) {
    const text = options.literals && params ? withLiterals(sql, params) : null;
    return text === null ? { query: sql, query_params: mutableParams(params) } : { query: text };
  }

  return {
    rows: (query) =>
      use(async (client) => {
        const result = await client.query({
          ...bound(sqlWithSettings(query.sql, readSettings(query.settings)), query.params),
          format: 'JSONEachRow',
        });
        const raw = await result.json<unknown>();
        return raw.map((row, i) => {
          const parsed = query.row.safeParse(row);
          if (parsed.success) return parsed.data;
          throw new Error(
            `${query.name}: row ${i}: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
          );
        });
      }),
    text: (query, format) =>
      use(async (client) => {
        const result = await client.exec({
          ...bound(
            `${sqlWithSettings(query.sql, { max_execution_time: 120, ...query.settings })}\nFORMAT ${identifier(format)}`,
            query.params,
          ),
        });
        const chunks: Buffer[] = [];
        for await (const chunk of result.stream) chunks.push(Buffer.from(chunk as Uint8Array));
        return Buffer.concat(chunks).toString('utf8');
      }),
    command: (command) =>
      use(async (client) => {
        await client.command(bound(sqlWithSettings(command.sql, command.settings ?? {}), command.params));
      }),
    insert: (table, rows, settings = {}) =>
      use(async (client) => {
        if (rows.length === 0) return;
        const body = rows.map((row) => JSON.stringify(row)).join('\n');
        await insertInto(client, table, '', 'JSONEachRow', Buffer.from(body), settings);
      }),
    insertBytes: (table, columns, format, bytes) =>
      use(async (client) => {
        if (bytes.length === 0) return;
        await insertInto(client, table, ` (${columns.map(identifier).join(', ')})`, format, bytes, {});
      }),
  };
}

async function insertInto(
  client: ClickHouseClient,
  table: string,
  columns: string,
  format: InsertFormat,
  bytes: Buffer,
  settings: Readonly<Record<string, string | number>>,
): Promise<void> {
  const result = await client.exec({
    query: `${sqlWithSettings(`INSERT INTO ${identifier(table)}${columns}`, settings)} FORMAT ${format}`,
    values: Readable.from([bytes], { objectMode: false }),
  });
  // The stream must be drained, or the connection is not given back.
  for await (const _ of result.stream);
}

function mutableParams(params: Readonly<Record<string, QueryParam>> | undefined): Record<string, unknown> {
  return { ...params };
}

export function identifier(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`"${name}" is not an identifier`);
  return name;
}

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { CommandIo } from '@/server/commands/command';
import type { Stores } from '@/server/context';

/** Which migrations each store has, as hashes and names; equal lists mean the same schema. */
export async function appliedMigrations(
  runtime: CommandIo['runtime'],
): Promise<{ database: string[]; warehouse: string[] }> {
  const { rows } = await runtime.database.pool.query<{ hash: string }>(
    'SELECT hash FROM drizzle.__drizzle_migrations ORDER BY id',
  );
  const files = await runtime.stores.warehouse.jobs.rows({
    name: 'migrations_applied',
    sql: 'SELECT name, any(hash) AS hash FROM schema_migration GROUP BY name ORDER BY name',
    row: z.object({ name: z.string(), hash: z.string() }),
  });
  return {
    database: rows.map((row) => row.hash),
    warehouse: files.map((file) => `${file.name} ${file.hash}`),
  };
}

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() })) });

/** The same lists for this version of the product, read from its files. */
export function shippedMigrations(appRoot: string): { database: string[]; warehouse: string[] } {
  const hashOf = (...parts: string[]) =>
    createHash('sha256')
      .update(fs.readFileSync(path.join(appRoot, 'server', ...parts)))
      .digest('hex');
  const journal = journalSchema.parse(
    JSON.parse(fs.readFileSync(path.join(appRoot, 'server/db/migrations/meta/_journal.json'), 'utf8')),
  );
  const files = fs
    .readdirSync(path.join(appRoot, 'server/warehouse/migrations'))
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort();
  return {
    database: journal.entries.map(({ tag }) => hashOf('db/migrations', `${tag}.sql`)),
    warehouse: files.map((name) => `${name} ${hashOf('warehouse/migrations', name)}`),
  };
}

export interface WarehouseTable {
  name: string;
  /** Keeps the newest row of a key, the others until a merge. */
  replacing: boolean;
}

/** The warehouse's own tables, without views. */
export async function warehouseTables(stores: Pick<Stores, 'warehouse'>): Promise<WarehouseTable[]> {
  const rows = await stores.warehouse.jobs.rows({
    name: 'warehouse_tables',
    sql: `SELECT name, engine FROM system.tables
      WHERE database = {database:String} AND engine LIKE '%MergeTree' ORDER BY name`,
    params: { database: stores.warehouse.database },
    row: z.object({ name: z.string(), engine: z.string() }),
  });
  return rows.map((row) => ({ name: row.name, replacing: row.engine.includes('Replacing') }));
}

/** Rows by table; of a table that replaces rows the ones that count, since merges take the others away at any time. */
export async function countTables(stores: Pick<Stores, 'warehouse'>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, replacing } of await warehouseTables(stores)) {
    const [row] = await stores.warehouse.jobs.rows({
      name: 'count_table',
      sql: `SELECT count() AS n FROM {table:Identifier}${replacing ? ' FINAL' : ''}`,
      params: { table: name },
      row: z.object({ n: z.coerce.number() }),
    });
    counts[name] = row?.n ?? 0;
  }
  return counts;
}

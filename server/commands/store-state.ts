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

import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { EmbeddedPostgres } from '@/server/db/embedded';
import { tables } from '@/server/db/schema/tables';

export type Database = NodePgDatabase<typeof tables>;
/** Inside `db.transaction(async (tx) => …)`. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseHandle {
  db: Database;
  pool: pg.Pool;
  kind: 'embedded' | 'server';
  version: string;
  /** Connection settings for libraries that bring their own pool (pg-boss). */
  connection: pg.PoolConfig;
  close(): Promise<void>;
}

export async function openDatabase(
  target: { url: string } | { embedded: EmbeddedPostgres; database?: string },
): Promise<DatabaseHandle> {
  const connection: pg.PoolConfig =
    'url' in target
      ? { connectionString: target.url }
      : {
          host: target.embedded.socketDir,
          user: target.embedded.user,
          database: target.database ?? target.embedded.database,
        };
  const pool = new pg.Pool({ ...connection, max: 12 });
  // An idle connection that the server closed (restart) must not end the process.
  pool.on('error', () => undefined);
  // One at work neither: its statement says it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { rows } = await pool.query<{ server_version: string }>('SHOW server_version');
  return {
    db: drizzle(pool, { schema: tables }),
    pool,
    connection,
    kind: 'url' in target ? 'server' : 'embedded',
    version: rows[0]?.server_version ?? 'unknown',
    close: () => pool.end(),
  };
}

import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { DatabaseHandle } from '@/server/db/client';

/** Any constant will do; every process of one installation must use the same. */
const MIGRATION_LOCK = 7_140_000;

/**
 * Runs `work` while this process alone holds the installation's migration lock (PostgreSQL advisory lock, released by
 * the server if the process dies). Both stores migrate under it.
 */
export async function withMigrationLock<T>(handle: DatabaseHandle, work: () => Promise<T>): Promise<T> {
  const client = await handle.pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    client.release();
  }
}

/** Applies the migrations that are missing; a second run does nothing. */
export async function migrateDatabase(handle: DatabaseHandle, directory: string): Promise<void> {
  await migrate(handle.db, { migrationsFolder: directory });
}

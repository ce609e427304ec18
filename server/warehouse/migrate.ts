import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '@/server/errors';
import type { Warehouse } from '@/server/warehouse/client';
import { identifier } from '@/server/warehouse/lane';

export interface WarehouseMigrationOptions {
  directory: string;
  /** ON CLUSTER and Replicated engines, for a ClickHouse cluster. */
  cluster?: string;
}

/**
 * Applies the numbered, idempotent SQL files once each, in order. Every statement is `IF NOT EXISTS` or its like, so a
 * run that died half way is simply run again. The caller holds the migration lock.
 * @returns names of the files applied now; empty on a second run.
 * @throws AppError `conflict` when a file that was applied has changed since.
 */
export async function migrateWarehouse(
  warehouse: Warehouse,
  options: WarehouseMigrationOptions,
): Promise<string[]> {
  const lane = warehouse.jobs;
  await lane.command({
    name: 'migration_table',
    sql: expand(
      `CREATE TABLE IF NOT EXISTS schema_migration {onCluster}
       (name String, hash String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
       ENGINE = {replicated}MergeTree ORDER BY name`,
      options.cluster,
    ),
  });
  const applied = new Map(
    (
      await lane.rows({
        name: 'migrations_applied',
        sql: 'SELECT name, any(hash) AS hash FROM schema_migration GROUP BY name ORDER BY name',
        row: z.object({ name: z.string(), hash: z.string() }),
      })
    ).map((row) => [row.name, row.hash]),
  );
  const files = (await fs.readdir(options.directory))
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort();
  const done: string[] = [];
  for (const name of files) {
    const text = await fs.readFile(path.join(options.directory, name), 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    const before = applied.get(name);
    if (before === hash) continue;
    if (before)
      throw new AppError('conflict', `warehouse migration ${name} was changed after it had been applied`);
    for (const statement of splitStatements(text)) {
      await lane.command({ name, sql: expand(statement, options.cluster) });
    }
    await lane.insert('schema_migration', [{ name, hash }]);
    done.push(name);
  }
  return done;
}

/** Statements end with a semicolon at the end of a line; `--` lines are comments. */
function splitStatements(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}

function expand(sql: string, cluster: string | undefined): string {
  return sql
    .replaceAll('{onCluster}', cluster ? `ON CLUSTER ${identifier(cluster)}` : '')
    .replaceAll('{replicated}', cluster ? 'Replicated' : '');
}

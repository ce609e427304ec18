import fs from 'node:fs';
import path from 'node:path';
import { type ClickHouseClient, type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client';
import { AppError } from '@/server/errors';
import { requirePackage } from '@/server/packages';
import type { Warehouse } from '@/server/warehouse/client';
import { createLane } from '@/server/warehouse/lane';

interface ChdbSession {
  close?(): void;
  cleanup?(): void;
}
interface ChdbModule {
  Session: new (path: string, options: { connectionArgs: string[] }) => ChdbSession;
}
interface ChdbConnectionModule {
  createChdbConnection(options: { path: string }): unknown;
}

const DATABASE = 'yiping';

/**
 * Opens the embedded warehouse below `dataDir`. One process owns the directory.
 * @throws AppError `conflict` when another process holds it, `unavailable` when chDB is not installed.
 */
export async function openEmbeddedWarehouse(dataDir: string): Promise<Warehouse & { backupDir: string }> {
  const chdb = load<ChdbModule>('chdb');
  const { createChdbConnection } = load<ChdbConnectionModule>('chdb/connection');
  const home = path.join(dataDir, 'warehouse');
  const store = path.join(home, 'store');
  const backupDir = path.join(home, 'backup');
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  fs.mkdirSync(backupDir, { recursive: true, mode: 0o700 });
  const configFile = path.join(home, 'engine.xml');
  fs.writeFileSync(configFile, engineConfig(backupDir), { mode: 0o600 });

  let session: ChdbSession;
  try {
    session = new chdb.Session(store, { connectionArgs: [`--config-file=${configFile}`] });
  } catch (cause) {
    throw new AppError('conflict', `the warehouse in ${dataDir} belongs to another running process`, {
      cause,
    });
  }
  const clients: ClickHouseClient[] = [];
  const open = (): ClickHouseClient => {
    const client = createClient({
      connection: createChdbConnection({ path: store }),
    } as ClickHouseClientConfigOptions);
    clients.push(client);
    return client;
  };
  // The engine ignores the client's `database` option: each connection is told once, and keeps it.
  const openOn = async (database: string) => {
    const client = open();
    await client.command({ query: `USE ${database}` });
    return client;
  };
  // Literals, or a screen would wait for the end of every long statement of a job.
  const pool = async (size: number) =>
    createLane(await Promise.all(Array.from({ length: size }, () => openOn(DATABASE))), { literals: true });

  const first = open();
  await first.command({ query: `CREATE DATABASE IF NOT EXISTS ${DATABASE}` });
  const versionRows = await (
    await first.query({ query: 'SELECT version() AS v', format: 'JSONEachRow' })
  ).json<{ v: string }>();

  return {
    kind: 'embedded',
    version: versionRows[0]?.v ?? 'unknown',
    database: DATABASE,
    backupDir,
    screens: await pool(3),
    jobs: await pool(1),
    loads: await pool(1),
    close: async () => {
      await Promise.allSettled(clients.map((client) => client.close()));
      session.close?.();
    },
  };
}

/** chDB is optional: a server installation leaves its 540 MB out. */
function load<T>(name: string): T {
  try {
    return requirePackage(name) as T;
  } catch (cause) {
    throw new AppError('unavailable', `${name} is not installed: run npm install, or set CLICKHOUSE_URL`, {
      cause,
    });
  }
}

/** The log tables would cost more than the data on a small machine. */
function engineConfig(backupDir: string): string {
  const text = backupDir.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`);
  return `<clickhouse><backups><allowed_path>${text}/</allowed_path></backups></clickhouse>\n`;
}

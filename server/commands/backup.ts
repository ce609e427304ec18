import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { audited } from '@/server/commands/audited';
import { type BackupManifest, MANIFEST_FILE, WAREHOUSE_FILE } from '@/server/commands/backup-manifest';
import { type CommandIo, command } from '@/server/commands/command';
import { dumpTable, listTables } from '@/server/commands/database-tables';
import { appliedMigrations, countTables } from '@/server/commands/store-state';
import { AppError } from '@/server/errors';

const input = z.object({
  /** Absolute path of a directory that does not exist yet or is empty. */
  directory: z.string().refine(path.isAbsolute, { error: 'an absolute path' }),
});

/**
 * Copies both stores into a directory. The database is read first, in one snapshot; the warehouse after it. So every
 * load and run that the copied database speaks of is in the copied warehouse; what came in between is in the warehouse
 * alone and is taken again, without doubling, when it is sent again. That it was made is in the audit here, not in the copy.
 */
export const backup = command({
  input,
  run: (io, { directory }): Promise<BackupManifest & { directory: string }> =>
    audited(
      io.ctx,
      { action: 'backup.create', entity: 'backup', details: { directory } },
      () => makeBackup(io, directory),
      ({ createdAt, tables }) => ({ createdAt, tables: Object.keys(tables).length }),
    ),
});

async function makeBackup(io: CommandIo, directory: string): Promise<BackupManifest & { directory: string }> {
  assertEmbedded(io);
  const within = path.relative(io.runtime.env.dataDir, directory);
  if (!within.startsWith('..') && !path.isAbsolute(within))
    throw new AppError('bad_input', `${directory} lies in the data directory: a backup goes elsewhere`, {
      place: 'directory',
    });
  makeDirectory(directory);
  if (fs.readdirSync(directory).length > 0)
    throw new AppError('conflict', `${directory} is not empty: a backup goes into a new directory`, {
      place: 'directory',
    });
  const tables = await backupDatabase(io, directory);
  io.progress({ step: 'warehouse' });
  const warehouse = await backupWarehouse(io, directory);
  const manifest: BackupManifest = {
    format: 1,
    createdAt: new Date(io.ctx.clock.nowMs()).toISOString(),
    versions: { database: io.runtime.database.version, warehouse: io.ctx.warehouse.version },
    migrations: await appliedMigrations(io.runtime),
    tables,
    warehouse,
  };
  // The manifest is written last: a directory without one is no backup.
  fs.writeFileSync(path.join(directory, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
  });
  return { ...manifest, directory };
}

/** One level at a time: `recursive` never returns where the system makes no directories (/proc). */
function makeDirectory(directory: string): void {
  if (fs.statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  try {
    if (path.dirname(directory) !== directory) makeDirectory(path.dirname(directory));
    fs.mkdirSync(directory, { mode: 0o700 });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new AppError('bad_input', `${directory} is no directory and cannot be made one${why}`, {
      place: 'directory',
      cause,
    });
  }
}

function assertEmbedded(io: CommandIo): void {
  if (io.ctx.warehouse.kind === 'server' || io.runtime.database.kind === 'server')
    throw new AppError(
      'bad_input',
      'the stores are servers: back them up with your own tools for PostgreSQL (pg_dump, WAL archiving) and ClickHouse (BACKUP … TO)',
    );
}

async function backupDatabase(io: CommandIo, directory: string): Promise<BackupManifest['tables']> {
  const client = await io.runtime.database.pool.connect();
  const tables: BackupManifest['tables'] = {};
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for (const table of await listTables(client)) {
      const file = `${table}.ndjson.gz`;
      const hash = createHash('sha256');
      let rows = 0;
      const target = fs.createWriteStream(path.join(directory, file), { mode: 0o600 });
      await pipeline(
        dumpTable(client, table, (line) => {
          rows++;
          hash.update(line);
        }),
        createGzip(),
        target,
      );
      tables[table] = { file, rows, sha256: hash.digest('hex') };
      io.progress({ step: table, rows });
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  return tables;
}

/** The engine may only write below its own backup directory; the file is moved from there. */
async function backupWarehouse(io: CommandIo, directory: string): Promise<BackupManifest['warehouse']> {
  const { warehouse } = io.ctx;
  const staging = path.join(
    io.runtime.env.dataDir,
    'warehouse',
    'backup',
    `${io.ctx.clock.nowMs()}-${process.pid}.tar.zst`,
  );
  try {
    const before = await countTables(io.ctx);
    await warehouse.jobs.command({
      name: 'backup',
      sql: `BACKUP DATABASE ${warehouse.database} TO File('${staging.replace(/[\\']/g, '\\$&')}')`,
    });
    const target = path.join(directory, WAREHOUSE_FILE);
    await fs.promises.copyFile(staging, target);
    await fs.promises.chmod(target, 0o600);
    const after = await countTables(io.ctx);
    const rows = Object.fromEntries(
      Object.entries(before).map(([table, n]) => {
        const later = after[table] ?? n;
        return [table, { least: Math.min(n, later), most: Math.max(n, later) }];
      }),
    );
    return { file: WAREHOUSE_FILE, sha256: await sha256OfFile(target), rows };
  } finally {
    fs.rmSync(staging, { force: true });
  }
}

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file), hash);
  return hash.digest('hex');
}

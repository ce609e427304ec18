import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { sha256OfFile } from '@/server/commands/backup';
import { type BackupManifest, backupManifestSchema, MANIFEST_FILE } from '@/server/commands/backup-manifest';
import type { Progress } from '@/server/commands/command';
import { loadTable, moveSequences, quote } from '@/server/commands/database-tables';
import { countTables, shippedMigrations, warehouseTables } from '@/server/commands/store-state';
import { whoAmI } from '@/server/commands/who';
import { systemActor } from '@/server/context';
import { controlSocketPath, isAnswered } from '@/server/control/socket';
import type { Env } from '@/server/env';
import { AppError } from '@/server/errors';
import { createLog } from '@/server/log';
import { openRuntime, type Runtime } from '@/server/runtime';
import { recordAudit } from '@/server/services/audit/record';

/**
 * Fills an empty data directory from a backup and checks what came out. Works on stores of its own and never beside a
 * running cockpit.
 * @throws AppError `conflict` when the directory is in use or not empty, or the backup is of another version.
 */
export async function restore(
  env: Env,
  directory: string,
  progress: (progress: Progress) => void,
): Promise<BackupManifest> {
  if (env.clickhouseUrl || env.databaseUrl)
    throw new AppError(
      'bad_input',
      'the stores are servers: restore them with your own tools for PostgreSQL and ClickHouse',
    );
  const manifest = readManifest(directory);
  if (await isAnswered(controlSocketPath(env.dataDir)))
    throw new AppError(
      'conflict',
      `a cockpit is running on ${env.dataDir}: stop it, or set another DATA_DIR`,
    );
  const there = fs.statSync(env.dataDir, { throwIfNoEntry: false });
  if (there && !there.isDirectory()) throw new AppError('conflict', `${env.dataDir} is no directory`);
  if (there && fs.readdirSync(env.dataDir).length > 0)
    throw new AppError(
      'conflict',
      `${env.dataDir} is not empty: a backup is restored into an empty directory; set another DATA_DIR`,
    );
  assertSameVersion(env, manifest);
  await checkFiles(directory, manifest, progress);
  try {
    await restoreStores(env, directory, manifest, progress);
  } catch (error) {
    // It was empty before: half a restore must not be taken for a whole one.
    for (const name of fs.readdirSync(env.dataDir))
      fs.rmSync(path.join(env.dataDir, name), { recursive: true, force: true });
    throw error;
  }
  return manifest;
}

async function restoreStores(
  env: Env,
  directory: string,
  manifest: BackupManifest,
  progress: (progress: Progress) => void,
): Promise<void> {
  const runtime = await openRuntime(env, {
    log: createLog('error'),
    onProgress: (step) => progress({ step: `open ${step}` }),
  });
  try {
    await restoreDatabase(runtime, directory, manifest, progress);
    progress({ step: 'warehouse' });
    await restoreWarehouse(runtime, directory, manifest);
    await assertCounts(runtime, manifest);
    // Now: the audit itself came out of the backup.
    await recordAudit(
      { ...runtime.stores, actor: systemActor(`command line (${whoAmI()})`) },
      { action: 'backup.restore', entity: 'backup', details: { directory, backupOf: manifest.createdAt } },
    );
  } finally {
    await runtime.close();
  }
}

function readManifest(directory: string): BackupManifest {
  const file = path.join(directory, MANIFEST_FILE);
  if (!fs.existsSync(file))
    throw new AppError('not_found', `${directory} holds no ${MANIFEST_FILE}: it is no (finished) backup`);
  const parsed = backupManifestSchema.safeParse(jsonOf(fs.readFileSync(file, 'utf8')));
  if (!parsed.success) throw new AppError('bad_input', `${file} is damaged or of an unknown format`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Before anything is written: every file is there and is what the manifest says. */
async function checkFiles(
  directory: string,
  manifest: BackupManifest,
  progress: (progress: Progress) => void,
): Promise<void> {
  progress({ step: 'checking the files' });
  const damaged = (file: string) => new AppError('bad_input', `${file} is missing or damaged`);
  const warehouse = path.join(directory, manifest.warehouse.file);
  if (!fs.existsSync(warehouse) || (await sha256OfFile(warehouse)) !== manifest.warehouse.sha256)
    throw damaged(manifest.warehouse.file);
  for (const { file, sha256 } of Object.values(manifest.tables)) {
    const full = path.join(directory, file);
    if (!fs.existsSync(full)) throw damaged(file);
    const hash = createHash('sha256');
    try {
      for await (const chunk of fs.createReadStream(full).pipe(createGunzip())) hash.update(chunk as Buffer);
    } catch {
      throw damaged(file);
    }
    if (hash.digest('hex') !== sha256) throw damaged(file);
  }
}

function assertSameVersion(env: Env, manifest: BackupManifest): void {
  if (JSON.stringify(shippedMigrations(env.appRoot)) !== JSON.stringify(manifest.migrations))
    throw new AppError(
      'conflict',
      'the backup was made by another version of the product: restore it with that version, then update',
    );
}

async function restoreDatabase(
  runtime: Runtime,
  directory: string,
  manifest: BackupManifest,
  progress: (progress: Progress) => void,
): Promise<void> {
  const client = await runtime.database.pool.connect();
  try {
    await client.query('BEGIN');
    // No foreign-key order and no append-only trigger while the rows of one snapshot go in.
    await client.query('SET LOCAL session_replication_role = replica');
    for (const [table, { file, rows }] of Object.entries(manifest.tables)) {
      // A fresh start has put the shipped definitions and the first data version there.
      await client.query(`DELETE FROM ${quote(table)}`);
      const lines: Readable = fs.createReadStream(path.join(directory, file)).pipe(createGunzip());
      const loaded = await loadTable(client, table, lines.pipe(new PassThrough()));
      if (loaded !== rows)
        throw new AppError('internal', `${table}: ${loaded} of ${rows} rows were restored`);
      progress({ step: table, rows: loaded });
    }
    await moveSequences(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function restoreWarehouse(
  runtime: Runtime,
  directory: string,
  manifest: BackupManifest,
): Promise<void> {
  const { warehouse } = runtime.stores;
  const staging = path.join(runtime.env.dataDir, 'warehouse', 'backup', 'restore.tar.zst');
  await fs.promises.copyFile(path.join(directory, manifest.warehouse.file), staging);
  try {
    for (const { name: table } of await warehouseTables(runtime.stores))
      await warehouse.jobs.command({
        name: 'restore_drop',
        sql: 'DROP TABLE {table:Identifier} SYNC',
        params: { table },
      });
    await warehouse.jobs.command({
      name: 'restore',
      sql: `RESTORE DATABASE ${warehouse.database} FROM File('${staging.replace(/[\\']/g, '\\$&')}')`,
    });
  } finally {
    fs.rmSync(staging, { force: true });
  }
}

async function assertCounts(runtime: Runtime, manifest: BackupManifest): Promise<void> {
  const counts = await countTables(runtime.stores);
  for (const [table, { least, most }] of Object.entries(manifest.warehouse.rows)) {
    const n = counts[table] ?? 0;
    if (n < least || n > most)
      throw new AppError('internal', `${table}: ${n} rows were restored, ${least} to ${most} were expected`);
  }
}

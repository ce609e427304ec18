import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '@/server/db/client';
import { startEmbeddedPostgres } from '@/server/db/embedded';
import { migrateDatabase, withMigrationLock } from '@/server/db/migrate';

const dataDir = path.join(os.tmpdir(), `yiping-pg-${randomBytes(5).toString('hex')}`);
const migrations = path.resolve('server/db/migrations');
let home: string | undefined;

afterAll(() => {
  fs.rmSync(dataDir, { recursive: true, force: true });
  if (home) fs.rmSync(home, { recursive: true, force: true });
});

describe('the private PostgreSQL', () => {
  it('starts without a TCP port, attaches to one left running, migrates once, and survives a stop', async () => {
    const first = await startEmbeddedPostgres(dataDir);
    home = first.home;
    const handle = await openDatabase({ embedded: first });
    await withMigrationLock(handle, () => migrateDatabase(handle, migrations));
    const count = async () =>
      (await handle.pool.query<{ n: string }>('SELECT count(*) AS n FROM drizzle.__drizzle_migrations'))
        .rows[0]?.n;
    const applied = await count();
    await withMigrationLock(handle, () => migrateDatabase(handle, migrations));
    expect(await count()).toBe(applied);
    const listening = await handle.pool.query<{ listen_addresses: string; fsync: string }>(
      "SELECT current_setting('listen_addresses') AS listen_addresses, current_setting('fsync') AS fsync",
    );
    expect(listening.rows[0]).toEqual({ listen_addresses: '', fsync: 'on' });
    await handle.pool.query("INSERT INTO setting VALUES ('kept', '1', now())");
    await handle.close();

    // As after a SIGKILL of the application: the server still runs, the next start attaches to it.
    const second = await startEmbeddedPostgres(dataDir);
    const again = await openDatabase({ embedded: second });
    expect((await again.pool.query("SELECT value FROM setting WHERE key = 'kept'")).rows).toEqual([
      { value: 1 },
    ]);
    await again.close();
    await second.stop();

    const third = await startEmbeddedPostgres(dataDir);
    const after = await openDatabase({ embedded: third });
    expect((await after.pool.query("SELECT value FROM setting WHERE key = 'kept'")).rows).toEqual([
      { value: 1 },
    ]);
    await after.close();
    await third.stop();
  });
});

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '@/server/db/client';
import { startEmbeddedPostgres } from '@/server/db/embedded';
import { migrateDatabase, withMigrationLock } from '@/server/db/migrate';
import { setting } from '@/server/db/schema/registry';
import { openTestRuntime } from '@/tests/support/stores';

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

  it('does not outlive its data directory: a new one at the same path begins empty', async () => {
    const keep = { dataDir: `${dataDir}-again`, keepDir: true };
    const first = await openTestRuntime(keep);
    await first.stores.db.insert(setting).values({ key: 'kept', value: 1, updatedAt: new Date() });
    await first.close();
    const again = await openTestRuntime(keep);
    expect(await again.stores.db.select().from(setting).where(eq(setting.key, 'kept'))).toHaveLength(1);
    await again.close();
    fs.rmSync(keep.dataDir, { recursive: true });
    const anew = await openTestRuntime({ dataDir: keep.dataDir });
    expect(await anew.stores.db.select().from(setting).where(eq(setting.key, 'kept'))).toEqual([]);
    await anew.close();
  });
});

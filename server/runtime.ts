import fs from 'node:fs';
import path from 'node:path';
import { assertNotBuilding } from '@/server/building';
import { createBus } from '@/server/bus';
import { bringUpCatalogue } from '@/server/catalogue/bring-up';
import { readShippedCatalogue } from '@/server/catalogue/read';
import type { Registry } from '@/server/catalogue/registry';
import { type Clock, type Stores, systemClock } from '@/server/context';
import { type ControlSocket, claimOwnership } from '@/server/control/socket';
import { type DatabaseHandle, openDatabase } from '@/server/db/client';
import { setAsideFormerPostgres, startEmbeddedPostgres } from '@/server/db/embedded';
import { createLocks } from '@/server/db/locks';
import { migrateDatabase, withMigrationLock } from '@/server/db/migrate';
import type { Env } from '@/server/env';
import { createLog, type Log } from '@/server/log';
import { createUnderWay } from '@/server/under-way';
import type { Warehouse } from '@/server/warehouse/client';
import { openEmbeddedWarehouse } from '@/server/warehouse/embedded';
import { migrateWarehouse } from '@/server/warehouse/migrate';
import { openServerWarehouse } from '@/server/warehouse/server';

/** The open stores of one process and everything that must be closed with them. */
export interface Runtime {
  env: Env;
  stores: Stores;
  database: DatabaseHandle;
  /** Where the embedded cluster lies, if there is one. */
  postgresHome?: string;
  control: ControlSocket;
  startedAtMs: number;
  /** Registers work to be done before the stores close; run in reverse order. */
  onClose(name: string, work: () => Promise<void> | void): void;
  close(): Promise<void>;
}

export interface RuntimeOptions {
  clock?: Clock;
  log?: Log;
  /** Each step's name as it begins, for a progress line. */
  onProgress?(step: string): void;
}

/** What a closing step may take; the whole stop must fit into 5 s with walls connected. */
const CLOSE_STEP_TIMEOUT_MS = 1_500;

/**
 * Opens both stores, brings them to the newest schema under one lock and returns them.
 * @throws AppError `conflict` when another process owns the data directory.
 */
export async function openRuntime(env: Env, options: RuntimeOptions = {}): Promise<Runtime> {
  assertNotBuilding();
  const log = options.log ?? createLog(env.logLevel);
  const clock = options.clock ?? systemClock;
  const progress = options.onProgress ?? (() => undefined);
  const closers: { name: string; work: () => Promise<void> | void }[] = [];
  const onClose = (name: string, work: () => Promise<void> | void) => {
    closers.push({ name, work });
  };
  let closing: Promise<void> | undefined;
  const close = () => {
    // A log of its own: that of requests and jobs may fall silent meanwhile.
    closing ??= closeAll(closers, log.child({}));
    return closing;
  };

  fs.mkdirSync(env.dataDir, { recursive: true, mode: 0o700 });
  fs.chmodSync(env.dataDir, 0o700);
  try {
    const control = await claimOwnership(env.dataDir);
    onClose('control socket', control.close);
    progress('database');
    const former = isNew(env) ? await setAsideFormerPostgres(env.dataDir, clock.nowMs()) : null;
    if (former) log.warn({ former }, 'the database of a former data directory at this path was moved aside');
    const { database, home } = await openOwnDatabase(env, onClose);
    // An embedded database is this process's alone.
    const locks = createLocks(database.kind === 'server' ? database.connection : null, log);
    onClose('locks', locks.close);
    progress('warehouse');
    const warehouse = env.clickhouseUrl
      ? await openServerWarehouse(env.clickhouseUrl)
      : await openEmbeddedWarehouse(env.dataDir);
    onClose('warehouse', warehouse.close);
    progress('migrations');
    const registry = await bringUp({ env, clock, log }, database, warehouse);
    const stores: Stores = {
      db: database.db,
      locks,
      underWay: createUnderWay(),
      warehouse,
      bus: createBus(),
      registry,
      clock,
      log,
      dataDir: env.dataDir,
      network: { publicUrl: env.publicUrl, trustedProxies: env.trustedProxies },
    };
    return { env, stores, database, postgresHome: home, control, startedAtMs: clock.nowMs(), onClose, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** No embedded warehouse was ever opened in it: there is nothing but the socket that says who owns it. */
function isNew({ clickhouseUrl, databaseUrl, dataDir }: Env): boolean {
  if (clickhouseUrl || databaseUrl) return false;
  return fs.readdirSync(dataDir).every((name) => name === 'control.sock');
}

async function openOwnDatabase(
  env: Env,
  onClose: Runtime['onClose'],
): Promise<{ database: DatabaseHandle; home?: string }> {
  if (env.databaseUrl) {
    const handle = await openDatabase({ url: env.databaseUrl });
    onClose('database pool', handle.close);
    return { database: handle };
  }
  const embedded = await startEmbeddedPostgres(env.dataDir);
  onClose('postgres', embedded.stop);
  const handle = await openDatabase({ embedded });
  onClose('database pool', handle.close);
  return { database: handle, home: embedded.home };
}

/** What a newer build brings with it: schemas first, then definitions. Of several that start at once one does it. */
function bringUp(
  { env, clock, log }: { env: Env; clock: Clock; log: Log },
  database: DatabaseHandle,
  warehouse: Warehouse,
): Promise<Registry> {
  return withMigrationLock(database, async () => {
    await migrateDatabase(database, path.join(env.appRoot, 'server/db/migrations'));
    await migrateWarehouse(warehouse, {
      directory: path.join(env.appRoot, 'server/warehouse/migrations'),
      cluster: env.clickhouseCluster,
    });
    return bringUpCatalogue({ db: database.db, clock, log }, readShippedCatalogue());
  });
}

async function closeAll(
  closers: { name: string; work: () => Promise<void> | void }[],
  log: Log,
): Promise<void> {
  for (const { name, work } of closers.reverse()) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), CLOSE_STEP_TIMEOUT_MS);
    });
    try {
      if ((await Promise.race([Promise.resolve(work()), late])) === 'late')
        log.warn({ name }, 'closing took too long, going on');
    } catch (error) {
      log.error({ name, err: error }, 'closing failed, going on');
    } finally {
      clearTimeout(timer);
    }
  }
}

import { stampPeerAddresses } from '@/server/auth/address';
import { ensureFirstAdmin, printCredentials } from '@/server/auth/first-start';
import { assertNotBuilding } from '@/server/building';
import { commandDoor } from '@/server/commands/door';
import type { Actor, Context } from '@/server/context';
import { bridgeBus } from '@/server/db/notify';
import { type Env, EnvError, readEnv } from '@/server/env';
import { isAppError } from '@/server/errors';
import { startJobs } from '@/server/jobs/runner';
import { isError, redacted } from '@/server/redacted';
import { openRuntime, type Runtime } from '@/server/runtime';
import { resumeLoads } from '@/server/services/loads/resume';

/** The running cockpit of this process: stores and everything that lives as long as they do. */
export interface App {
  runtime: Runtime;
  /** A verb's first argument for this actor. */
  contextFor(actor: Actor): Context;
}

/** On globalThis, because Next bundles instrumentation and route handlers apart and reloads modules in development. */
const holder = globalThis as typeof globalThis & { yipingApp?: Promise<App> };

/** Starts the cockpit once a process; every later call gets the same one. */
export function startApp(env?: Env): Promise<App> {
  assertNotBuilding();
  holder.yipingApp ??= start(env ?? readEnv());
  return holder.yipingApp;
}

/** @throws when the cockpit was not started: pages and routes never open stores themselves. */
export function getApp(): Promise<App> {
  assertNotBuilding();
  if (!holder.yipingApp) throw new Error('the cockpit has not been started');
  return holder.yipingApp;
}

async function start(env: Env): Promise<App> {
  stampPeerAddresses();
  const runtime = await openRuntime(env);
  stopOnSignals(runtime);
  const admin = await ensureFirstAdmin(runtime.stores, env);
  if (admin) printCredentials([admin]);
  if (env.databaseUrl) {
    // Other processes may share this database: what changes in one must reach the walls of all.
    const { bus, log } = runtime.stores;
    runtime.onClose('bus bridge', await bridgeBus(bus, runtime.database, log));
  }
  if (env.role !== 'web') await startWork(runtime);
  runtime.control.handle(commandDoor(runtime));
  return { runtime, contextFor: (actor) => ({ ...runtime.stores, actor }) };
}

/** Finishes the loads that a dead process left, then runs the jobs. */
async function startWork(runtime: Runtime): Promise<void> {
  const resumed = await resumeLoads(runtime.stores);
  if (resumed.length > 0) runtime.stores.log.warn({ loads: resumed }, 'finished interrupted loads');
  const jobs = await startJobs(runtime.stores, runtime.database);
  runtime.onClose('jobs', jobs.close);
}

/** Next waits for ever for open event streams; we close streams, jobs and stores ourselves and leave. */
function stopOnSignals(runtime: Runtime): void {
  const stop = (signal: NodeJS.Signals) => {
    const { log } = runtime.stores;
    log.info({ signal }, 'stopping');
    void runtime.close().finally(() => process.exit(0));
    // Requests that the stop cuts off find closed stores: no fault that anybody should look for.
    log.level = 'silent';
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Starts the cockpit, or ends the process with one line for the person at the terminal. */
export async function startOrExit(): Promise<void> {
  try {
    await startApp();
  } catch (error) {
    const known = error instanceof EnvError || isAppError(error);
    console.error(known ? `yiping: ${error.message}` : isError(error) ? redacted(error) : error);
    process.exit(1);
  }
}

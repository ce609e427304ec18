import { stampPeerAddresses } from '@/server/auth/address';
import { ensureFirstAdmin, printCredentials } from '@/server/auth/first-start';
import { assertNotBuilding } from '@/server/building';
import { commandDoor } from '@/server/commands/door';
import type { Actor, Context } from '@/server/context';
import { type Env, EnvError, readEnv } from '@/server/env';
import { isAppError } from '@/server/errors';
import { openRuntime, type Runtime } from '@/server/runtime';

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
  runtime.control.handle(commandDoor(runtime));
  return { runtime, contextFor: (actor) => ({ ...runtime.stores, actor }) };
}

/** Next waits for ever for open event streams; we close streams, jobs and stores ourselves and leave. */
function stopOnSignals(runtime: Runtime): void {
  const stop = (signal: NodeJS.Signals) => {
    runtime.stores.log.info({ signal }, 'stopping');
    void runtime.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Starts the cockpit, or ends the process with one line for the person at the terminal. */
export async function startOrExit(): Promise<void> {
  try {
    await startApp();
  } catch (error) {
    console.error(error instanceof EnvError || isAppError(error) ? `yiping: ${error.message}` : error);
    process.exit(1);
  }
}

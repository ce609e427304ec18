import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Actor, Context } from '@/server/context';
import { systemActor } from '@/server/context';
import { type Env, readEnv } from '@/server/env';
import { createLog } from '@/server/log';
import { openRuntime, type Runtime } from '@/server/runtime';

/** A clock that a test moves. */
export interface TestClock {
  nowMs(): number;
  set(ms: number): void;
  advance(ms: number): void;
}

export function testClock(start = Date.parse('2026-11-23T12:00:00+08:00')): TestClock {
  let now = start;
  return {
    nowMs: () => now,
    set: (ms) => {
      now = ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface TestRuntime extends Runtime {
  clock: TestClock;
  context(actor?: Actor): Context;
}

/** Real engines in a directory of their own; `close()` stops them and removes it. */
export async function openTestRuntime(
  overrides: Partial<Env> & { keepDir?: boolean } = {},
): Promise<TestRuntime> {
  const { keepDir, ...env } = overrides;
  const dataDir = env.dataDir ?? path.join(os.tmpdir(), `yiping-test-${randomBytes(5).toString('hex')}`);
  const clock = testClock();
  const runtime = await openRuntime(
    { ...readEnv({}), dataDir, logLevel: 'fatal', ...env },
    { clock, log: createLog('fatal') },
  );
  const close = async () => {
    await runtime.close();
    if (keepDir) return;
    fs.rmSync(dataDir, { recursive: true, force: true });
    if (runtime.postgresHome) fs.rmSync(runtime.postgresHome, { recursive: true, force: true });
  };
  return {
    ...runtime,
    clock,
    close,
    context: (actor = systemActor('test')) => ({ ...runtime.stores, actor }),
  };
}

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the journeys find the cockpit: set once here, inherited by the workers. */
export interface Journey {
  origin: string;
  dataDir: string;
  /** Account passwords by role name. */
  passwords: Record<string, string>;
  operatorToken: string;
}

const PORT = 3517;
const SEED_DAYS = 40;
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;

/** One clear line at once: on a taken port the journeys would try another cockpit. */
async function assertPortFree(): Promise<void> {
  const taken = await new Promise<string | null>((resolve) => {
    const probe = net.createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(PORT, '127.0.0.1', () => probe.close(() => resolve(null)));
  });
  if (taken === null) return;
  const problem = new Error(`port ${PORT} is taken (${taken}): stop what listens there, then run e2e again`);
  // The line alone: where it was thrown helps nobody.
  problem.stack = problem.message;
  throw problem;
}

/** A production cockpit in a directory of its own, seeded as the demo is, with fewer days. */
export default async function startCockpit(): Promise<() => Promise<void>> {
  await assertPortFree();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-e2e-'));
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  launch(dataDir);
  await healthy();
  const cli = (...args: string[]) =>
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/cli.ts', ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const seeded = cli('seed', '--days', String(SEED_DAYS), '--accounts');
  const passwords = Object.fromEntries(
    [...seeded.matchAll(/^account\s+(\S+)\s+(\S+)\s+/gm)].map((found) => [found[1] ?? '', found[2] ?? '']),
  );
  passwords.admin ??=
    /^\s*new password\s+(\S+)|(\S{16})\s*$/m
      .exec(cli('users', 'reset', 'admin'))?.[0]
      .trim()
      .split(/\s+/)
      .at(-1) ?? '';
  const operatorToken = /yp_\S+/.exec(
    cli('token', 'create', '--name', 'e2e', '--role', 'operator', '--regions', '140000'),
  )?.[0];
  if (!operatorToken) throw new Error('no token was printed');
  const journey: Journey = { origin: `http://127.0.0.1:${PORT}`, dataDir, passwords, operatorToken };
  process.env.YIPING_JOURNEY = JSON.stringify(journey);
  return async () => {
    await stop(dataDir);
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Starts the cockpit; its process number is kept beside the data, because another worker may have to stop it. */
export function launch(dataDir: string): void {
  const child = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '-p', String(PORT), '-H', '127.0.0.1'],
    {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'error',
        NEXT_TELEMETRY_DISABLED: '1',
        NEXT_MANUAL_SIG_HANDLE: 'true',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    },
  );
  child.unref();
  fs.writeFileSync(path.join(dataDir, 'e2e.pid'), String(child.pid));
}

/** SIGTERM to the cockpit. @returns seconds until it was gone. */
export async function stop(dataDir: string): Promise<number> {
  const pid = Number(fs.readFileSync(path.join(dataDir, 'e2e.pid'), 'utf8'));
  const startedMs = Date.now();
  process.kill(-pid, 'SIGTERM');
  while (Date.now() - startedMs < STOP_TIMEOUT_MS) {
    try {
      process.kill(-pid, 0);
    } catch {
      break;
    }
    await sleep(50);
  }
  return (Date.now() - startedMs) / 1000;
}

export async function healthy(): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until) {
    const response = await fetch(`http://127.0.0.1:${PORT}/api/health`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(300);
  }
  throw new Error('the cockpit did not become healthy');
}

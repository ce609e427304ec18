import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import next from 'next';
import { seedDemo } from '@/seed/run';
import { getApp } from '@/server/app';
import { ensureDemoAccounts } from '@/server/auth/first-start';
import { connectHost } from '@/server/commands/client';
import { systemActor } from '@/server/context';
import { readEnv } from '@/server/env';
import { createToken } from '@/server/services/tokens/tokens';
import type { CockpitPart } from './cockpit-parts';
import { benchIngest } from './ingest';
import { benchPush } from './push';
import { benchRead, benchWall } from './read';

const SEED_DAYS = 75;

const START_LIMIT_MS = 60_000;

/** The framework prepares without waiting for the instrumentation, which opens the stores. */
async function startedApp(): ReturnType<typeof getApp> {
  const untilMs = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      return await getApp();
    } catch (error) {
      if (Date.now() > untilMs) throw error;
      await sleep(200);
    }
  }
}

/** The parts that need the whole cockpit, built and answering over HTTP. */
export async function benchCockpit(runs: (part: CockpitPart) => boolean): Promise<void> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-bench-'));
  Object.assign(process.env, {
    DATA_DIR: path.join(directory, 'data'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    NODE_ENV: 'production',
    NEXT_MANUAL_SIG_HANDLE: 'true',
  });
  const web = next({ dev: false, dir: process.cwd() });
  await web.prepare();
  const app = await startedApp();
  const ctx = app.contextFor(systemActor('bench'));
  const server = http.createServer(web.getRequestHandler());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    if (runs('read') || runs('wall') || runs('push')) {
      const host = await connectHost(readEnv());
      const seeded = await seedDemo(host, {
        seed: 20260101,
        nowMs: Date.now(),
        days: SEED_DAYS,
        onProgress: ({ step, rows, seconds }) =>
          console.log(`  seed ${step}: ${rows} rows, ${seconds.toFixed(1)} s`),
      });
      if (seeded.rows === 0) throw new Error('nothing was seeded');
      const { token } = await createToken(ctx, { name: 'bench', role: 'operator', regions: [140000] });
      if (runs('read')) await benchRead(ctx, origin, token, Date.now());
      if (runs('wall')) await benchWall(ctx);
      if (runs('push')) {
        const leader = (await ensureDemoAccounts(ctx)).find(({ role }) => role === 'leader');
        if (leader) await benchPush(origin, leader, token, Date.now());
      }
    }
    if (runs('ingest')) await benchIngest(ctx, directory);
  } finally {
    server.closeAllConnections();
    await app.runtime.close();
    fs.rmSync(directory, { recursive: true, force: true });
    if (app.runtime.postgresHome) fs.rmSync(app.runtime.postgresHome, { recursive: true, force: true });
  }
}

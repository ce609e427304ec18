/**
 * npm run bench: ratios against the raw engine or a hand-written query of the same run, on a store of its own.
 * Sections: npm run bench -- ingest read wall push
 */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import next from 'next';
import { benchIngest } from '@/scripts/bench/ingest';
import { benchPush } from '@/scripts/bench/push';
import { benchRead, benchWall } from '@/scripts/bench/read';
import { seedDemo } from '@/seed/run';
import { getApp } from '@/server/app';
import { ensureDemoAccounts } from '@/server/auth/first-start';
import { connectHost } from '@/server/commands/client';
import { systemActor } from '@/server/context';
import { readEnv } from '@/server/env';
import { createToken } from '@/server/services/tokens/tokens';

const SECTIONS = ['ingest', 'read', 'wall', 'push'];
const SEED_DAYS = 75;

const wanted = process.argv.slice(2);
if (wanted.includes('--help') || wanted.some((name) => !SECTIONS.includes(name))) {
  console.log(
    `usage: npm run bench [-- ${SECTIONS.join(' ')}]\nNeeds a build (npm run build). Prints ratios of one run; machines are noisy.`,
  );
  process.exit(wanted.includes('--help') ? 0 : 2);
}
const runs = (name: string) => wanted.length === 0 || wanted.includes(name);

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-bench-'));
Object.assign(process.env, {
  DATA_DIR: path.join(directory, 'data'),
  LOG_LEVEL: 'error',
  NODE_ENV: 'production',
  NEXT_MANUAL_SIG_HANDLE: 'true',
});

const web = next({ dev: false, dir: process.cwd() });
await web.prepare();
const app = await getApp();
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
process.exit(0);

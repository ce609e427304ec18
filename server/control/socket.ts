import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '@/server/errors';

/**
 * The owner of a data directory listens on a Unix socket in it. The socket proves ownership (a second process finds it
 * answered) and is the door through which the commands (ingest, compute, backup …) reach a running cockpit. Its file
 * mode is the authentication: who may write the data directory may use it.
 */
export interface ControlSocket {
  path: string;
  /** Sets what answers requests; until then they get 503. */
  handle(listener: http.RequestListener): void;
  close(): Promise<void>;
}

const SOCKET_PATH_LIMIT_BYTES = 107;

export function controlSocketPath(dataDir: string): string {
  const direct = path.join(dataDir, 'control.sock');
  if (Buffer.byteLength(direct) <= SOCKET_PATH_LIMIT_BYTES) return direct;
  const key = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 12);
  return path.join(os.tmpdir(), `yiping-${key}`, 'control.sock');
}

/** @throws AppError `conflict` when a live process owns the directory. */
export async function claimOwnership(dataDir: string): Promise<ControlSocket> {
  const socketPath = controlSocketPath(dataDir);
  fs.mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 });
  if (await isAnswered(socketPath)) {
    throw new AppError(
      'conflict',
      `${dataDir} is in use by a running cockpit or command: stop it or wait for its end, or set another DATA_DIR`,
    );
  }
  // Left by a killed process: nobody answers on it.
  fs.rmSync(socketPath, { force: true });
  let listener: http.RequestListener = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 'unavailable', message: 'the cockpit is starting' } }));
  };
  const server = http.createServer((request, response) => listener(request, response));
  // Loads of large files take their time; the socket is local.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  fs.chmodSync(socketPath, 0o600);
  return {
    path: socketPath,
    handle: (next) => {
      listener = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether a process answers on the socket of this data directory. */
export function isAnswered(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

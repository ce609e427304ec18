import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '@/server/errors';
import { isGzip, MAX_UNPACKED_BYTES, openBytes } from './sniff';

export type LoadBytes = Readable | Buffer | { path: string };

export interface KeptFile {
  path: string;
  sizeBytes: number;
  /** Of the bytes as they came; of what is in them where they are gzip: the same rows packed are the same file. */
  sha256: string;
}

function directory(dataDir: string): string {
  return path.join(dataDir, 'loads');
}

export function rawPath(dataDir: string, loadId: string): string {
  return path.join(directory(dataDir), `${loadId}.raw`);
}

/**
 * Writes what arrives to disk, forced to it before the load is recorded: from then on the load can be finished
 * whatever happens to the process.
 * @throws AppError `too_large`; an upload that breaks off leaves nothing behind.
 */
export async function keepRaw(
  dataDir: string,
  loadId: string,
  bytes: LoadBytes,
  maxBytes: number,
): Promise<KeptFile> {
  fs.mkdirSync(directory(dataDir), { recursive: true, mode: 0o700 });
  const target = rawPath(dataDir, loadId);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(`${target}.part`, 'w', 0o600);
  try {
    for await (const chunk of chunksOf(bytes)) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes)
        throw new AppError('too_large', `文件超过 ${Math.floor(maxBytes / 1_048_576)} MB,请分成几个文件`, {
          place: 'file',
        });
      hash.update(chunk);
      // Not `write`, which may write a part of it (a full disk).
      await file.appendFile(chunk);
    }
    await file.sync();
  } catch (error) {
    await file.close();
    fs.rmSync(`${target}.part`, { force: true });
    throw error;
  }
  await file.close();
  fs.renameSync(`${target}.part`, target);
  return { path: target, sizeBytes, sha256: (await unpackedSha256(target)) ?? hash.digest('hex') };
}

/** Null for a file that is not gzip, or that cannot be unpacked: it is refused when it is read. */
async function unpackedSha256(file: string): Promise<string | null> {
  if (!isGzip(file)) return null;
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of openBytes(file, true)) {
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_UNPACKED_BYTES) return null;
      hash.update(chunk);
    }
  } catch {
    return null;
  }
  return hash.digest('hex');
}

async function* chunksOf(bytes: LoadBytes): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(bytes)) {
    yield bytes;
    return;
  }
  const stream =
    'path' in bytes && typeof bytes.path === 'string' && !('pipe' in bytes)
      ? fs.createReadStream(bytes.path)
      : (bytes as Readable);
  for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as Uint8Array);
}

/** Gives the kept file of one load to another, which has lost its own. */
export function adoptRaw(dataDir: string, fromId: string, toId: string): void {
  fs.renameSync(rawPath(dataDir, fromId), rawPath(dataDir, toId));
}

export function hasRaw(dataDir: string, loadId: string): boolean {
  return fs.existsSync(rawPath(dataDir, loadId));
}

export function dropRaw(dataDir: string, loadId: string): void {
  fs.rmSync(rawPath(dataDir, loadId), { force: true });
}

/** Uploads that broke off with the process: nobody will ask for them again. */
export function dropBrokenUploads(dataDir: string): void {
  if (!fs.existsSync(directory(dataDir))) return;
  for (const name of fs.readdirSync(directory(dataDir)))
    if (name.endsWith('.part')) fs.rmSync(path.join(directory(dataDir), name), { force: true });
}

/** Loads whose files are kept here: unfinished ones, and those whose process died while tidying up. */
export function keptLoadIds(dataDir: string): string[] {
  if (!fs.existsSync(directory(dataDir))) return [];
  return fs
    .readdirSync(directory(dataDir))
    .filter((name) => name.endsWith('.raw'))
    .map((name) => name.slice(0, -'.raw'.length));
}

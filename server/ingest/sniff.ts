import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { AppError } from '@/server/errors';

export interface FileShape {
  gzip: boolean;
  encoding: 'utf8' | 'gb18030' | 'utf16le' | 'utf16be';
  format: 'csv' | 'ndjson' | 'json';
  /** NUL bytes in a text of bytes: no text has them, the file is damaged or UTF-16 without a mark. */
  hasNul: boolean;
}

/** More than any honest file of the size limit unpacks to: a bomb is stopped here. */
export const MAX_UNPACKED_BYTES = 16 * 1024 ** 3;

/** The file's bytes, unpacked when they are gzip. */
export function openBytes(file: string, gzip: boolean): AsyncIterable<Buffer> {
  const stream = fs.createReadStream(file, { highWaterMark: 256 * 1024 });
  if (!gzip) return stream;
  // A failure is the reader's to see; a reader that stops half way closes the file as well.
  return pipeline(stream, zlib.createGunzip({ chunkSize: 256 * 1024 }), () => undefined);
}

/** By its magic number, whatever the name says. */
export function isGzip(file: string): boolean {
  const head = Buffer.alloc(2);
  const handle = fs.openSync(file, 'r');
  fs.readSync(handle, head, 0, 2, 0);
  fs.closeSync(handle);
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Reads the whole file once to learn its packing, encoding and format, and that it is whole: before the first row is
 * staged a cut-off gzip file or a foreign format has been refused.
 * @throws AppError `bad_input` or `too_large`.
 */
export async function sniff(file: string): Promise<FileShape> {
  const gzip = isGzip(file);
  let first: Buffer | undefined;
  let utf8 = true;
  let tail: Buffer = Buffer.alloc(0);
  let unpacked = 0;
  let nul = false;
  try {
    for await (const chunk of openBytes(file, gzip)) {
      unpacked += chunk.length;
      if (unpacked > MAX_UNPACKED_BYTES)
        throw new AppError('too_large', '文件解压后过大,请分成几个文件', { place: 'file' });
      first ??= Buffer.from(chunk);
      nul ||= chunk.includes(0);
      if (!utf8) continue;
      const whole = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
      const end = endOfLastCharacter(whole);
      utf8 = isUtf8(whole.subarray(0, end));
      tail = Buffer.from(whole.subarray(end));
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad_input', `压缩文件不完整或已损坏,在解出 ${unpacked} 字节后中断`, {
      place: 'file',
      cause: error,
    });
  }
  if (first === undefined || unpacked === 0) throw new AppError('bad_input', '文件是空的', { place: 'file' });
  refuseForeign(first);
  const encoding = encodingOf(first, utf8 && tail.length === 0);
  const hasNul = nul && !encoding.startsWith('utf16');
  return { gzip, encoding, format: formatOf(first, encoding), hasNul };
}

function encodingOf(first: Buffer, utf8: boolean): FileShape['encoding'] {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf16be';
  return utf8 ? 'utf8' : 'gb18030';
}

function refuseForeign(first: Buffer): void {
  const magic = first.subarray(0, 4).toString('latin1');
  if (magic.startsWith('PK') || magic === '\xd0\xcf\x11\xe0')
    throw new AppError('bad_input', '这是 Excel 工作簿或压缩包;请在 Excel 中另存为 CSV(UTF-8)再上传', {
      place: 'file',
    });
}

function formatOf(first: Buffer, encoding: FileShape['encoding']): FileShape['format'] {
  const text = first.subarray(0, 4096).toString(encoding === 'utf16le' ? 'utf16le' : 'utf8');
  const start = text.replace(/^\ufeff/, '').trimStart()[0];
  if (start === '{') return 'ndjson';
  return start === '[' ? 'json' : 'csv';
}

/** Where the last character that may be cut begins: at most three bytes before the end. */
function endOfLastCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

import iconv from 'iconv-lite';
import { AppError } from '@/server/errors';
import { type FileShape, openBytes } from './sniff';

/** Characters decoded at a time; between two of them screens get their turn. */
const SLICE_BYTES = 64 * 1024;

/** The file as text, piece by piece, without a byte order mark. @throws AppError `bad_input` on bytes of no known encoding. */
export async function* textChunks(file: string, shape: FileShape): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(shape.encoding === 'utf16be' ? 'utf-16be' : shape.encoding);
  let offset = 0;
  for await (const chunk of openBytes(file, shape.gzip)) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      const text = decoder.write(chunk.subarray(at, at + SLICE_BYTES));
      refuseUndecodable(text, shape, offset + at);
      yield offset + at === 0 ? text.replace(/^\ufeff/, '') : text;
    }
    offset += chunk.length;
  }
  const rest = decoder.end() ?? '';
  refuseUndecodable(rest, shape, offset);
  if (rest !== '') yield rest;
}

function refuseUndecodable(text: string, shape: FileShape, offset: number): void {
  if (shape.encoding !== 'gb18030' || !text.includes('\ufffd')) return;
  throw new AppError('bad_input', `文件既不是 UTF-8 也不是 GB18030 编码(约第 ${offset} 字节处)`, {
    place: 'file',
  });
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { openCsv } from './csv';
import { openJson } from './json';
import type { RecordSource } from './records';
import { sniff } from './sniff';
import { textChunks } from './text-chunks';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-read-'));
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function rowsOf(source: RecordSource) {
  const rows = [];
  for await (const batch of source.batches()) rows.push(...batch);
  return rows;
}

async function csv(text: string, size = 7) {
  const source = await openCsv(pieces(text, size));
  return { headers: source.headers, rows: await rowsOf(source) };
}

async function readBack(bytes: Buffer) {
  const file = path.join(directory, 'file');
  fs.writeFileSync(file, bytes);
  const shape = await sniff(file);
  let text = '';
  for await (const chunk of textChunks(file, shape)) text += chunk;
  return { shape, text };
}

describe('CSV', () => {
  it('numbers rows as a spreadsheet does and marks rows of another width', async () => {
    const { headers, rows } = await csv('a,b\r\n1,2\r\n\r\n3\r\n4,5,6\r\n7,8');
    expect(headers).toEqual(['a', 'b']);
    expect(rows.map((row) => [row.row, row.fields, row.broken?.code])).toEqual([
      [2, ['1', '2'], undefined],
      [4, ['3'], 'column_count'],
      [5, ['4', '5', '6'], 'column_count'],
      [6, ['7', '8'], undefined],
    ]);
    // A quotation mark changes the way of reading, not the numbers; a header may come after blank lines.
    const quotes = await csv('\n\na,b\n\n"1",2\n\n\n"3"\n');
    expect(quotes.headers).toEqual(['a', 'b']);
    expect(quotes.rows.map((row) => [row.row, row.fields])).toEqual([
      [5, ['1', '2']],
      [8, ['3']],
    ]);
  });

  it('reads tab-separated text, and quotes that begin late in the file', async () => {
    expect((await csv('a\tb\n1\t2\n')).rows[0]?.fields).toEqual(['1', '2']);
    const { rows } = await csv('a,b\n1,2\n3,"x,\n""y"""\n5,6\n');
    expect(rows.map((row) => row.fields)).toEqual([
      ['1', '2'],
      ['3', 'x,\n"y"'],
      ['5', '6'],
    ]);
  });

  it('gives the same rows as a full parser, however the text is cut', async () => {
    const field = fc.stringMatching(/^[a-z0-9 .,"\n中]{0,6}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field, fc.constantFrom('x', 'y')), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
          const text = `a,b,c\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`;
          const expected = parse(text, { skip_empty_lines: true }).slice(1);
          expect((await csv(text, size)).rows.map((row) => row.fields)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ['a quote that does not close', 'a,b\n1,2\n3,"cut of', /第 3 行的引号没有闭合/],
    ['a quote in the middle of a field', 'a,b\n1,2\n3,5" pipe\n', /第 3 行的引号用法有误/],
  ])('refuses the file for %s', async (_, text, message) => {
    await expect(csv(text)).rejects.toThrow(message);
  });

  // Guarantee: the row named is the one a spreadsheet shows, wherever the file is cut and quotes begin.
  it.each([
    ['with no quotation mark before it', '1,2\n'.repeat(9)],
    ['after others that are right', '1,"2"\n'.repeat(9)],
    ['after blank lines', '1,"2"\n\n\n'.repeat(3)],
  ])('names the row of a wrong quotation mark, %s', async (_, before) => {
    const text = `a,b\n${before}3,5" pipe\n${'1,2\n'.repeat(9)}`;
    for (const size of [1, 7, 40, 10_000])
      await expect(csv(text, size)).rejects.toMatchObject({
        place: 'row 11',
        message: expect.stringContaining('第 11 行的引号用法有误'),
      });
  });

  it('refuses a file without a header', async () => {
    await expect(csv('\n\n')).rejects.toThrow(/没有表头/);
  });
});

describe('JSON', () => {
  const names = ['a', 'b'];
  const json = async (text: string, format: 'ndjson' | 'json', size = 5) =>
    rowsOf(openJson(pieces(text, size), format, names));

  it('reads records of one object a line and of an array alike, with names left out', async () => {
    const expected = [
      ['1', 'x{,]"'],
      ['', 'true'],
    ];
    const one = '{"a":1,"b":"x{,]\\""}';
    const two = '{"b":true}';
    expect((await json(`${one}\n\n${two}`, 'ndjson')).map((row) => row.fields)).toEqual(expected);
    for (const size of [1, 3, 1000])
      expect((await json(` [ ${one} ,\n${two}]`, 'json', size)).map((row) => row.fields)).toEqual(expected);
  });

  it('marks what is no record, is nested, or has an unknown name; passes over names with an underscore', async () => {
    const rows = await json('{"a":}\n[1]\n{"a":{"x":1}}\n{"aa":1}\n{"a":1,"_row":9}\n', 'ndjson');
    expect(rows.map((row) => row.broken?.code)).toEqual([
      'bad_json',
      'bad_json',
      'nested',
      'unknown_column',
      undefined,
    ]);
    expect(rows[3]).toMatchObject({ headers: ['aa'], fields: ['1'] });
  });

  it.each([
    ['ndjson', '{"a":1}\n{"a":2'],
    ['json', '[{"a":1},{"a":'],
    ['json', '[{"a":1}'],
    ['json', '[{"a":1},{"a":2]}'],
    ['json', '[{"a":1},{"a":2]},{"a":3}]'],
    ['json', '[{"a":1}]\n{"a":2}'],
    ['json', '[{"a":1}] and more'],
  ] as const)('refuses %s that breaks off', async (format, text) => {
    await expect(json(text, format)).rejects.toThrow(/第 2 条记录中断|不完整/);
  });
});

describe('files', () => {
  const text = '城市,值\n太原市小店区,1\n';
  it.each([
    ['UTF-8', Buffer.from(text), 'utf8'],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`), 'utf8'],
    ['GB18030', iconv.encode(`${text}𠮷,2\n`, 'gb18030'), 'gb18030'],
    ['UTF-16 as Excel saves it', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf16le'],
  ])('%s is recognised and read', async (_, bytes, encoding) => {
    const read = await readBack(bytes);
    expect(read.shape).toMatchObject({ gzip: false, encoding, format: 'csv' });
    expect(read.text.startsWith(text)).toBe(true);
    const packed = await readBack(zlib.gzipSync(bytes));
    expect(packed.shape).toMatchObject({ gzip: true, encoding });
    expect(packed.text).toBe(read.text);
  });

  it('finds Chinese that appears only late in the file, and characters on a border between two reads', async () => {
    const long = `a,b\n${'x,1\n'.repeat(200_000)}`;
    expect((await readBack(iconv.encode(`${long}小店,1\n`, 'gb18030'))).text.endsWith('小店,1\n')).toBe(true);
    for (const shift of ['', 'y', 'yy']) {
      const wide = `a\n${shift}${'中'.repeat(200_000)}\n`;
      const read = await readBack(Buffer.from(wide));
      expect(read.shape.encoding).toBe('utf8');
      expect(read.text).toBe(wide);
    }
  });

  it('tells CSV, NDJSON and JSON apart by their beginning', async () => {
    expect((await readBack(Buffer.from(' {"a":1}\n'))).shape.format).toBe('ndjson');
    expect((await readBack(Buffer.from('\ufeff[{"a":1}]'))).shape.format).toBe('json');
  });

  it.each([
    ['an empty file', Buffer.alloc(0), /空/],
    ['an empty gzip file', zlib.gzipSync(''), /空/],
    ['half a gzip file', zlib.gzipSync(Buffer.from('a,b\n1,2\n'.repeat(9999))).subarray(0, 90), /不完整/],
    ['an Excel workbook', Buffer.from('PK\x03\x04rest'), /另存为 CSV/],
    ['bytes of no encoding', Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x80, 0x0a]), /GB18030/],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(readBack(bytes)).rejects.toThrow(message);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAppError } from '@/server/errors';
import { createLoad } from '@/server/services/loads/create';
import { listLoads } from '@/server/services/loads/list';
import { listRejects } from '@/server/services/loads/rejects';
import { HOSTILE_TEXTS } from '@/tests/support/hostile-texts';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

type Outcome = { accepted: number; rejected: number; codes: string[] };
const DATASET = 'hotline_ticket';
const HEADER = 'ticket_id,region_code,create_ts,channel,request_type,topic';
let serial = 0;

async function load(
  body: string | Buffer,
  options: { dataset?: string; mapping?: unknown } = {},
): Promise<Outcome> {
  const { loadId, accepted, rejected } = await createLoad(runtime.context(), {
    dataset: options.dataset ?? DATASET,
    fileName: 'hostile',
    origin: 'push',
    provenance: 'real',
    bytes: typeof body === 'string' ? Buffer.from(body) : body,
    mapping: options.mapping as never,
  });
  const { rows } = await listRejects(runtime.context(), { id: loadId, limit: 1000 });
  return { accepted, rejected, codes: rows.map(({ code }) => code) };
}

/** The whole file is refused with a reason and a place, and its load is over: nothing is tried again at each start. */
async function expectRefused(work: Promise<unknown>, place?: string | RegExp) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(isAppError(error) && error.code).toBe('bad_input');
  expect(String((error as Error).message)).toMatch(/[\u4e00-\u9fff]/);
  if (place !== undefined) expect((error as { place?: string }).place).toMatch(place);
  for (const status of ['received', 'staged'] as const)
    expect((await listLoads(runtime.context(), { status })).loads).toEqual([]);
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
/** A file of one column under attack, one row an attack; the others are sound. */
function fileOf(column: 'topic' | 'region_code' | 'create_ts', cells: readonly string[]): string {
  const lines = cells.map((cell) => {
    serial += 1;
    const at = (name: string, sound: string) => (name === column ? quoted(cell) : sound);
    const time = at('create_ts', '2026-11-20 01:00:00');
    return `t${serial},${at('region_code', '140105')},${time},phone,投诉,${at('topic', '供热')}`;
  });
  return `${HEADER}\n${lines.join('\n')}\n`;
}

describe('cells', () => {
  it('a text is stored as it is, whatever it looks like', async () => {
    const texts = HOSTILE_TEXTS.filter((text) => text !== '\\N');
    const from = serial + 1;
    expect(await load(fileOf('topic', texts))).toMatchObject({ accepted: texts.length, rejected: 0 });
    const rows = await runtime.stores.warehouse.loads.rows({
      name: 'hostile_topics',
      sql: `SELECT topic FROM hotline_ticket FINAL ORDER BY toUInt32(substring(ticket_id, 2)) LIMIT {n:UInt32} OFFSET {from:UInt32}`,
      params: { n: texts.length, from: from - 1 },
      row: z.object({ topic: z.string() }),
    });
    expect(rows.map(({ topic }) => topic)).toEqual(texts);
  });

  it('a text loses what nobody sees: controls, zero widths, turns of the writing direction', async () => {
    const given = ['a\u202eb', 'a\u2066b', 'a\u200bb', 'a\u0007b', 'a\u001bb', 'a\u007fb', 'a\u00adb'];
    expect(await load(fileOf('topic', given))).toMatchObject({ accepted: given.length });
    const [row] = await runtime.stores.warehouse.loads.rows({
      name: 'hostile_invisible',
      sql: "SELECT toUInt32(countIf(topic = 'ab' AND has(dq_flags, 'invisible_removed'))) AS n FROM hotline_ticket FINAL",
      row: z.object({ n: z.number() }),
    });
    expect(row?.n).toBe(given.length);
  });

  it('NUL is no character of a text: the row is refused, the others are not', async () => {
    expect(await load(fileOf('topic', ['a\0b', 'ab', '\0']))).toEqual({
      accepted: 1,
      rejected: 2,
      codes: ['nul', 'nul'],
    });
  });

  it.each<[column: 'topic' | 'region_code' | 'create_ts', code: string, cells: string[]]>([
    ['topic', 'required', ['', ' ', '\u3000', '\u200b', '\\N', 'NULL', 'NaN', '#REF!', '——']],
    ['topic', 'too_long', ['x'.repeat(4001), '供'.repeat(100_000), '('.repeat(50_000)]],
    ['topic', 'lost_digits', ['1.4E+17', '1E+300']],
    [
      'region_code',
      'bad_region',
      [
        '__proto__',
        'constructor',
        '1e5',
        '０１４',
        '140105 OR 1=1',
        '-140105',
        '140105.0',
        '0x22349',
        '999999',
      ].concat([
        "140105'",
        '(140105)',
        '城区',
        '小店區',
        'x'.repeat(100_000),
        '1'.repeat(100_000),
        ' '.repeat(50_000).concat('x'),
      ]),
    ],
    [
      'create_ts',
      'bad_time',
      [
        '2026-02-30 00:00:00',
        '2026-11-20 25:00:00',
        'now()',
        'yesterday',
        '1e999',
        '__proto__',
        '２０２６年',
      ].concat([
        '2026-11-20 01:00:00+99:99',
        '2026-11-20 01:00:00-15:00',
        "2026-11-20 01:00:00'",
        '2026-11-20 01:00:00; DROP',
        `1${' '.repeat(50_000)}1`,
        `2026-11-20${' '.repeat(50_000)}x`,
        '~'.repeat(50_000),
        '年'.repeat(50_000),
        `2024年1${'-'.repeat(50_000)}`,
        '9'.repeat(50_000),
      ]),
    ],
    ['create_ts', 'out_of_range', ['1955-01-01 00:00:00', '1800-01-01 00:00:00', '2106-02-08 00:00:00']],
    ['create_ts', 'future_time', ['2026-11-24 00:00:00', '2105-12-31 23:59:59']],
    ['create_ts', 'placeholder_time', ['9999-12-31 00:00:00', '1970-01-01 00:00:00', '1900-01-01 00:00:00']],
  ])('%s: %s, each row with its reason, in bounded time', async (column, code, cells) => {
    const began = performance.now();
    const outcome = await load(fileOf(column, cells));
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(outcome).toEqual({ accepted: 0, rejected: cells.length, codes: cells.map(() => code) });
  });

  it('numbers: no exponent bomb, no other script, nothing beyond the column', async () => {
    const cells = [
      '1e999',
      '1e-999',
      'Infinity',
      '-Infinity',
      '--1',
      '1.2.3',
      '٣',
      '0x10',
      '1_000',
      '½',
      '∞',
      '=1',
      '1;2',
    ]
      .concat([
        '9'.repeat(29),
        '1'.repeat(100_000),
        '1,5',
        '五',
        '1 2',
        "1'",
        '1)',
        '-5',
        '5001',
        '1%',
        '1e99',
      ])
      .map((cell, i) => `s${i},140105,2026-11-20 01:00:00,${quoted(cell)}`);
    const file = `station_id,region_code,data_ts,pm25\n${cells.join('\n')}\n`;
    const outcome = await load(file, { dataset: 'air_quality_hour' });
    expect([outcome.accepted, outcome.rejected]).toEqual([0, cells.length]);
  });

  it('dates that the table cannot hold are refused, not moved to 1970', async () => {
    const dates = ['1955-06-01', '1969-12-31', '1948-01-01', '1800-01-01'];
    const rows = dates.map((day) => `91140000MA0GTXQC10,140105,establish,${day},企业,5211`);
    const file = `uscc,region_code,event,event_date,entity_type,industry\n${rows.join('\n')}\n`;
    expect((await load(file, { dataset: 'market_entity_event' })).codes).toEqual(
      dates.map(() => 'out_of_range'),
    );
  });
});

describe('files as a whole', () => {
  const row = 't,140105,2026-11-20 01:00:00,phone,投诉,x';
  it.each<[string, string | Buffer, RegExp]>([
    ['nothing', '', /file/],
    ['a byte order mark', '\ufeff', /header/],
    ['only a header', `${HEADER}\n`, /row 2/],
    ['zero bytes', Buffer.alloc(5000), /header/],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 37) % 256)), /file/],
    ['a workbook', Buffer.from('PK\u0003\u0004aaaa'), /file/],
    ['a cut gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), /file/],
    ['an open quote', `${HEADER}\n"${row}\n`, /row 2/],
    ['a quoted row of megabytes', `${HEADER}\n"${'x'.repeat(3_000_000)}"\n`, /row/],
    ['a line of megabytes', `${HEADER}\n${'x'.repeat(3_000_000)}`, /row/],
    ['100,000 columns', `${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join()}\n1\n`, /header/],
    ['a column twice', `${HEADER},topic\n${row},1\n`, /header/],
    ['a full-width twin', `${HEADER},ｔｏｐｉｃ\n${row},1\n`, /header/],
    ['a Cyrillic twin', `${HEADER},t\u043epic\n${row},1\n`, /header/],
    ['a header with NUL', `${HEADER},a\0b\n${row},1\n`, /header/],
    ['constructor as a header', `${HEADER},constructor\n${row},1\n`, /header/],
    ['SQL as a header', `${HEADER},x'); DROP TABLE x; --\n${row},1\n`, /header/],
    ['a header of 100,000 characters', `${HEADER},${'x'.repeat(100_000)}\n${row},1\n`, /header/],
    ['JSON that breaks off', `{"a":${'['.repeat(50_000)}`, /row 1/],
    ['a JSON record of megabytes', `{"topic":"${'x'.repeat(3_000_000)}"}`, /row 1/],
  ])('%s', async (_, body, place) => {
    const began = performance.now();
    await expectRefused(load(body), place);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  const sound = {
    ticket_id: 'j',
    region_code: 140105,
    create_ts: '2026-11-20 01:00:00',
    channel: 'phone',
    request_type: '投诉',
  };
  const record = (members: string) => `{${members},${JSON.stringify({ ...sound }).slice(1)}\n`;
  it.each<[string, string, string]>([
    ['a constructor', record('"constructor":1,"topic":"x"'), 'unknown_column'],
    ['a name with NUL', record('"to\\u0000pic":1'), 'unknown_column'],
    ['an object as a value', record('"topic":{"$gt":""}'), 'nested'],
    ['100,000 nested arrays', record(`"topic":${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'nested'],
    ['50,000 nested objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}\n`, 'nested'],
    ['a number whose digits JSON loses', record('"topic":12345678901234567890'), 'lost_digits'],
    ['an infinite number', record('"topic":"x","revisit_sat":1e999'), 'not_a_number'],
    ['no object', '[1]\n', 'bad_json'],
    ['no JSON', `{x}\n${record('"topic":"y"').replace('"j"', '"j2"')}`, 'bad_json'],
  ])('JSON: %s', async (_, body, code) => {
    expect((await load(body)).codes).toEqual([code]);
  });
});

describe('mappings', () => {
  const file = () => fileOf('topic', ['x']);
  it.each<[string, unknown]>([
    ['a prototype as a column', { columns: { constructor: 'topic' } }],
    ['an unknown column', { columns: { "topic'": 'topic' } }],
    ['a repeated token', { columns: { create_ts: { from: 'create_ts', format: 'YYYY-MM-DD HH:mm:ss ss' } } }],
    ['a pattern as a format', { columns: { create_ts: { from: 'create_ts', format: '(a+)+$' } } }],
    ['a prototype as a format', { columns: { create_ts: { from: 'create_ts', format: 'constructor' } } }],
    ['an absent header', { columns: { topic: "topic'; --" } }],
    ['another dataset', { dataset: 'observation', columns: {} }],
  ])('refuses %s', async (_, mapping) => {
    await expectRefused(load(file(), { mapping }), /mapping|header/);
  });

  it.each<[string, unknown]>([
    ['both from and value', { columns: { topic: { from: 'topic', value: 'x' } } }],
    ['NUL in a text', { columns: {}, source: 'a\0b' }],
    ['half a character', { columns: { topic: { value: '\ud800' } } }],
    ['NUL in a name', { columns: { 'a\0': 'topic' } }],
    ['an endless factor', { columns: { revisit_sat: { from: 'topic', factor: Number.POSITIVE_INFINITY } } }],
    ['NaN', { columns: { revisit_sat: { from: 'topic', factor: Number.NaN } } }],
    ['a negative factor', { columns: { revisit_sat: { from: 'topic', factor: -1 } } }],
    ['seven parts', { columns: { topic: { from: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] } } }],
    ['a long join', { columns: { topic: { from: ['topic', 'channel'], join: 'x'.repeat(6) } } }],
    ['an unknown member', { columns: {}, exec: 'x' }],
    ['a list', []],
  ])('is no mapping: %s', async (_, mapping) => {
    await expect(load(file(), { mapping })).rejects.toMatchObject({ name: 'ZodError' });
  });

  it('a list of values knows its own names only', async () => {
    const mapping = { columns: { topic: { from: 'topic', values: { a: 'b' } } } };
    const cells = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
    const outcome = await load(fileOf('topic', cells), { mapping });
    expect(outcome.codes).toEqual(cells.map(() => 'unmapped_value'));
  });
});

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { asc, eq } from 'drizzle-orm';
import iconv from 'iconv-lite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { audit } from '@/server/db/schema/access';
import { computeQueue, datasetLoad } from '@/server/db/schema/ingest';
import { setting } from '@/server/db/schema/registry';
import { checkMapping } from '@/server/ingest/mapping';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { type CreateLoadInput, createLoad } from './create';
import { getLoad } from './get';
import { listLoads } from './list';
import { listRejects, rejectsCsv } from './rejects';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());
afterEach(async () => {
  for (const table of ['hotline_ticket', 'air_quality_hour', 'market_entity_event', 'quarantine_row'])
    await runtime.stores.warehouse.jobs.command({ name: 'empty', sql: `TRUNCATE TABLE ${table}` });
  await runtime.stores.db.delete(datasetLoad);
  await runtime.stores.db.delete(computeQueue);
});

function actor(role: Actor['role'], regions: number[], id: string = role): Actor {
  return { kind: 'user', id, name: id, role, scope: { regions, domains: null } };
}

async function load(
  dataset: string,
  text: string | Buffer,
  more: Partial<CreateLoadInput> & { as?: Actor } = {},
) {
  const { as, ...rest } = more;
  runtime.clock.advance(1000);
  return createLoad(runtime.context(as), {
    dataset,
    fileName: 'test.csv',
    origin: 'command',
    provenance: 'real',
    bytes: Buffer.isBuffer(text) ? text : Buffer.from(text),
    ...rest,
  });
}

/** Everything that counts in a table, as text lines; without `FINAL` as the engine holds it. */
async function rows(table: string, columns: string, final = true): Promise<string[]> {
  const text = await runtime.stores.warehouse.screens.text(
    { name: 'rows', sql: `SELECT ${columns} FROM ${table} ${final ? 'FINAL' : ''} ORDER BY ${columns}` },
    'CSV',
  );
  return text.trim() === '' ? [] : text.trim().replaceAll('"', '').split('\n');
}

async function queue(): Promise<string[]> {
  const found = await runtime.stores.db.select().from(computeQueue).orderBy(asc(computeQueue.windowStart));
  const day = (date: Date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return found.map((row) => `${day(row.windowStart)}..${day(row.windowEnd)}`);
}

async function csvOf(loadId: string, as?: Actor): Promise<string> {
  let text = '';
  for await (const chunk of (await rejectsCsv(runtime.context(as), { id: loadId })).body)
    text += String(chunk);
  return text;
}

const TICKET = 'ticket_id,region_code,create_ts,channel,request_type,topic,finish_ts,updated_at';
const tickets = (...lines: string[]) => `${TICKET}\n${lines.join('\n')}\n`;
const AIR = 'station_id,region_code,data_ts,pm25,pm10';
const air = (...lines: string[]) => `${AIR}\n${lines.join('\n')}\n`;

/** Files of loads that this process holds open, removed ones included. */
function openLoadFiles(): string[] {
  const directory = path.join(runtime.env.dataDir, 'loads');
  return fs.readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = fs.readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(directory) ? [target] : [];
    } catch {
      return [];
    }
  });
}

describe('outcomes', () => {
  it('a file sent twice changes nothing', async () => {
    const text = air('S1,140105,2026-11-20 01:00:00,10,20', 'S1,140105,2026-11-20 02:00:00,11,21');
    const first = await load('air_quality_hour', text);
    expect(first).toMatchObject({
      accepted: 2,
      corrected: 0,
      duplicate: 0,
      rejected: 0,
      alreadyLoaded: false,
    });
    expect(await queue()).toEqual(['2026-11-20..2026-11-21']);
    expect(await load('air_quality_hour', text)).toEqual({ ...first, alreadyLoaded: true });
    expect(await rows('air_quality_hour', 'station_id, data_ts, pm25, is_demo', false)).toHaveLength(2);
    // Nothing new: nothing to compute.
    expect(await queue()).toHaveLength(1);
    expect(fs.readdirSync(path.join(runtime.stores.dataDir, 'loads'))).toEqual([]);
  });

  it('counts add up, also when the file itself repeats a key', async () => {
    await load('air_quality_hour', air('S1,140105,2026-11-20 01:00:00,10,20'));
    const result = await load(
      'air_quality_hour',
      air(
        'S1,140105,2026-11-20 01:00:00,10,20',
        'S1,140105,2026-11-20 02:00:00,1,2',
        'S1,140105,2026-11-20 02:00:00,1,2',
        'S1,140105,2026-11-20 02:00:00,3,4',
        'S2,140105,2026-11-20 02:00:00,x,4',
      ),
    );
    expect(result).toMatchObject({ accepted: 1, corrected: 1, duplicate: 2, rejected: 1 });
    // The last of the file counts.
    expect(await rows('air_quality_hour', 'data_ts, pm25')).toEqual([
      '2026-11-20 01:00:00,10',
      '2026-11-20 02:00:00,3',
    ]);
  });

  it('midnight closes the day before: both days are computed again', async () => {
    await load('air_quality_hour', air('S1,140105,2026-11-20 00:00:00,10,20'));
    expect(await queue()).toEqual(['2026-11-19..2026-11-21']);
  });

  it('a correction that moves a row to another region or time withdraws the old one, once', async () => {
    await load(
      'hotline_ticket',
      tickets('T1,140105,2026-11-01 08:00:00,phone,投诉,供热,,2026-11-01 09:00:00'),
    );
    await runtime.stores.db.delete(computeQueue);
    const moved = await load(
      'hotline_ticket',
      tickets('T1,140106,2026-11-02 08:00:00,phone,投诉,供热,2026-11-05 08:00:00,2026-11-05 09:00:00'),
    );
    expect(moved).toMatchObject({ accepted: 0, corrected: 1 });
    expect(await rows('hotline_ticket', 'ticket_id, region_code')).toEqual(['T1,140106']);
    // Days of the old row, the new row, and of its closing.
    expect(await queue()).toEqual(['2026-11-01..2026-11-03', '2026-11-05..2026-11-06']);
  });

  it('the order of loads does not matter: the newest state of the source counts', async () => {
    const states = [
      tickets(
        'T1,140105,2026-11-01 08:00:00,phone,投诉,供热,,2026-11-01 09:00:00',
        'T2,140105,2026-11-01 08:00:00,web,咨询,社保,,2026-11-01 09:00:00',
      ),
      tickets('T1,140106,2026-11-01 08:00:00,phone,投诉,供热,,2026-11-02 09:00:00'),
      tickets('T1,140105,2026-11-01 08:00:00,phone,投诉,供热,2026-11-03 08:00:00,2026-11-03 09:00:00'),
    ];
    const seen = new Set<string>();
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
    ]) {
      for (const i of order) await load('hotline_ticket', states[i] ?? '');
      seen.add((await rows('hotline_ticket', 'ticket_id, region_code, finish_ts')).join(';'));
      await runtime.stores.warehouse.jobs.command({ name: 'empty', sql: 'TRUNCATE TABLE hotline_ticket' });
      await runtime.stores.db.delete(datasetLoad);
    }
    expect([...seen]).toEqual(['T1,140105,2026-11-03 08:00:00;T2,140105,\\N']);
  });

  it('content that returns to what it was is a correction too; a void row is gone', async () => {
    const head = `${AIR},is_deleted\n`;
    const at = 'S1,140105,2026-11-20 01:00:00';
    await load('air_quality_hour', `${head}${at},10,20,0\n`);
    await load('air_quality_hour', `${head}${at},11,20,0\n`);
    expect(await load('air_quality_hour', `${head}${at},10,20,0\n\n`)).toMatchObject({ corrected: 1 });
    expect(await rows('air_quality_hour', 'pm25')).toEqual(['10']);
    expect(await load('air_quality_hour', `${head}${at},10,20,1\n`)).toMatchObject({ corrected: 1 });
    expect(await rows('air_quality_hour', 'pm25')).toEqual([]);
  });

  it('rows of a demonstration load are marked in every row', async () => {
    await load('air_quality_hour', air('S1,140105,2026-11-20 01:00:00,10,20'), { provenance: 'demo' });
    expect(await rows('air_quality_hour', 'station_id, is_demo')).toEqual(['S1,1']);
  });
});

describe('rejected rows', () => {
  it('are kept with place and reason, downloaded, mended and sent again', async () => {
    const mapping = checkMapping({ columns: { region_code: '区划', pm25: 'PM2.5' } });
    const given = [
      '\ufeffstation_id,区划,data_ts,PM2.5,pm10',
      'S1,140105,2026-11-20 01:00:00,10,20',
      'S2,火星市,2026-11-20 01:00:00,10,20',
      'S3,140105,2027-11-20 01:00:00,10,20',
      'S4,140105,2026-11-20 01:00:00,"12,5",20',
      'S5,140105,2026-11-20 01:00:00,-999,20',
      'S6,140105',
    ].join('\n');
    const first = await load('air_quality_hour', given, { mapping });
    expect(first).toMatchObject({ accepted: 2, rejected: 4 });
    expect(await rows('air_quality_hour', 'station_id, pm25')).toEqual(['S1,10', 'S5,\\N']);

    const page = await listRejects(runtime.context(), { id: first.loadId });
    expect(page.rows.map((row) => [row.row, row.column, row.code])).toEqual([
      [3, 'region_code', 'bad_region'],
      [4, 'data_ts', 'future_time'],
      [5, 'pm25', 'decimal_comma'],
      [7, '', 'column_count'],
    ]);
    expect(page.rows[0]?.cells[1]).toEqual({ header: '区划', title: null, text: '火星市' });

    const text = await csvOf(first.loadId);
    expect(text.split('\n')[0]).toBe(
      '\ufeffstation_id,区划,data_ts,PM2.5,pm10,_row,_column,_reason,_surplus',
    );
    expect(text.split('\n')[3]).toMatch(/^S4,140105,2026-11-20 01:00:00,"12,5",20,5,pm25,/);
    const mended = text
      .replace('火星市', '小店区')
      .replace('2027-11-20', '2026-11-20')
      .replace('"12,5"', '12.5')
      .replace('S6,140105,,,', 'S6,140105,2026-11-20 01:00:00,1,2');
    // Without a mapping of its own: the mended file has the headers of the first.
    const again = await load('air_quality_hour', mended, { mendsLoadId: first.loadId });
    expect(again).toMatchObject({ accepted: 4, rejected: 0 });
    expect(await getLoad(runtime.context(), { id: again.loadId })).toMatchObject({
      mendsLoadId: first.loadId,
      rejected: 0,
    });
    expect(await rows('air_quality_hour', 'station_id')).toEqual(['S1', 'S2', 'S3', 'S4', 'S5', 'S6']);
  });

  it('keep a surplus field in a column of its own, and mask plain personal numbers', async () => {
    const wide = await load('air_quality_hour', air('S1,140105,2026-11-20 01:00:00,1,2,3'));
    expect((await csvOf(wide.loadId)).trim().split('\n')[1]?.endsWith(',3')).toBe(true);
    const personal = await load(
      'hotline_ticket',
      `${TICKET},text_masked\nT1,140105,2026-11-01 08:00:00,phone,投诉,供热,,,请回电13800001234\n`,
    );
    expect(personal.rejected).toBe(1);
    expect(await csvOf(personal.loadId)).toContain('138****1234');
  });
});

describe('scope and roles', () => {
  const taiyuan = actor('operator', [140100]);

  it("refuses rows outside the sender's regions and lets nobody else see them", async () => {
    const text = air('S1,140105,2026-11-20 01:00:00,1,2', 'S2,140212,2026-11-20 01:00:00,1,2');
    const mine = await load('air_quality_hour', text, { as: taiyuan });
    expect(mine).toMatchObject({ accepted: 1, rejected: 1 });
    expect((await listRejects(runtime.context(taiyuan), { id: mine.loadId })).rows[0]?.code).toBe(
      'out_of_scope',
    );
    // The same file from someone with the whole province is another load.
    const whole = await load('air_quality_hour', text);
    expect(whole).toMatchObject({ accepted: 1, duplicate: 1, alreadyLoaded: false });
    await expect(getLoad(runtime.context(taiyuan), { id: whole.loadId })).rejects.toMatchObject({
      code: 'not_found',
    });
    const ids = async (who: Actor) => (await listLoads(runtime.context(who), {})).loads.map((one) => one.id);
    expect(await ids(taiyuan)).toEqual([mine.loadId]);
    // The installation's own loads are the province's: who watches over it must see what came in by command.
    expect(await ids(actor('auditor', [140000]))).toEqual([whole.loadId, mine.loadId]);
    expect(await ids(actor('auditor', [100000]))).toEqual([whole.loadId, mine.loadId]);
    const next = await listLoads(runtime.context(), { limit: 1 });
    const rest = await listLoads(runtime.context(), { limit: 1, after: next.next ?? undefined });
    expect([next.loads[0]?.id, rest.loads[0]?.id, rest.next]).toEqual([whole.loadId, mine.loadId, null]);
  });

  it('takes the nation’s published figures from who may load the whole province, and from nobody else', async () => {
    const text = `metric,region_code,period,freq,basis,measure,status,value,unit,published_at,source
gdp,100000,2024,A,period,level,prelim,1349083.5,亿元,2025-01-17,国家统计局
`;
    const whole = actor('operator', [140000], 'whole');
    expect(await load('official_figure', text, { as: whole })).toMatchObject({ accepted: 1, rejected: 0 });
    expect(await load('official_figure', text, { as: taiyuan })).toMatchObject({ accepted: 0, rejected: 1 });
    const nation = air('S1,100000,2026-11-20 01:00:00,1,2');
    expect(await load('air_quality_hour', nation, { as: whole })).toMatchObject({ rejected: 1 });
  });

  it.each(['leader', 'analyst', 'auditor'] as const)('a %s may not load', async (role) => {
    await expect(load('air_quality_hour', air('x'), { as: actor(role, [140000]) })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('records who loaded what in the audit', async () => {
    const { loadId } = await load('air_quality_hour', air('S1,140105,2026-11-20 01:00:00,1,2'), {
      as: taiyuan,
    });
    const [entry] = await runtime.stores.db.select().from(audit).where(eq(audit.entityId, loadId));
    expect(entry).toMatchObject({ action: 'load.create', outcome: 'success', actorId: 'operator' });
    expect(entry?.details).toMatchObject({ dataset: 'air_quality_hour', accepted: 1 });
  });
});

describe('files that are refused as a whole', () => {
  const long = air(...Array.from({ length: 400 }, (_, i) => `S${i},140105,2026-11-20 01:00:00,1,2`));
  it.each([
    ['an empty file', Buffer.alloc(0), /空/],
    ['only a header', Buffer.from(`${AIR}\n`), /只有表头/],
    ['a wrong header', Buffer.from('a,b\n1,2\n'), /缺少列.*文件的表头是 a、b/],
    ['half a gzip file', zlib.gzipSync(long).subarray(0, -20), /压缩文件不完整/],
    ['a last line cut inside quotes', Buffer.from(`${long}S9,140105,"2026-11`), /第 402 行的引号没有闭合/],
  ])(
    '%s: nothing is written, the load says why, and the mended file is welcome',
    async (_, bytes, message) => {
      const failure = load('air_quality_hour', bytes);
      await expect(failure).rejects.toMatchObject({
        code: 'bad_input',
        message: expect.stringMatching(message),
      });
      expect(await rows('air_quality_hour', 'station_id', false)).toEqual([]);
      expect(await rows('air_quality_hour_stage', 'station_id', false)).toEqual([]);
      expect(await rows('quarantine_row', 'row_number', false)).toEqual([]);
      const [record] = (await listLoads(runtime.context(), {})).loads;
      expect(record).toMatchObject({ status: 'failed', error: expect.stringMatching(message) });
      expect(await load('air_quality_hour', long)).toMatchObject({ accepted: 400 });
    },
  );

  it('is told when the file is too large, and nothing stays of it', async () => {
    const now = new Date();
    await runtime.stores.db.insert(setting).values({ key: 'ingest_max_bytes', value: 1000, updatedAt: now });
    await expect(load('air_quality_hour', long)).rejects.toMatchObject({ code: 'too_large' });
    await runtime.stores.db.delete(setting).where(eq(setting.key, 'ingest_max_bytes'));
    expect(fs.readdirSync(path.join(runtime.stores.dataDir, 'loads'))).toEqual([]);
    expect((await listLoads(runtime.context(), {})).loads).toEqual([]);
  });

  it('an unknown dataset is named', async () => {
    await expect(load('air', 'x')).rejects.toMatchObject({ code: 'not_found', place: 'dataset' });
  });
});

describe('formats', () => {
  it('GB18030 from a Chinese Windows and NDJSON give the same rows', async () => {
    const text = tickets('T1,太原市小店区,2026-11-01 08:00:00,phone,投诉,噪声扰民,,2026-11-01 09:00:00');
    expect(await load('hotline_ticket', iconv.encode(text, 'gb18030'))).toMatchObject({ accepted: 1 });
    expect(await rows('hotline_ticket', 'region_code, request_type, topic')).toEqual([
      '140105,投诉,噪声扰民',
    ]);
    const record = {
      ticket_id: 'T1',
      region_code: 140105,
      create_ts: '2026-11-01T00:00:00Z',
      channel: 'phone',
      request_type: '投诉',
      topic: '噪声扰民',
      updated_at: '2026-11-01 09:00:00',
    };
    expect(await load('hotline_ticket', `${JSON.stringify(record)}\n`)).toMatchObject({ duplicate: 1 });
  });

  it('a load over more months than the engine takes in one insert', async () => {
    const months = Array.from(
      { length: 130 },
      (_, i) => `${2010 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    );
    const text = `uscc,region_code,event,event_date,entity_type\n${months.map((month) => `91350100M000100Y43,140105,change,${month}-05,企业`).join('\n')}\n`;
    expect(await load('market_entity_event', text)).toMatchObject({ accepted: 130 });
    expect(await queue()).toHaveLength(130);
  });
});

describe('a file that is refused half way', () => {
  it('is closed: nothing holds its disk space', async () => {
    // Larger than what is read ahead, also when it is packed.
    const filler = Array.from(
      { length: 30_000 },
      (_, i) => `${createHash('sha256').update(`${i}`).digest('hex')},b\n`,
    ).join('');
    const unknown = Buffer.from(`what,else\n${filler}`);
    const unclosed = Buffer.from(`${TICKET}\n"${filler}`);
    for (const bytes of [unknown, zlib.gzipSync(unknown), unclosed, zlib.gzipSync(unclosed)])
      await expect(load('hotline_ticket', bytes)).rejects.toMatchObject({ code: 'bad_input' });
    expect(openLoadFiles()).toEqual([]);
  });
});

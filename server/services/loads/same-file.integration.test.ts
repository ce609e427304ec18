import zlib from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkMapping } from '@/server/ingest/mapping';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { type CreateLoadInput, createLoad } from './create';
import { getLoad } from './get';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const AIR = 'station_id,region_code,data_ts,pm25';
const operator = actorOf('operator');

/** By a command of the system, unless an actor is named. */
function load(bytes: Buffer, more: Partial<CreateLoadInput> = {}, actor?: typeof operator) {
  runtime.clock.advance(1000);
  return createLoad(runtime.context(actor), {
    dataset: 'air_quality_hour',
    fileName: 'file.csv',
    origin: 'command',
    provenance: 'real',
    bytes,
    ...more,
  });
}

it('the same file is known again, packed, renamed and by another door, and its former load is named', async () => {
  const text = Buffer.from(`${AIR}\nS1,140105,2026-11-20 01:00:00,10\nS1,140105,2026-11-20 02:00:00,11\n`);
  const first = await load(text);
  expect(first).toMatchObject({ accepted: 2, alreadyLoaded: false });
  const again = { ...first, alreadyLoaded: true };
  expect(await load(zlib.gzipSync(text), { fileName: 'file.csv.gz' })).toEqual(again);
  // A command is the system's, whose scope is the nation; an operator of the province may load the same rows.
  expect(await load(text, { origin: 'upload', fileName: 'other.csv' }, operator)).toEqual(again);
  expect((await getLoad(runtime.context(operator), { id: first.loadId })).fileName).toBe('file.csv');
  // What is read in another way is another load, and its rows are known.
  const mapping = checkMapping({ columns: {}, skip: ['nothing'] });
  expect(await load(text, { mapping })).toMatchObject({ alreadyLoaded: false, duplicate: 2 });
});

it('a packed file that came first is known again unpacked, and one that is cut off is not taken for it', async () => {
  const lines = Array.from({ length: 300 }, (_, i) => `P${i},140105,2026-11-20 01:00:00,${i}`);
  const text = Buffer.from(`${AIR}\n${lines.join('\n')}\n`);
  const packed = zlib.gzipSync(text);
  const first = await load(packed, { origin: 'push' }, operator);
  await expect(load(packed.subarray(0, -20))).rejects.toMatchObject({ code: 'bad_input' });
  expect(await load(text)).toEqual({ ...first, alreadyLoaded: true });
});

it('more pushes at once than there are database connections all finish', async () => {
  const push = (dataset: string, text: string) =>
    load(Buffer.from(text), { dataset, fileName: 'push.csv', origin: 'push' });
  const done = await Promise.all(
    Array.from({ length: 8 }, (_, i) => [
      push('air_quality_hour', `${AIR}\nX${i},140105,2026-11-20 01:00:00,10\n`),
      push(
        'hotline_ticket',
        `ticket_id,region_code,create_ts,channel,request_type,topic\nT${i},140105,2026-11-01 08:00:00,phone,投诉,供热\n`,
      ),
    ]).flat(),
  );
  expect(done.filter(({ accepted }) => accepted === 1)).toHaveLength(16);
});

it('the same file sent several times at once is loaded once, and all senders get its outcome', async () => {
  const text = Buffer.from(`${AIR}\nO1,140105,2026-11-20 01:00:00,10\nO1,140105,2026-11-20 02:00:00,11\n`);
  const done = await Promise.all(Array.from({ length: 4 }, () => load(text, { origin: 'push' }, operator)));
  expect(new Set(done.map(({ loadId }) => loadId)).size).toBe(1);
  expect(done.map(({ accepted, duplicate }) => [accepted, duplicate])).toEqual(
    Array.from({ length: 4 }, () => [2, 0]),
  );
  expect(done.filter(({ alreadyLoaded }) => !alreadyLoaded)).toHaveLength(1);
});

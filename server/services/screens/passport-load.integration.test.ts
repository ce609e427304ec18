import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { runCompute } from '@/server/compute/run';
import type { Actor } from '@/server/context';
import { createLoad } from '@/server/services/loads/create';
import { exportObservations } from '@/server/services/observations/export';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
const HEADER = 'metric,region_code,period,freq,basis,measure,status,value,unit,published_at,source,note';

/** Sends a file and computes what it changes; the clock goes on a minute. @returns the load's id. */
async function bring(dataset: string, fileName: string, text: string, actor?: Actor): Promise<string> {
  runtime.clock.advance(60_000);
  const { loadId } = await createLoad(runtime.context(actor), {
    dataset,
    fileName,
    origin: 'upload',
    provenance: 'real',
    bytes: Buffer.from(text),
  });
  await runCompute(runtime.stores, { dataset, reason: 'test' });
  return loadId;
}

const gdp = (published: string, value: string, note = '') =>
  `${HEADER}\ngdp,140000,2024,A,period,level,prelim,${value},亿元,${published},省统计局,${note}\n`;
const hotline = (...ids: string[]) =>
  `ticket_id,region_code,create_ts,channel,request_type,topic\n${ids
    .map((id) => `${id},140105,2026-11-20 08:00:00,phone,投诉,供热\n`)
    .join('')}`;

const operator = actorOf('operator');
const GDP: CellKey = {
  metric: 'gdp',
  freq: 'A',
  region: 140000,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: Date.parse('2024-01-01T00:00:00+08:00'),
};
const TICKETS: CellKey = {
  ...GDP,
  metric: 'hotline_requests',
  freq: 'D',
  periodMs: Date.parse('2026-11-20T00:00:00+08:00'),
};
const loadOf = async (actor: Actor, cell: CellKey, asOfMs?: number) =>
  (await readPassport(runtime.context(actor), { cell, ...(asOfMs !== undefined && { asOfMs }) })).load;

beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

it('names the load that brought a published figure, each vintage its own', async () => {
  const first = await bring('official_figure', 'flash.csv', gdp('2025-01-20', '25494.69'), operator);
  const second = await bring('official_figure', 'final.csv', gdp('2025-12-20', '25600.00'));
  expect(await loadOf(operator, GDP)).toMatchObject({ id: second, fileName: 'final.csv', brought: true });
  const before = Date.parse('2025-06-01T00:00:00+08:00');
  expect(await loadOf(operator, GDP, before)).toMatchObject({
    id: first,
    fileName: 'flash.csv',
    actorName: 'operator',
    brought: true,
  });
  // Sent again with others: the rows are known, and still those of the load that brought them.
  await bring('official_figure', 'again.csv', `${gdp('2025-12-20', '25600.00')}\n`);
  expect(await loadOf(operator, GDP)).toMatchObject({ id: second });
});

it('says what was written beside the figure that it shows, to everybody who may read it', async () => {
  await bring('official_figure', 'noted.csv', gdp('2026-01-20', '25700.00', '名录库变动'), operator);
  const noteOf = async (actor: Actor, asOfMs?: number) =>
    (await readPassport(runtime.context(actor), { cell: GDP, ...(asOfMs !== undefined && { asOfMs }) })).note;
  expect(await noteOf(actorOf('leader'))).toBe('名录库变动');
  expect(await noteOf(operator, Date.parse('2025-12-31T00:00:00+08:00'))).toBe('');
  const { text } = await exportObservations(
    runtime.context(operator),
    { metric: ['gdp'], region: [140000], from: '2024', to: '2024', vintages: 'all' },
    { bom: false, labels: 'name' },
  );
  const noted = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(noted.map((row) => [row[10], row.at(-1)]).slice(-2)).toEqual([
    ['25600', ''],
    ['25700', '名录库变动'],
  ]);
});

it('names the newest load of the rows that a value was computed from, as far as it knew of them', async () => {
  const first = await bring('hotline_ticket', 'monday.csv', hotline('a'));
  const knownMs = runtime.clock.nowMs();
  const second = await bring('hotline_ticket', 'tuesday.csv', hotline('a', 'b'));
  expect(await loadOf(operator, TICKETS)).toMatchObject({ id: second, brought: false });
  expect(await loadOf(operator, TICKETS, knownMs)).toMatchObject({ id: first, brought: false });
});

it('names no load to who may not see it', async () => {
  expect(await loadOf(actorOf('leader'), GDP)).toBeNull();
  expect(await loadOf(actorOf('analyst'), TICKETS)).toBeNull();
  // Whoever is limited to a city may see its figures, not the province's files.
  const city = actorOf('operator', { regions: [140100] });
  expect(await loadOf(city, { ...TICKETS, region: 140100 })).toBeNull();
});

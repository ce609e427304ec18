import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { waitingDatasets } from '@/server/compute/queue';
import { figures, openWorld, type World } from '@/tests/support/compute';

/** Several whole computations, on a busy machine. */
vi.setConfig({ testTimeout: 180_000 });

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-03-10T12:00:00');
  const established = (uscc: string, day: string) => ({
    uscc,
    region_code: 140105,
    event: 'establish',
    event_date: day,
    entity_type: '企业',
    industry: '5211',
  });
  await world.load(
    'market_entity_event',
    [established('A', '2026-01-10'), established('B', '2026-02-05')],
    '2026-01-10',
    '2026-02-05',
  );
});
afterAll(() => world.runtime.close());

const publish = async (value: string, published: string) => {
  const of = { freq: 'A', basis: 'point' };
  await world.load('official_figure', figures('entity_total', 140100, of, [['2025', value, published]]));
  await world.compute();
};
const stockOn = async (day: string, asOf?: string) => {
  const cells = await world.cells('entity_total', asOf ? { asOf } : {});
  return cells[`140100 D point ${day}`];
};

it('a stock published after the movements were computed gives the days that waited for it', async () => {
  const before = await world.compute();
  expect(before.refusals).toMatchObject([{ metric: 'entity_total', code: 'no_opening_stock' }]);
  await publish('1000', '2026-02-01');
  expect(await waitingDatasets(world.runtime.stores)).toEqual(['market_entity_event']);
  await world.compute();
  // One came on 10 January, one on 5 February.
  expect(await stockOn('2026-01-10')).toBe('1001');
  expect(await stockOn('2026-02-04')).toBe('1001');
  expect(await stockOn('2026-02-05')).toBe('1002');
});

it('a revised stock reopens the same days by a new vintage, and what was known before stays known', async () => {
  world.runtime.clock.advance(2 * 86_400_000);
  await publish('1100', '2026-03-11');
  await world.compute();
  expect(await stockOn('2026-02-05')).toBe('1102');
  expect(await stockOn('2026-02-05', '2026-03-11')).toBe('1002');
});

it('the same figures again reopen nothing', async () => {
  await publish('1100', '2026-03-11');
  expect(await waitingDatasets(world.runtime.stores)).toEqual([]);
});

it('a published month counts in 累计 and the year of what rows are counted for, whichever came first', async () => {
  const cells = async () => {
    const all = await world.cells('entity_new');
    return [
      all['140100 M period 2026-02-01'],
      all['140100 M ytd 2026-02-01'],
      all['140100 A period 2026-01-01'],
    ];
  };
  // One of January, one of February.
  expect(await cells()).toEqual(['1', '2', '2 running']);
  const of = { freq: 'M', basis: 'period' };
  await world.load('official_figure', figures('entity_new', 140100, of, [['2026-02', '500', '2026-03-08']]));
  await world.compute();
  await world.compute();
  // 1 + 500; the county has no figure but its rows.
  expect(await cells()).toEqual(['500', '501', '501 running']);
  expect((await world.cells('entity_new'))['140105 M ytd 2026-02-01']).toBe('2');
  expect(await waitingDatasets(world.runtime.stores)).toEqual([]);
});

it('a stock published of the last day of a month is the stock at its end', async () => {
  const of = { freq: 'D', basis: 'point' };
  await world.load(
    'official_figure',
    figures('entity_total', 140100, of, [['2026-01-31', '1200', '2026-03-09']]),
  );
  await world.compute();
  await world.compute();
  const cells = await world.cells('entity_total');
  expect(cells['140100 D point 2026-01-30']).toBe('1101');
  expect(cells['140100 M point 2026-01-01']).toBe('1200');
  // It is an opening too: one came on 5 February.
  expect(cells['140100 D point 2026-02-05']).toBe('1201');
});

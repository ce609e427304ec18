import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, deliver, figures, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2024-03-10T18:00:00');
  const total = figures('entity_total', 140000, { freq: 'M', basis: 'point' }, [
    ['2024-01', '1000', '2024-02-05'],
  ]);
  await world.load('official_figure', total);
  await world.compute();
});
afterAll(() => world.runtime.close());

const HEADER = 'uscc,region_code,event,event_date,entity_type,is_deleted,updated_at';
let moment = 0;

/** Events as the source delivers them: `entity,county,event,day[,deleted]`. */
async function push(lines: readonly string[]): Promise<{ duplicate: number }> {
  const rows = lines.map((line) => {
    const [entity, county, event, day, deleted = '0'] = line.split(',');
    moment += 1;
    const updated = `2024-03-10 10:${String(moment).padStart(2, '0')}:00`;
    return `91140100MA000000${entity},${county},${event},${day},企业,${deleted},${updated}`;
  });
  return deliver(world, 'market_entity_event', HEADER, rows);
}

async function expectCells(metric: string, cells: Record<string, string | undefined>): Promise<void> {
  const found = await world.cells(metric);
  expect([metric, Object.fromEntries(Object.keys(cells).map((place) => [place, found[place]]))]).toEqual([
    metric,
    cells,
  ]);
}

async function expectNothingNewFromScratch(): Promise<void> {
  const stretch = { fromMs: at('2023-12-01T00:00:00'), toMs: at('2024-03-11T00:00:00') };
  const again = await world.compute({ dataset: 'market_entity_event', ...stretch });
  expect([again.rowsWritten, again.derivedRows]).toEqual([0, 0]);
}

describe('market entities', () => {
  it('count from the last published stock, each event in its own day, month and year', async () => {
    const { duplicate } = await push([
      // Before the end of 2023: in its year, and in the published stock.
      'A6,140105,establish,2023-12-31',
      'A1,140105,establish,2024-02-29',
      'A2,140105,establish,2024-02-29',
      'A2,140105,establish,2024-02-29',
      'A3,140106,establish,2024-02-29',
      // Revoked, and cancelled in the month after: one entity of the year, one of each month.
      'A4,140105,revoke,2024-02-01',
      'A4,140105,cancel,2024-03-01',
      'A5,140106,cancel,2024-03-01',
      'A7,140105,move_out,2024-03-02',
      'A7,140213,move_in,2024-03-02',
    ]);
    expect(duplicate).toBe(1);
    await expectCells('entity_new', {
      '140105 D period 2024-02-29': '2',
      '140105 M period 2024-02-01': '2',
      '140106 M period 2024-02-01': '1',
      '140100 M period 2024-02-01': '3',
      '140213 M period 2024-02-01': undefined,
      '140213 M period 2024-03-01': '0 running',
      '140000 A period 2023-01-01': '1',
      '140000 A period 2024-01-01': '3 running',
    });
    await expectCells('entity_cancel', {
      '140106 M period 2024-02-01': '0',
      '140105 M period 2024-02-01': '1',
      '140105 M period 2024-03-01': '1 running',
      '140105 A period 2024-01-01': '1 running',
      '140000 A period 2024-01-01': '2 running',
    });
    // New less gone: 2 − 1, 0 − 1, and of the year 3 − 2.
    await expectCells('entity_net', {
      '140105 M period 2024-02-01': '1',
      '140105 M period 2024-03-01': '-1 running',
      '140000 A period 2024-01-01': '1 running',
    });
    // 1000 − A4; + A1, A2, A3; − A5, and A4 went before; A7 stays in the province.
    await expectCells('entity_total', {
      '140000 D point 2024-02-01': '999',
      '140000 D point 2024-02-29': '1002',
      '140000 D point 2024-03-01': '1001',
      '140000 D point 2024-03-02': '1001',
      '140000 M point 2024-02-01': '1002',
      '140000 M point 2024-03-01': '1001 running',
      // Nobody published how many there were in a city.
      '140100 D point 2024-03-01': undefined,
    });
    await expectNothingNewFromScratch();
  });

  it('leave the county that a correction moves them out of, and are gone when they are taken back', async () => {
    await push(['A3,140213,establish,2024-02-29', 'A5,140106,cancel,2024-03-01,1']);
    await expectCells('entity_new', {
      '140106 M period 2024-02-01': 'null(missing)',
      '140213 M period 2024-02-01': '1',
      '140100 M period 2024-02-01': '2',
      '140000 A period 2024-01-01': '3 running',
    });
    await expectCells('entity_cancel', {
      '140106 M period 2024-03-01': 'null(missing)',
      '140000 A period 2024-01-01': '1 running',
    });
    await expectCells('entity_net', { '140000 A period 2024-01-01': '2 running' });
    await expectCells('entity_total', {
      '140000 D point 2024-02-29': '1002',
      '140000 D point 2024-03-01': '1002',
      '140000 D point 2024-03-02': '1002',
    });
    await expectNothingNewFromScratch();
  });
});

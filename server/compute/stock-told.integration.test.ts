import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLoad } from '@/server/services/loads/create';
import { openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-05-29T18:00:00');
});
afterAll(() => world.runtime.close());

async function deliver(lines: readonly string[]): Promise<void> {
  const header =
    'case_no,region_code,item_code,department,channel,stage,accept_ts,finish_ts,promise_date,is_deleted,updated_at';
  const bytes = Buffer.from(`${header}\n${lines.join('\n')}\n`);
  const load = {
    dataset: 'service_case',
    fileName: 'hand',
    origin: 'push',
    provenance: 'real',
    bytes,
  } as const;
  expect((await createLoad(world.runtime.context(), load)).rejected).toBe(0);
  // The engine merges when it likes; afterwards no former version of a row is to be seen.
  await world.runtime.stores.warehouse.jobs.command({
    name: 'test_merge',
    sql: 'OPTIMIZE TABLE service_case FINAL',
  });
  world.runtime.clock.advance(60_000);
  await world.compute();
  world.runtime.clock.advance(60_000);
}

it('a day that a stock was once told of is counted again, although the row that told of it is taken back', async () => {
  const overdue = async (day: string) =>
    (await world.cells('service_overdue'))[`140105 D point 2026-05-${day}`];
  await deliver([
    's1,140105,i,住建局,web,finish,2026-05-10 09:00:00,2026-05-20 09:00:00,2026-05-30,0,2026-05-29 10:00:00',
    's2,140105,i,住建局,web,accept,2026-05-11 09:00:00,,2026-05-12,0,2026-05-29 10:00:00',
  ]);
  // s2 is overdue from the end of the 12th; the settlement of s1 tells of the days up to the 20th.
  expect([await overdue('11'), await overdue('12'), await overdue('20'), await overdue('21')]).toEqual([
    '0',
    '1',
    '1',
    undefined,
  ]);
  await deliver([
    's1,140105,i,住建局,web,accept,2026-05-10 09:00:00,,2026-05-30,0,2026-05-29 11:00:00',
    's2,140105,i,住建局,web,accept,2026-05-11 09:00:00,,2026-05-12,1,2026-05-29 11:00:00',
  ]);
  expect([await overdue('12'), await overdue('20')]).toEqual(['0', '0']);
});

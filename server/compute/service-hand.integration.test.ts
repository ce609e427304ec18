import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, deliver, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-05-29T18:00:00');
});
afterAll(() => world.runtime.close());

const HEADER =
  'case_no,region_code,item_code,department,channel,stage,accept_ts,finish_ts,promise_date,pause_days,is_deleted,updated_at';
let moment = 0;

/** Cases as a source delivers them, each `case,county,stage,accept,finish,promise,pause[,deleted]`. */
async function push(lines: readonly string[]): Promise<void> {
  const rows = lines.map((line) => {
    const [id, county, stage, accept, finish, promise, pause, deleted = '0'] = line.split(',');
    moment += 1;
    const updated = `2026-05-29 10:${String(moment).padStart(2, '0')}:00`;
    return `${id},${county},i1,住建局,web,${stage},${accept},${finish},${promise},${pause},${deleted},${updated}`;
  });
  await deliver(world, 'service_case', HEADER, rows);
}

const monthly = async (metric: string, county: number, month: string) =>
  (await world.cells(metric))[`${county} M period 2026-${month}-01`];
const overdue = async (county: number, day: string) =>
  (await world.cells('service_overdue'))[`${county} D point 2026-${day}`];

describe('government service cases', () => {
  it('are on time to the last second of the promised day, and overdue from its midnight (§24)', async () => {
    await push([
      's1,140105,finish,2026-03-02 09:00:00,2026-03-05 23:59:59,2026-03-05,0',
      's2,140105,finish,2026-03-02 10:00:00,2026-03-06 00:00:00,2026-03-05,0',
      's3,140105,accept,2026-03-03 09:00:00,,2026-03-05,0',
      's4,140105,accept,2026-03-31 16:00:00,,2026-04-01,0',
      's5,140105,withdraw,2026-03-03 09:00:00,2026-03-04 09:00:00,2026-03-05,0',
      's6,140105,accept,2026-05-20 09:00:00,,2026-06-20,0',
    ]);
    // Due in March: s1, s2, s3, of which s1 was on time; in April s4, which is still open.
    expect(Number(await monthly('service_ontime_rate', 140105, '03'))).toBeCloseTo(100 / 3, 6);
    expect(await monthly('service_ontime_rate', 140105, '04')).toBe('0');
    // Working days 3, 4, 5 March and 3, 4, 5, 6 March: (3 + 4) / 2.
    expect(await monthly('service_avg_days', 140105, '03')).toBe('3.5');
    expect([
      await overdue(140105, '03-04'),
      await overdue(140105, '03-05'),
      await overdue(140105, '03-06'),
      await overdue(140105, '04-01'),
    ]).toEqual(['0', '2', '1', '2']);
  });

  it('leave the months and the county that they were moved out of', async () => {
    await push([
      // Another county, accepted and due in February.
      's1,140106,finish,2026-02-26 09:00:00,2026-03-05 23:59:59,2026-02-27,0',
      // Due in May instead of March.
      's3,140105,accept,2026-03-03 09:00:00,,2026-05-22,0',
    ]);
    expect(await monthly('service_ontime_rate', 140105, '03')).toBe('0');
    expect(await monthly('service_ontime_rate', 140106, '02')).toBe('0');
    expect(await monthly('service_ontime_rate', 140105, '05')).toBe('0 running');
    expect(await monthly('service_cases', 140106, '02')).toBe('1');
    expect(await monthly('service_cases', 140105, '03')).toBe('4');
    expect(await monthly('service_avg_days', 140105, '03')).toBe('4');
    expect([
      await overdue(140105, '03-05'),
      await overdue(140106, '03-04'),
      await overdue(140106, '03-05'),
    ]).toEqual(['1', '1', '0']);
  });

  it('are gone with all their months when they are deleted', async () => {
    await push([
      's1,140106,finish,2026-02-26 09:00:00,2026-03-05 23:59:59,2026-02-27,0,1',
      's2,140105,finish,2026-03-02 10:00:00,2026-03-06 00:00:00,2026-03-05,0,1',
    ]);
    expect(await monthly('service_ontime_rate', 140106, '02')).toBe('null(missing)');
    expect(await monthly('service_cases', 140106, '02')).toBe('null(missing)');
    // Cases were accepted and none was settled.
    expect(await monthly('service_avg_days', 140105, '03')).toBe('null(missing) div0');
    expect([await overdue(140105, '03-05'), await overdue(140105, '04-01')]).toEqual(['0', '1']);
  });

  it('are counted through the newest day that their rows tell of', async () => {
    // s4 was settled on 27 May; the newest acceptance is of 20 May.
    await push(['s4,140105,finish,2026-03-31 16:00:00,2026-05-27 09:00:00,2026-04-01,0']);
    expect(at('2026-05-27T09:00:00')).toBeLessThan(world.runtime.clock.nowMs());
    expect([
      await overdue(140105, '05-20'),
      await overdue(140105, '05-22'),
      await overdue(140105, '05-26'),
      await overdue(140105, '05-27'),
      await overdue(140105, '05-28'),
    ]).toEqual(['1', '2', '2', '1', undefined]);
  });
  it('are counted on the days that passed without an acceptance once the next one arrives', async () => {
    // Only s3 is overdue by now; s6 and s7 are due in June.
    await push(['s7,140105,accept,2026-05-29 09:00:00,,2026-06-20,0']);
    expect([await overdue(140105, '05-28'), await overdue(140105, '05-29')]).toEqual(['1', '1 running']);
  });
});

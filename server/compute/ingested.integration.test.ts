import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLoad } from '@/server/services/loads/create';
import { listRejects } from '@/server/services/loads/rejects';
import { openWorld, type World } from '@/tests/support/compute';

/** A load, and everything that seven definitions make of it, on a busy machine. */
vi.setConfig({ testTimeout: 180_000 });

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-01T12:00:00');
});
afterAll(() => world.runtime.close());

/** Through the door, as a file: checked, staged, committed, computed. */
async function ingest(dataset: string, header: string, lines: readonly string[]) {
  world.runtime.clock.advance(1000);
  const load = await createLoad(world.runtime.context(), {
    dataset,
    fileName: `${dataset}.csv`,
    origin: 'command',
    provenance: 'real',
    bytes: Buffer.from(`${header}\n${lines.join('\n')}\n`),
  });
  await world.compute();
  const rejects = await listRejects(world.runtime.context(), { id: load.loadId });
  return { ...load, rejected: rejects.rows.map(({ code }) => code) };
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const day = (t: number) => `2026-03-${String(t + 1).padStart(2, '0')}`;

describe('water samples', () => {
  const header =
    'section_id,section_kind,basin,region_code,sample_ts,method,do,codmn,cod,bod5,nh3n,tp,f,hg,is_below_dl,water_status';

  it('become classes with their main pollutants (T47), and shares of sections', async () => {
    const done = await ingest('water_quality_sample', header, [
      's1,national,汾河,140105,2026-03-05 08:00:00,manual,5.6,5.1,22,4.2,1.2,0.15,1.1,,,normal',
      's2,national,汾河,140106,2026-03-05 08:00:00,manual,8,2,10,2,0.5,0.1,0.5,0.0002,hg,normal',
      's3,national,汾河,140106,2026-03-05 08:00:00,manual,,,,,,,,,,dry',
      's4,national,汾河,140106,2026-03-05 08:00:00,manual,8,2,10,2,0.5,0.1,0.5,,lead,normal',
    ]);
    expect(done.rejected).toEqual(['unknown_item']);
    const classes = await world.cells('water_class');
    // Mercury below 0.0002 counts as 0.0001, on the limit of class Ⅲ.
    expect(classes['140106 M period section=s2 2026-03-01']).toBe('3');
    expect(classes['140105 M period section=s1 2026-03-01']).toBe('4 main_pollutants:nh3n=0.2,cod=0.1,f=0.1');
    const good = await world.cells('water_good_rate');
    expect(good['140100 M period 2026-03-01']).toBe('50');
    expect(good['140100 M period basin=汾河 2026-03-01']).toBe('50');
    expect((await world.cells('water_bad5_rate'))['140100 M period 2026-03-01']).toBe('0');
  });

  it('a corrected sample gives a new vintage, and computing again nothing', async () => {
    await ingest('water_quality_sample', header, [
      's1,national,汾河,140105,2026-03-05 08:00:00,manual,5.6,5.1,20,4,1.0,0.15,1.0,,,normal',
    ]);
    expect((await world.cells('water_class'))['140105 M period section=s1 2026-03-01']).toBe('3');
    expect((await world.cells('water_good_rate'))['140100 M period 2026-03-01']).toBe('100');
    const again = await world.compute({ dataset: 'water_quality_sample', fromMs: 0 });
    expect(again.rowsWritten).toBe(0);
  });
});

describe('supervised items', () => {
  const header =
    'task_id,region_code,event,event_ts,complexity,department,deadline7,final_deadline,content_level';
  const event = (task: string, kind: string, at: string, deadline = '', level = 0) =>
    `${task},140105,${kind},${at},general,住建,${deadline},${deadline},${level}`;

  it('are due, settled and overdue by their deadlines (T59)', async () => {
    const due = '2026-03-14 00:00:00';
    const done = await ingest('supervise_task_event', header, [
      ...range(50).map((i) => event(`m${i}`, 'assign', '2026-03-06 16:20:00', due)),
      ...range(46).map((i) => event(`m${i}`, 'close', '2026-03-13 23:59:00')),
      ...range(3).map((i) => event(`m${46 + i}`, 'close', '2026-03-14 00:00:00')),
      ...range(5).map((i) => event(`a${i}`, 'assign', '2026-03-31 09:00:00', '2026-04-08 00:00:00')),
      event('secret', 'assign', '2026-03-31 09:00:00', '2026-04-08 00:00:00', 2),
    ]);
    expect(done.rejected).toEqual(['classified']);
    const [rate] = await world.observations('sup_7d_rate', {
      regions: [140105],
      freq: ['M'],
      basis: ['period'],
    });
    expect([rate?.value, rate?.numerator, rate?.denominator].map(Number)).toEqual([92, 46, 50]);
    // One of March is open and overdue; the five of April are open and not due.
    expect((await world.cells('sup_overdue'))['140105 D point 2026-03-31']).toBe('1');
    expect((await world.cells('sup_open'))['140105 D point 2026-03-31']).toBe('6');
    // By the end of March 49 of the 50 that were due are settled, late or not.
    expect((await world.cells('sup_zero_rate'))['140105 M point 2026-03-01']).toBe('98');
  });

  it('an event of an item moves the period of its deadline, however long before it was given out', async () => {
    await ingest('supervise_task_event', header, [event('m49', 'close', '2026-03-31 18:00:00')]);
    expect((await world.cells('sup_zero_rate'))['140105 M point 2026-03-01']).toBe('100');
    expect((await world.cells('sup_overdue'))['140105 D point 2026-03-31']).toBe('0');
    expect((await world.cells('sup_7d_rate'))['140105 M period 2026-03-01']).toBe('92');
  });
});

describe('infectious cases', () => {
  const header = 'card_id,live_region,disease,class,onset_date,report_ts,status';
  const T55 = [3, 2, 4, 3, 5, 2, 3, 4, 3, 2, 6, 9, 14, 8, 4];
  const card = (t: number, i: number, status = 'valid') =>
    `c${t}-${i},140105,流感,C,${day(t)},${day(t)} 20:00:00,${status}`;

  it('raise one signal on the first day of their alarms (T55)', async () => {
    await ingest(
      'infectious_case',
      header,
      T55.flatMap((cases, t) => range(cases).map((i) => card(t, i))),
    );
    const signals = await world.cells('outbreak_signals');
    const days = range(15).map((t) => signals[`140105 D period ${day(t)}`]);
    // Before day 5 fewer than five days have arrived: there is no baseline, and so no number.
    // C1, C2 and C3 on day 11; the alarms of days 12, 13 and 14 belong to the same signal.
    expect(days).toEqual(range(15).map((t) => (t === 11 ? '1' : t < 5 ? undefined : '0')));
    expect(signals['140000 M period disease=流感 2026-03-01']).toBe('1');
    expect((await world.cells('infectious_cases'))['140105 M period 2026-03-01']).toBe('72');
  });

  it('cards that are deleted take their signal with them, and the next alarm day begins one', async () => {
    // Two instead of nine on day 11: C1 and C2 are below 0, C3 is 1.44. Day 12 has C1 = (14 − 22/7) / 1.464 = 7.4.
    await ingest(
      'infectious_case',
      header,
      range(7).map((i) => card(11, i, 'deleted')),
    );
    const signals = await world.cells('outbreak_signals');
    expect([11, 12, 13].map((t) => signals[`140105 D period ${day(t)}`])).toEqual(['0', '1', '0']);
    const again = await world.compute({ dataset: 'infectious_case', fromMs: 0 });
    expect(again.rowsWritten).toBe(0);
  });
});

describe('quarters', () => {
  it('are computed for what a quarterly index is made of, and for nothing else', async () => {
    const handled = (id: string, accepted: string, finished: string) => ({
      case_no: id,
      region_code: 140105,
      channel: id === 'k1' ? 'web' : 'hall',
      online_depth: 4,
      accept_ts: `${accepted} 10:00:00`,
      finish_ts: `${finished} 10:00:00`,
      promise_date: '2026-03-31',
    });
    await world.load(
      'service_case',
      [handled('k1', '2026-01-05', '2026-01-06'), handled('k2', '2026-03-02', '2026-03-05')],
      '2026-01-05',
      '2026-03-05',
    );
    await world.compute();
    // One and three working days; biz_env_index, a quarterly index, scores their mean.
    expect((await world.cells('service_avg_days'))['140105 Q period 2026-01-01']).toBe('2');
    expect((await world.cells('service_ontime_rate'))['140105 Q ytd 2026-01-01']).toBe('100');
    const cases = await world.cells('infectious_cases');
    expect(Object.keys(cases).filter((place) => place.includes(' Q '))).toEqual([]);
  });
});

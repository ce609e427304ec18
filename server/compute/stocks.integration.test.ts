import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-03-20T18:00:00');
});
afterAll(() => world.runtime.close());

const event = (task: string, name: string, moment: string, members: Record<string, unknown> = {}) => ({
  task_id: task,
  region_code: 140105,
  event: name,
  event_ts: moment,
  complexity: 'general',
  department: '住建',
  ...members,
});

describe('supervised items between their events', () => {
  it('counts the quiet days and the end of a month that the former run saw running', async () => {
    const final = { final_deadline: '2026-03-26 00:00:00' };
    await world.load('supervise_task_event', [
      event('a', 'assign', '2026-03-20 09:00:00', final),
      event('b', 'assign', '2026-03-20 10:00:00', final),
    ]);
    await world.compute();
    expect((await world.cells('sup_open'))['140105 D point 2026-03-20']).toBe('2 running');
    // The final deadlines lie ahead.
    expect((await world.cells('sup_zero_rate'))['140105 M point 2026-03-01']).toBe(
      'null(missing) running div0',
    );
    world.runtime.clock.set(at('2026-04-02T18:00:00'));
    await world.load('supervise_task_event', [event('a', 'close', '2026-04-02 09:00:00')], '2026-04-02');
    await world.compute();
    const [open, overdue, zero] = await Promise.all(
      // All of them are partial: their rows begin less than a month before (first-rows.integration.test.ts).
      ['sup_open', 'sup_overdue', 'sup_zero_rate'].map((metric) => world.cells(metric)),
    );
    // Both are open until a is settled on 2 April, and overdue from the end of 25 March on.
    for (const day of ['2026-03-20', '2026-03-24', '2026-03-31', '2026-04-01'])
      expect(open?.[`140105 D point ${day}`]).toBe('2');
    expect(open?.['140105 D point 2026-04-02']).toBe('1 running');
    expect(overdue?.['140105 D point 2026-03-24']).toBe('0');
    expect(overdue?.['140105 D point 2026-03-25']).toBe('2');
    expect(overdue?.['140105 M point 2026-03-01']).toBe('2');
    // Two were due by the end of March and neither was settled; of the same two a is settled by 2 April.
    expect(zero?.['140105 M point 2026-03-01']).toBe('0');
    expect(zero?.['140105 M point 2026-04-01']).toBe('50 running');
  });
});

describe('an item that is handed on', () => {
  it('is at its new place on all of its days, as if everything were counted once more', async () => {
    const everything = { fromMs: at('2026-03-01T00:00:00'), toMs: at('2026-04-03T00:00:00') };
    const again = async () =>
      (await world.compute({ dataset: 'supervise_task_event', ...everything })).rowsWritten;
    await world.load('supervise_task_event', [event('h', 'assign', '2026-03-22 09:00:00')], '2026-03-22');
    await world.compute();
    // Days and months that were running when they were counted first are over by now.
    await again();
    const open = async (region: number, day: string) =>
      (await world.cells('sup_open'))[`${region} D point 2026-03-${day}`];
    // a and b of above, and h.
    expect([await open(140105, '21'), await open(140105, '22')]).toEqual(['2', '3']);
    const handed = { region_code: 140106, department: '交通' };
    await world.load(
      'supervise_task_event',
      [event('h', 'deploy', '2026-03-25 09:00:00', handed)],
      '2026-03-25',
    );
    await world.compute();
    expect([await open(140105, '22'), await open(140106, '21'), await open(140106, '22')]).toEqual([
      '2',
      undefined,
      '1',
    ]);
    expect(await again()).toBe(0);
  }, 180_000);
});

describe('the meaning of the definitions', () => {
  it('counts neither withdrawn cases as overdue nor suspected cases and carriers of a disease', async () => {
    const overdue = (id: string, stage: string) => ({
      case_no: id,
      region_code: 140105,
      department: '住建局',
      stage,
      accept_ts: '2026-03-10 09:00:00',
      promise_date: '2026-03-12',
      finish_ts: null,
    });
    await world.load(
      'service_case',
      [
        overdue('s1', 'accept'),
        overdue('s2', 'withdraw'),
        overdue('s3', 'reject'),
        // Withdrawn at a known time: open, and overdue, until then.
        { ...overdue('s4', 'withdraw'), finish_ts: '2026-03-14 09:00:00' },
        { ...overdue('s5', 'finish'), accept_ts: '2026-03-14 10:00:00', finish_ts: '2026-03-14 12:00:00' },
      ],
      '2026-03-10',
      '2026-03-14',
    );
    const card = (id: string, kind: string | null) => ({
      card_id: id,
      live_region: 140105,
      disease: '流感',
      class: 'C',
      case_kind: kind,
      onset_date: '2026-03-10',
      report_ts: '2026-03-10 12:00:00',
      status: 'valid',
    });
    // A source that does not say the kind must not become a zero.
    const kinds = ['确诊', '临床诊断', '疑似', '病原携带', null];
    await world.load(
      'infectious_case',
      kinds.map((kind, i) => card(`c${i}`, kind)),
      '2026-03-10',
    );
    await world.compute();
    const cases = await world.cells('service_overdue');
    expect(cases['140105 D point 2026-03-13']).toBe('2');
    expect(cases['140105 D point 2026-03-14']).toBe('1');
    expect((await world.cells('infectious_cases'))['140105 D period 2026-03-10']).toBe('3');
  });
});

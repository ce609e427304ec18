import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPeriods } from '@/metrics/time/period';
import { at, deliver, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-06-09T18:00:00');
});
afterAll(() => world.runtime.close());

/** What of a metric of county 140105 is asked: `freq basis start`. */
async function said(metric: string, places: readonly string[]): Promise<string[]> {
  const cells = await world.cells(metric, { partial: true });
  return places.map((place) => cells[`140105 ${place}`] ?? 'nothing');
}

const civil = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

function daysOf(first: string, last: string): string[] {
  const days: string[] = [];
  for (let ms = at(`${first}T00:00:00`); ms <= at(`${last}T00:00:00`); ms = addPeriods('D', ms, 1))
    days.push(civil(ms));
  return days;
}

describe('cases in their latest state, whose first ones were accepted on 2 March', () => {
  const HEADER =
    'case_no,region_code,item_code,department,channel,stage,accept_ts,finish_ts,promise_date,is_deleted,updated_at';
  let moment = 0;
  const push = (lines: readonly string[]) => {
    moment += 1;
    const updated = `2026-06-09 10:${String(moment).padStart(2, '0')}:00`;
    return deliver(
      world,
      'service_case',
      HEADER,
      lines.map((line) => `${line},${updated}`),
    );
  };
  /** One case a day, accepted, due and settled on it, so that no month lacks days of its own. */
  const quick = (first: string, last: string) =>
    daysOf(first, last).map(
      (day) => `q${day},140105,i1,住建局,web,finish,${day} 09:00:00,${day} 10:00:00,${day},0`,
    );
  // What is settled on its own day takes half a day (0.5 at least); this one is overdue since 11 March, and still open.
  const late = 'x,140105,i1,住建局,web,accept,2026-03-03 09:00:00,,2026-03-10,0';
  const march = [late, ...quick('2026-03-02', '2026-06-09')];
  const january = quick('2026-01-02', '2026-01-31');

  const MONTHS = ['01', '03', '04', '05'].map((month) => `M period 2026-${month}-01`);
  const DAYS = ['02-10', '04-06', '04-07'].map((day) => `D point 2026-${day}`);
  const stocksOfMonths = ['03', '04'].map((month) => `M point 2026-${month}-01`);
  // Twenty working days are over within 36 days whatever holidays lie between: 2 March and 36 days are 7 April.
  const cut = {
    rate: ['nothing', '96.7741935484 partial', '100 partial', '100'],
    days: ['nothing', '0.5 partial', '0.5 partial', '0.5'],
    cases: ['nothing', '31', '30', '31'],
    overdue: ['nothing', '1 partial', '1'],
    overdueByMonth: ['1 partial', '1'],
  };
  // With January before it: 2 January and 36 days are 7 February.
  const whole = {
    rate: ['100 partial', '96.7741935484', '100', '100'],
    days: ['0.5 partial', '0.5', '0.5', '0.5'],
    cases: ['30', '31', '30', '31'],
    overdue: ['0', '1', '1'],
    overdueByMonth: ['1', '1'],
  };
  const seen = async () => ({
    rate: await said('service_ontime_rate', MONTHS),
    days: await said('service_avg_days', MONTHS),
    cases: await said('service_cases', MONTHS),
    overdue: await said('service_overdue', DAYS),
    overdueByMonth: await said('service_overdue', stocksOfMonths),
  });

  it('lack what was accepted before and due, closed or open after: partial until that is over', async () => {
    await push(march);
    expect(await seen()).toEqual(cut);
  }, 120_000);

  it('are whole as soon as what came before has arrived, however far it lies from them', async () => {
    await push(january);
    expect(await seen()).toEqual(whole);
  }, 120_000);

  it('are cut again when what came before them is taken back, and whole when it comes once more', async () => {
    await push(january.map((line) => line.replace(/0$/, '1')));
    const { rate, days, overdue, overdueByMonth } = await seen();
    const later = { rate: rate.slice(1), days: days.slice(1), overdue: overdue.slice(1), overdueByMonth };
    expect(later).toEqual({
      rate: cut.rate.slice(1),
      days: cut.days.slice(1),
      overdue: cut.overdue.slice(1),
      overdueByMonth: cut.overdueByMonth,
    });
    await push(january);
    expect(await seen()).toEqual(whole);
  }, 120_000);

  it('end in the same cells in whatever order they arrive, and a second run changes nothing', async () => {
    const metrics = ['service_ontime_rate', 'service_avg_days', 'service_overdue'];
    const all = () => Promise.all(metrics.map((metric) => world.cells(metric, { partial: true })));
    const before = await all();
    // One engine a process: the other order has an installation of its own.
    await world.runtime.close();
    world = await openWorld('2026-06-09T18:00:00');
    await push([...march, ...january]);
    expect(await all()).toEqual(before);
    const again = { dataset: 'service_case', fromMs: at('2026-01-01T00:00:00') };
    expect((await world.compute(again)).rowsWritten).toBe(0);
  }, 180_000);
});

describe('events of supervised items, the first of which is of 2 March', () => {
  it('count what is open and settled as partial for the month within which what was given out before is due', async () => {
    const event = (task: string, name: string, moment: string, deadline: string | null = null) => ({
      task_id: task,
      region_code: 140105,
      event: name,
      event_ts: moment,
      complexity: 'general',
      department: '住建',
      deadline7: deadline,
      final_deadline: deadline,
    });
    // One item a day, which is due a week later and settled in time.
    const items = daysOf('2026-03-02', '2026-06-08').flatMap((day) => {
      const due = civil(addPeriods('D', at(`${day}T00:00:00`), 8));
      return [
        event(day, 'assign', `${day} 09:00:00`, `${due} 00:00:00`),
        event(day, 'close', `${day} 15:00:00`),
      ];
    });
    await world.load('supervise_task_event', items, '2026-03-02', '2026-06-08');
    await world.compute();
    const days = ['03-02', '04-01', '04-02'].map((day) => `D point 2026-${day}`);
    for (const metric of ['sup_open', 'sup_overdue'])
      expect(await said(metric, days)).toEqual(['0 partial', '0 partial', '0']);
    const due = ['03', '04', '05'].map((month) => `M period 2026-${month}-01`);
    // 2 March and 31 days are 2 April.
    expect(await said('sup_7d_rate', due)).toEqual(['100 partial', '100 partial', '100']);
    const settled = ['03', '04'].map((month) => `M point 2026-${month}-01`);
    expect(await said('sup_zero_rate', settled)).toEqual(['100 partial', '100']);
    // What is counted when it happens begins with them.
    expect(await said('sup_tasks', ['M period 2026-03-01', 'M period 2026-04-01'])).toEqual(['30', '30']);
  }, 120_000);
});

describe('cards of a disease, the first of which were reported on 2 March', () => {
  const card = (id: string, county: number, onset: string, reported: string) => ({
    card_id: id,
    live_region: county,
    disease: '流感',
    class: 'C',
    case_kind: '确诊',
    onset_date: onset,
    report_ts: `${reported} 12:00:00`,
    status: 'valid',
  });
  const daily = (county: number, cases: number) =>
    daysOf('2026-03-02', '2026-06-08').flatMap((day) =>
      Array.from({ length: cases }, (_, i) => card(`${county} ${day} ${i}`, county, day, day)),
    );

  it('lack the cases that fell ill before and were reported before, and no others', async () => {
    const before = daysOf('2026-02-24', '2026-02-28').flatMap((day) => [
      card(`a${day}`, 140105, day, '2026-03-02'),
      card(`b${day}`, 140106, day, '2026-03-02'),
    ]);
    const rows = [...before, ...daily(140105, 1), ...daily(140106, 3)];
    await world.load('infectious_case', rows, '2026-03-02', '2026-06-08');
    await world.compute();
    const places = [
      'D period 2026-02-27',
      'D period 2026-03-02',
      'M period 2026-02-01',
      'M period 2026-04-01',
    ];
    expect(await said('infectious_cases', places)).toEqual(['1 partial', '1', '5 partial', '30']);
  }, 120_000);

  it('make no baseline of the few of them that were reported late', async () => {
    const signals = await world.cells('outbreak_signals');
    // Three cases after five days of one would be an alarm: (3 − 1) / 0.5 = 4. Five whole days are there from the 7th on.
    const days = ['02-27', '03-02', '03-06', '03-07', '03-09'].map(
      (day) => signals[`140106 D period 2026-${day}`],
    );
    expect(days).toEqual([undefined, undefined, undefined, '0', '0']);
    expect(signals['140106 M period 2026-03-01']).toBe('0');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObservations } from '@/server/observations/read';
import { at, openWorld, ticket, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

describe('hotline tickets', () => {
  it('counts by county, city and province, by day, month and year to date', async () => {
    await world.load(
      'hotline_ticket',
      [
        ticket('a', 140105, '2026-01-30 09:00:00'),
        ticket('b', 140105, '2026-02-01 09:00:00'),
        ticket('c', 140106, '2026-02-01 10:00:00', { channel: 'web' }),
        ticket('d', 140106, '2026-02-02 10:00:00', { valid: 0 }),
        // The same caller about the same matter, merged by the platform.
        ticket('f', 140106, '2026-02-02 09:30:00', { repeat_of: 'c' }),
        ticket('e', 140200, '2026-02-02 11:00:00', { is_demo: 1, topic: '噪声;夜间' }),
      ],
      '2026-01-30',
      '2026-02-02',
    );
    const first = await world.compute();
    expect(first.rowsWritten).toBeGreaterThan(0);
    expect(first.rowsRead).toBe(6);
    const seen = await world.cells('hotline_requests');
    expect(seen['140105 D period 2026-02-01']).toBe('1');
    // 140106 reported that month and 2 February arrived, and nothing valid was found: an observed zero.
    expect(seen['140106 D period 2026-02-02']).toBe('0');
    expect(seen['140105 D period 2026-02-02']).toBe('0');
    // No row of the province on 3 February: it has not arrived, so it is absent.
    expect(seen['140105 D period 2026-02-03']).toBeUndefined();
    // A county that has not reported that month is absent, not zero.
    expect(seen['140107 D period 2026-02-01']).toBeUndefined();
    expect(seen['140106 D period 2026-01-30']).toBeUndefined();
    expect(seen['140100 D period 2026-02-01']).toBe('2');
    expect(seen['140200 D period 2026-02-02']).toBe('1 demo');
    expect(seen['140000 D period 2026-02-02']).toBe('1 demo');
    expect(seen['140100 M period 2026-02-01']).toBe('2');
    expect(seen['140000 M period 2026-02-01']).toBe('3 demo');
    expect(seen['140100 M period channel=web 2026-02-01']).toBe('1');
    expect(seen['140200 M period topic=噪声%3B夜间 2026-02-01']).toBe('1 demo');
    expect(seen['140105 M ytd 2026-01-01']).toBe('1');
    expect(seen['140105 M ytd 2026-02-01']).toBe('2');
    expect(seen['140000 M ytd 2026-02-01']).toBe('4 demo');
    expect(seen['140000 A period 2026-01-01']).toBe('4 demo running');
  });

  it('run twice is run once', async () => {
    const again = await world.compute({ dataset: 'hotline_ticket', fromMs: at('2026-01-01T00:00:00') });
    expect(again.rowsWritten).toBe(0);
    // Nothing waits: nothing is done and nothing recorded.
    expect((await world.compute()).datasets).toEqual([]);
  });
});

describe('due and closed tickets', () => {
  it('places each rate by its own time and divides sums, not averages (T26)', async () => {
    const due = (id: string, region: number, finish: string | null) =>
      ticket(id, region, '2026-03-01 08:00:00', {
        dispatched: 1,
        due_ts: '2026-03-05 18:00:00',
        finish_ts: finish,
      });
    await world.load(
      'hotline_ticket',
      [
        due('r1', 140105, '2026-03-05 18:00:00'),
        due('r2', 140105, '2026-03-06 08:00:00'),
        due('r3', 140106, '2026-03-04 08:00:00'),
        due('r4', 140106, null),
        due('r5', 140106, '2026-03-04 09:00:00'),
        // Due in the future: says nothing yet.
        ticket('r6', 140106, '2026-03-01 08:00:00', { dispatched: 1, due_ts: '2026-04-30 18:00:00' }),
      ],
      '2026-03-01',
    );
    await world.compute();
    const rate = await world.cells('hotline_ontime_rate');
    // 140105: 1 of 2; 140106: 2 of 3; the city 3 of 5 = 60, not the mean of 50 and 66.7.
    expect(rate['140105 M period 2026-03-01']).toBe('50');
    expect(rate['140100 M period 2026-03-01']).toBe('60');
    expect(rate['140100 M period 2026-04-01']).toBeUndefined();
    expect(rate['140100 M ytd 2026-03-01']).toBe('60');
    const [cell] = await readObservations(world.runtime.context(), {
      metrics: ['hotline_ontime_rate'],
      regions: [140100],
      basis: ['period'],
      freq: ['M'],
      fromMs: at('2026-03-01T00:00:00'),
    });
    expect([cell?.numerator, cell?.denominator, cell?.sampleCount].map(Number)).toEqual([3, 5, 5]);
    // Two of eleven cities at most have reported: the province's sum says that it is partial.
    expect((await world.cells('hotline_requests', { partial: true }))['140000 M period 2026-03-01']).toBe(
      '6 partial',
    );
  });

  it('moves a corrected ticket out of the period it had been counted in', async () => {
    await world.load(
      'hotline_ticket',
      [
        ticket('r1', 140105, '2026-03-01 08:00:00', {
          dispatched: 1,
          due_ts: '2026-03-05 18:00:00',
          valid: 0,
        }),
      ],
      '2026-03-01',
    );
    await world.compute();
    expect((await world.cells('hotline_ontime_rate'))['140105 M period 2026-03-01']).toBe('0');
    expect((await world.cells('hotline_requests'))['140105 D period 2026-03-01']).toBe('1');
  });
});

describe('market entities', () => {
  it('counts an entity once a year although it was revoked and then cancelled', async () => {
    const event = (uscc: string, kind: string, day: string) => ({
      uscc,
      region_code: 140105,
      event: kind,
      event_date: day,
      entity_type: '企业',
      industry: '5211',
    });
    await world.load(
      'market_entity_event',
      [
        event('A', 'revoke', '2026-02-03'),
        event('A', 'cancel', '2026-03-05'),
        event('B', 'cancel', '2026-03-05'),
        event('C', 'establish', '2026-03-05'),
      ],
      '2026-02-03',
      '2026-03-05',
    );
    const run = await world.compute();
    const gone = await world.cells('entity_cancel');
    expect(gone['140105 M period 2026-02-01']).toBe('1');
    expect(gone['140105 M period 2026-03-01']).toBe('2');
    expect(gone['140105 M ytd 2026-03-01']).toBe('2');
    expect(gone['140105 A period 2026-01-01']).toBe('2 running');
    // 5211 is retail: section F of GB/T 4754.
    expect((await world.cells('entity_new'))['140105 M period industry20=F 2026-03-01']).toBe('1');
    expect(run.refusals).toEqual([
      expect.objectContaining({ metric: 'entity_total', code: 'no_opening_stock' }),
    ]);
  });
});

describe('service cases', () => {
  it('counts overdue cases at the end of every day, and working days by the weekday', async () => {
    const handled = (id: string, more: Record<string, unknown>) => ({
      case_no: id,
      region_code: 140105,
      channel: 'hall',
      department: '人社',
      item_type: '许可',
      subject_type: 'person',
      pause_days: 0,
      ...more,
    });
    await world.load(
      'service_case',
      [
        // Friday 3 April to Wednesday 8 April 2026: Monday is a holiday (清明), which leaves two working days.
        handled('k1', {
          accept_ts: '2026-04-03 10:00:00',
          finish_ts: '2026-04-08 10:00:00',
          promise_date: '2026-04-06',
        }),
        handled('k2', {
          accept_ts: '2026-04-03 10:00:00',
          finish_ts: '2026-04-03 11:00:00',
          promise_date: '2026-04-07',
        }),
        handled('k3', { accept_ts: '2026-04-09 10:00:00', promise_date: '2026-04-20' }),
      ],
      '2026-04-03',
      '2026-04-09',
    );
    await world.compute();
    const overdue = await world.cells('service_overdue');
    // k1 was promised for the 6th and closed on the 8th: overdue at the end of the 6th (24:00) and of the 7th.
    expect(overdue['140105 D point 2026-04-05']).toBe('0');
    expect(overdue['140105 D point 2026-04-06']).toBe('1');
    expect(overdue['140105 D point 2026-04-07']).toBe('1');
    expect(overdue['140105 D point 2026-04-08']).toBe('0');
    expect(overdue['140105 D point 2026-04-10']).toBeUndefined();
    expect(overdue['140105 M point 2026-04-01']).toBe('0 running');
    // (2 + 0.5) / 2.
    expect((await world.cells('service_avg_days'))['140105 M period 2026-04-01']).toBe('1.25 running');
    expect((await world.cells('service_ontime_rate'))['140105 M period 2026-04-01']).toBe('50 running');
    expect((await world.cells('service_cases_online'))['140105 M period 2026-04-01']).toBe('0 running');
  });
});

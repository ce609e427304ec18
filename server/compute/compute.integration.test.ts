import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCompute } from '@/server/compute/run';
import { computeQueue } from '@/server/db/schema/ingest';
import { readObservations } from '@/server/observations/read';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.clock.set(Date.parse('2026-04-10T12:00:00+08:00'));
});
afterAll(() => runtime.close());

let version = 0;
async function load(dataset: string, rows: Record<string, unknown>[], from: string, to = from) {
  version += 1;
  await runtime.stores.warehouse.loads.insert(
    dataset,
    rows.map((row) => ({ version, is_deleted: 0, is_demo: 0, ...row })),
  );
  await runtime.stores.db.insert(computeQueue).values({
    dataset,
    windowStart: new Date(`${from}+08:00`),
    windowEnd: new Date(`${to}+08:00`),
    createdAt: new Date(runtime.clock.nowMs()),
  });
  runtime.clock.advance(1000);
}

const at = (text: string) => Date.parse(`${text}+08:00`);

/** `region/freq/basis/slice/day` → value and flags, for one metric. */
async function cells(metric: string): Promise<Record<string, string>> {
  const found = await readObservations(runtime.context(), { metrics: [metric], slices: 'all' });
  return Object.fromEntries(
    found.map((o) => {
      const start = new Date(o.periodMs + 8 * 3_600_000).toISOString().slice(0, o.freq === 'H' ? 13 : 10);
      const place = [o.region, o.freq, o.basis, ...(o.slice ? [o.slice] : []), start].join(' ');
      const value = o.value === null ? `null(${o.status})` : String(Number(o.value));
      return [place, [value, ...o.flags.filter((flag) => flag !== 'partial')].join(' ')];
    }),
  );
}

function ticket(id: string, region: number, created: string, more: Record<string, unknown> = {}) {
  return {
    ticket_id: id,
    region_code: region,
    create_ts: created,
    channel: 'phone',
    request_type: '投诉',
    topic: '供热',
    subject_type: 'person',
    valid: 1,
    dispatched: 0,
    department: '住建',
    ...more,
  };
}

describe('hotline tickets', () => {
  it('counts by county, city and province, by day, month and year to date', async () => {
    await load(
      'hotline_ticket',
      [
        ticket('a', 140105, '2026-01-30 09:00:00'),
        ticket('b', 140105, '2026-02-01 09:00:00'),
        ticket('c', 140106, '2026-02-01 10:00:00', { channel: 'web' }),
        ticket('d', 140106, '2026-02-02 10:00:00', { valid: 0 }),
        ticket('e', 140200, '2026-02-02 11:00:00', { is_demo: 1, topic: '噪声;夜间' }),
      ],
      '2026-01-30T09:00:00',
      '2026-02-02T11:00:00',
    );
    const first = await runCompute(runtime.stores, { reason: 'test' });
    expect(first.rowsWritten).toBeGreaterThan(0);
    expect(first.rowsRead).toBe(5);
    const seen = await cells('hotline_requests');
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
    const again = await runCompute(runtime.stores, {
      dataset: 'hotline_ticket',
      fromMs: at('2026-01-01T00:00:00'),
      reason: 'test',
    });
    expect(again.rowsWritten).toBe(0);
    // Nothing waits: nothing is done and nothing recorded.
    expect((await runCompute(runtime.stores, { reason: 'test' })).datasets).toEqual([]);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatSlice } from '@/metrics/model/slice';
import { readObservations } from '@/server/observations/read';
import { createLoad } from '@/server/services/loads/create';
import { openWorld, type World } from '@/tests/support/compute';
import { pad, placeOf } from '@/tests/support/parity';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

const COUNTIES = [140105, 140106, 140213] as const;
const METRIC = 'hotline_requests';

/** What a source says of a ticket at one moment; a later moment corrects an earlier one. */
interface Statement {
  ticket: number;
  county: (typeof COUNTIES)[number];
  /** Months and days of the run's own year. */
  month: 3 | 4;
  day: number;
  valid: boolean;
  channel: 'phone' | 'web';
  deleted: boolean;
  /** Order of the source's changes. */
  moment: number;
}

const said = fc.record({
  ticket: fc.integer({ min: 0, max: 7 }),
  county: fc.constantFrom(...COUNTIES),
  month: fc.constantFrom(3 as const, 4 as const),
  day: fc.integer({ min: 1, max: 4 }),
  valid: fc.boolean(),
  channel: fc.constantFrom('phone' as const, 'web' as const),
});
const statements = fc
  .array(said, { minLength: 6, maxLength: 24 })
  .map((list) => list.map((one, moment): Statement => ({ ...one, deleted: false, moment })));
/** The same statements, in any order and cut into two deliveries. */
const delivery = statements.chain((list) =>
  fc.record({
    list: fc.constant(list),
    order: fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    cut: fc.integer({ min: 1, max: list.length - 1 }),
    corrected: fc.subarray([...new Set(list.map(({ ticket }) => ticket))], { minLength: 1 }),
  }),
);

async function deliver(year: number, list: readonly Statement[]): Promise<void> {
  const lines = list.map((one) => {
    const time = `${year}-${pad(one.month)}-${pad(one.day)} 10:00:00`;
    const moment = new Date(Date.UTC(2026, 3, 1) + one.moment * 1000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    return `y${year}-${one.ticket},${one.county},${time},${one.channel},投诉,供热,${Number(one.valid)},${Number(one.deleted)},${moment}`;
  });
  const header = 'ticket_id,region_code,create_ts,channel,request_type,topic,valid,is_deleted,updated_at';
  const result = await createLoad(world.runtime.context(), {
    dataset: 'hotline_ticket',
    fileName: 'property',
    origin: 'push',
    provenance: 'real',
    bytes: Buffer.from(`${header}\n${lines.join('\n')}\n`),
  });
  expect(result.rejected).toBe(0);
  world.runtime.clock.advance(60_000);
  await world.compute();
  world.runtime.clock.advance(60_000);
}

/** Cells of the run's year as known at an instant; null where the cell says that there is nothing any more. */
async function known(year: number, asOfMs?: number): Promise<Record<string, number | null>> {
  const from = Date.parse(`${year}-01-01T00:00:00+08:00`);
  const found = await readObservations(world.runtime.context(), {
    metrics: [METRIC],
    slices: 'all',
    fromMs: from,
    toMs: from + 366 * 86_400_000,
    ...(asOfMs === undefined ? {} : { asOfMs }),
  });
  return Object.fromEntries(
    found.map((o) => {
      const start = new Date(o.periodMs + 8 * 3_600_000).toISOString().slice(0, 10);
      return [placeOf({ ...o, start }), o.value === null ? null : Number(o.value)];
    }),
  );
}

const unitsOf = (county: number) => [county, Math.floor(county / 100) * 100, 140000];

/** What should be known, counted by hand from the latest statement of each ticket. */
function expected(year: number, list: readonly Statement[]): Record<string, number> {
  const latest = new Map<number, Statement>();
  for (const one of list)
    if (one.moment >= (latest.get(one.ticket)?.moment ?? -1)) latest.set(one.ticket, one);
  const live = [...latest.values()].filter(({ deleted }) => !deleted);
  const cells: Record<string, number> = {};
  const add = (region: number, freq: string, basis: string, slice: string, start: string, value: number) => {
    const place = placeOf({ region, freq, basis, slice, start });
    cells[place] = (cells[place] ?? 0) + value;
  };
  const at = (month: number, day = 1) => `${year}-${pad(month)}-${pad(day)}`;
  const reporting = new Set(
    live.flatMap(({ county, month }) => unitsOf(county).map((unit) => `${unit} ${month}`)),
  );
  for (const key of reporting) {
    const [unit = 0, month = 0] = key.split(' ').map(Number);
    const own = live.filter((one) => one.month === month && unitsOf(one.county).includes(unit));
    // Days on which anything of the province arrived: there, and only there, nothing is an observed zero.
    for (const day of new Set(live.filter((one) => one.month === month).map((one) => one.day)))
      add(unit, 'D', 'period', '', at(month, day), own.filter((one) => one.day === day && one.valid).length);
    const count = own.filter(({ valid }) => valid).length;
    add(unit, 'M', 'period', '', at(month), count);
    add(unit, 'A', 'period', '', at(1), count);
    add(unit, 'M', 'ytd', '', at(month), count);
    if (month === 3 && reporting.has(`${unit} 4`)) add(unit, 'M', 'ytd', '', at(4), count);
    for (const one of own) {
      const dims = { channel: one.channel, request_type: '投诉', topic: '供热', subject_type: 'person' };
      for (const [dim, value] of Object.entries(dims)) {
        const slice = formatSlice({ [dim]: value });
        add(unit, 'M', 'period', slice, at(month), Number(one.valid));
        // A county is judged by its topics, day by day.
        if (unit % 100 === 0 || dim === 'topic')
          add(unit, 'D', 'period', slice, at(month, one.day), Number(one.valid));
      }
    }
  }
  return cells;
}

/** Exactly the expected cells have a value; every other one that ever was is missing, not zero. */
function expectKnown(seen: Record<string, number | null>, cells: Record<string, number>): void {
  expect(Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== null))).toEqual(cells);
}

let year = 2000;

describe('whatever arrives, in whatever order', () => {
  it('the latest statement of each ticket counts once, at every level, period and slice; the past stays as it was', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, async ({ list, order, cut, corrected }) => {
        year += 1;
        const history: { instantMs: number; seen: Record<string, number | null> }[] = [];
        const remember = async (all: readonly Statement[]) => {
          const seen = await known(year);
          expectKnown(seen, expected(year, all));
          history.push({ instantMs: world.runtime.clock.nowMs(), seen });
          world.runtime.clock.advance(60_000);
          return seen;
        };
        await deliver(year, order.slice(0, cut));
        await remember(order.slice(0, cut));
        // The second delivery comes late, with older and newer statements of the same tickets among its own.
        await deliver(year, order.slice(cut));
        const whole = await remember(list);

        const again = await world.compute({
          dataset: 'hotline_ticket',
          fromMs: Date.parse(`${year}-01-01T00:00:00+08:00`),
          toMs: Date.parse(`${year + 1}-01-01T00:00:00+08:00`),
        });
        expect(again.rowsWritten).toBe(0);

        const now = (ticket: number) => list.filter((one) => one.ticket === ticket).at(-1) as Statement;
        const moved = corrected.map((ticket, i): Statement => {
          const before = now(ticket);
          const county = before.county === 140105 ? 140213 : 140105;
          return { ...before, county, day: 5 - before.day, valid: !before.valid, moment: 100 + i };
        });
        await deliver(year, moved);
        await remember([...list, ...moved]);
        const back = corrected.map((ticket, i): Statement => ({ ...now(ticket), moment: 200 + i }));
        await deliver(year, back);
        const restored = await remember([...list, ...moved, ...back]);
        for (const [place, value] of Object.entries(whole))
          expect([place, restored[place]]).toEqual([place, value]);

        const tickets = [...new Set(list.map(({ ticket }) => ticket))];
        const gone = tickets.map(
          (ticket, i): Statement => ({ ...now(ticket), deleted: true, moment: 300 + i }),
        );
        await deliver(year, gone);
        const nothing = await remember([...list, ...moved, ...back, ...gone]);
        expect(Object.values(nothing).every((value) => value === null)).toBe(true);

        for (const { instantMs, seen } of history) expect(await known(year, instantMs)).toEqual(seen);
      }),
      { numRuns: 2, seed: 20_260_401, endOnFailure: true },
    );
  }, 300_000);
});

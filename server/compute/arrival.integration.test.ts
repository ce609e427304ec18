import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObservations } from '@/server/observations/read';
import { air, at, labelsOf, openWorld, ticket, type World } from '@/tests/support/compute';

let world: World;
let ofNothing: { rowsWritten: number; cells: string };
/** The only rows there are: one county of Taiyuan on two days of March, one of Datong on one; air on two days. */
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
  const { rowsWritten } = await world.compute({ fromMs: at('2020-01-01T00:00:00') });
  const all = { name: 'all_cells', sql: 'SELECT count() FROM observation' };
  ofNothing = {
    rowsWritten,
    cells: (await world.runtime.stores.warehouse.jobs.text(all, 'TabSeparated')).trim(),
  };
  await world.load(
    'hotline_ticket',
    [
      // Nothing valid: what was found is an observed zero.
      ticket('a', 140105, '2026-03-02 09:00:00', { valid: 0, dispatched: 1, due_ts: '2026-04-30 18:00:00' }),
      ticket('b', 140105, '2026-03-04 09:00:00', { valid: 0, finish_ts: '2026-03-05 09:00:00' }),
      ticket('c', 140213, '2026-03-04 09:00:00', { valid: 0 }),
    ],
    '2026-03-02',
    '2026-03-04',
  );
  await world.load(
    'market_entity_event',
    [
      {
        uscc: 'U1',
        region_code: 140105,
        event: 'change',
        event_date: '2026-03-03',
        entity_type: '企业',
        industry: '5211',
      },
    ],
    '2026-03-03',
  );
  await world.load(
    'service_case',
    [
      {
        case_no: 'k1',
        region_code: 140105,
        channel: 'hall',
        department: '人社',
        item_type: '许可',
        subject_type: 'person',
        accept_ts: '2026-03-03 09:00:00',
        promise_date: '2026-04-20',
      },
    ],
    '2026-03-03',
  );
  const clean = { pm25: 10, pm10: 20, so2: 5, no2: 10, co: 0.5, o3: 50 };
  await world.load(
    'air_quality_hour',
    [
      ...labelsOf('2026-03-02').map((label) => air('s1', 140105, label, clean)),
      // Ten hours of one pollutant, and readings that say nothing.
      ...labelsOf('2026-03-03')
        .slice(0, 10)
        .map((label) => air('s1', 140105, label, { pm25: 10 })),
      ...labelsOf('2026-03-03')
        .slice(10)
        .map((label) => air('s1', 140105, label, { pm25: null, pm10: -1 })),
      ...labelsOf('2026-03-03').map((label) => air('s2', 140213, label, clean, { flag: 'RM' })),
    ],
    '2026-03-02',
    '2026-03-03',
  );
  await world.compute();
});
afterAll(() => world.runtime.close());

/** Every cell of a metric with a number, without its slices: `region freq basis start` → value. */
async function numbers(metric: string): Promise<Record<string, number>> {
  const cells = await world.cells(metric);
  // Under a later edition of a standard and without sand the air's cells are repeated; these have tests of their own.
  const counts = (place: string, text: string) =>
    !text.startsWith('null') && !place.includes('=') && !/ (std2026|sand_adjusted)/.test(place);
  return Object.fromEntries(
    Object.entries(cells).flatMap(([place, text]) =>
      counts(place, text) ? [[place, Number(text.split(' ')[0])]] : [],
    ),
  );
}

const TAIYUAN = ['140105', '140100', '140000'];
const zeros = (places: readonly string[]) => Object.fromEntries(places.map((place) => [place, 0]));

describe('nothing found is zero only where something arrived', () => {
  it('counts: the units that reported, the days on which the province reported, and the periods above them', async () => {
    const units = [...TAIYUAN, '140213', '140200'];
    expect(await numbers('hotline_requests')).toEqual(
      zeros(
        units.flatMap((unit) => [
          `${unit} D period 2026-03-02`,
          `${unit} D period 2026-03-04`,
          `${unit} M period 2026-03-01`,
          `${unit} M ytd 2026-03-01`,
          `${unit} A period 2026-01-01`,
        ]),
      ),
    );
  });

  it.each(['entity_new', 'entity_cancel'])(
    '%s: the one day, its month and year, in the one county and above',
    async (metric) => {
      expect(await numbers(metric)).toEqual(
        zeros(
          TAIYUAN.flatMap((unit) => [
            `${unit} D period 2026-03-03`,
            `${unit} M period 2026-03-01`,
            `${unit} M ytd 2026-03-01`,
            `${unit} A period 2026-01-01`,
          ]),
        ),
      );
    },
  );

  it('a stock: from its first row to the newest day that has arrived, no further', async () => {
    expect(await numbers('service_overdue')).toEqual(
      zeros(
        TAIYUAN.flatMap((unit) => [
          `${unit} D point 2026-03-03`,
          `${unit} M point 2026-03-01`,
          `${unit} A point 2026-01-01`,
        ]),
      ),
    );
  });

  it.each([
    'hotline_ontime_rate',
    'hotline_solve_rate',
    'hotline_satisfaction',
    'service_ontime_rate',
    'service_avg_days',
  ])('%s: a rate of nothing is nothing, at no level and in no period', async (metric) => {
    expect(await numbers(metric)).toEqual({});
  });

  it('slices: only values that occurred', async () => {
    const cells = await world.cells('hotline_requests');
    const slices = new Set(
      Object.keys(cells).flatMap((place) => place.split(' ').filter((part) => part.includes('='))),
    );
    expect([...slices].sort()).toEqual([
      'channel=phone',
      'request_type=投诉',
      'subject_type=person',
      'topic=供热',
    ]);
  });
});

describe('air without enough hours is missing, with its reason', () => {
  it('has numbers for the whole day only, where stations reported', async () => {
    const pm25 = await numbers('pm25_avg');
    expect(Object.values(pm25).every((value) => value === 10)).toBe(true);
    const places = Object.keys(pm25).filter((place) => !place.includes(' H '));
    expect(places.sort()).toEqual(
      TAIYUAN.flatMap((unit) => [
        `${unit} D mean 2026-03-02`,
        `${unit} M ytd 2026-03-01`,
        // The year still runs and says so: its mean so far.
        `${unit} A mean 2026-01-01`,
      ]).sort(),
    );
    expect(Object.keys(pm25).filter((place) => place.startsWith('140000 H')).length).toBe(24 + 10);
    const cells = await world.cells('pm25_avg');
    for (const unit of TAIYUAN) {
      expect(cells[`${unit} D mean 2026-03-03`]).toBe('null(missing) insufficient');
      expect(cells[`${unit} M mean 2026-03-01`]).toBe('null(missing) insufficient');
      expect(cells[`${unit} A mean 2026-01-01`]).toBe('10 running');
    }
  });

  it('counts no day that has no index: neither good nor bad, and the year so far stands as it was', async () => {
    for (const metric of ['good_days', 'heavy_days']) {
      const counted = await numbers(metric);
      const value = metric === 'good_days' ? 1 : 0;
      expect(counted).toEqual(
        Object.fromEntries(
          TAIYUAN.flatMap((unit) =>
            [
              'D period 2026-03-02',
              'D ytd 2026-03-02',
              // A day with too few hours adds nothing to the year so far, and takes nothing from it.
              'D ytd 2026-03-03',
              'M period 2026-03-01',
              'M ytd 2026-03-01',
              'A period 2026-01-01',
            ].map((at) => [`${unit} ${at}`, value]),
          ),
        ),
      );
    }
    // A day of which some reading came in is judged: it was no valid day, and that is known.
    expect((await numbers('valid_air_days'))['140105 D period 2026-03-03']).toBe(0);
  });

  it('says nothing of a city whose readings all are invalid', async () => {
    const metrics = ['pm25_avg', 'pm10_avg', 'so2_avg', 'no2_avg', 'co_avg', 'o3_mda8', 'good_days', 'aqi'];
    const found = await readObservations(world.runtime.context(), { metrics, regions: [140200, 140213] });
    expect(found).toEqual([]);
  });
});

describe('an empty dataset', () => {
  it('gives no cell, however it is asked for', () => {
    expect(ofNothing).toEqual({ rowsWritten: 0, cells: '0' });
  });
});

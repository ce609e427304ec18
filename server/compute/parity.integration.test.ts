import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AqiItem, DAILY_ITEMS, HOURLY_ITEMS } from '@/metrics/calculus/environment/air-standard';
import { aqi } from '@/metrics/calculus/environment/aqi';
import { withAqi } from '@/metrics/compile/air/aqi';
import { ident, render, sql } from '@/metrics/compile/sql/fragment';
import { AIR_RULES } from '@/server/compute/air-rules';
import { readObservations } from '@/server/observations/read';
import { air, at, labelsOf, openWorld, ticket, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

/** Deterministic numbers in [0, 1): the same rows in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const COUNTIES = [140105, 140106, 140200, 140213, 140302, 140403, 141002];
const pick = <T>(roll: () => number, list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
const pad = (n: number) => String(n).padStart(2, '0');
const pair = z.object({ place: z.string(), value: z.coerce.number() });

/** A hand-written query's answer beside the computed cells of the same places. */
async function agrees(metric: string, freq: 'D' | 'M', handwritten: string, basis = 'period') {
  const expected = await world.runtime.stores.warehouse.jobs.rows({
    name: 'by_hand',
    sql: handwritten,
    row: pair,
  });
  const cells = await readObservations(world.runtime.context(), {
    metrics: [metric],
    freq: [freq],
    basis: [basis],
  });
  const computed = new Map(
    cells.map((o) => [
      `${o.region} ${new Date(o.periodMs + 8 * 3_600_000).toISOString().slice(0, 10)}`,
      o.value === null ? null : Number(o.value),
    ]),
  );
  expect(expected.length).toBeGreaterThan(10);
  for (const { place, value } of expected)
    expect([place, computed.get(place)]).toEqual([place, expect.closeTo(value, 6)]);
}

const CITY = 'intDiv(region_code, 100) * 100';

describe('computed cells and independent SQL agree', () => {
  it('hotline requests by city and month', async () => {
    const roll = dice(1);
    const rows = Array.from({ length: 3000 }, (_, i) =>
      ticket(
        `t${i}`,
        pick(roll, COUNTIES),
        `2026-0${1 + Math.floor(roll() * 3)}-${pad(1 + Math.floor(roll() * 28))} 10:00:00`,
        { valid: roll() < 0.9 ? 1 : 0, channel: pick(roll, ['phone', 'web', 'app']) },
      ),
    );
    await world.load('hotline_ticket', rows, '2026-01-01', '2026-03-31');
    await world.compute();
    await agrees(
      'hotline_requests',
      'M',
      `SELECT concat(toString(${CITY}), ' ', toString(toStartOfMonth(create_ts))) AS place, count(DISTINCT ticket_id) AS value
       FROM hotline_ticket FINAL WHERE valid = 1 GROUP BY place ORDER BY place`,
    );
  });

  it('cancelled entities by province and day', async () => {
    const roll = dice(2);
    const rows = Array.from({ length: 3000 }, () => ({
      uscc: `U${Math.floor(roll() * 900)}`,
      region_code: pick(roll, COUNTIES),
      event: pick(roll, ['establish', 'cancel', 'revoke', 'change']),
      event_date: `2026-03-${pad(1 + Math.floor(roll() * 28))}`,
      entity_type: '企业',
      industry: '5211',
    }));
    await world.load('market_entity_event', rows, '2026-03-01', '2026-03-31');
    await world.compute();
    await agrees(
      'entity_cancel',
      'D',
      `SELECT concat('140000 ', toString(event_date)) AS place, uniqExact(uscc) AS value
       FROM market_entity_event FINAL WHERE event = 'cancel' OR event = 'revoke' GROUP BY place ORDER BY place`,
    );
  });

  it('cases on time by county and month', async () => {
    const roll = dice(3);
    const rows = Array.from({ length: 3000 }, (_, i) => ({
      case_no: `k${i}`,
      region_code: pick(roll, COUNTIES),
      channel: 'hall',
      department: '人社',
      item_type: '许可',
      subject_type: 'person',
      accept_ts: '2026-01-02 09:00:00',
      promise_date: `2026-0${1 + Math.floor(roll() * 3)}-${pad(1 + Math.floor(roll() * 28))}`,
      ...(roll() < 0.9
        ? { finish_ts: `2026-0${1 + Math.floor(roll() * 3)}-${pad(1 + Math.floor(roll() * 28))} 12:00:00` }
        : {}),
    }));
    await world.load('service_case', rows, '2026-01-02');
    await world.compute();
    await agrees(
      'service_ontime_rate',
      'M',
      `SELECT concat(toString(region_code), ' ', toString(toStartOfMonth(assumeNotNull(promise_date)))) AS place,
         100 * sum(if(isNotNull(finish_ts) AND toDate(finish_ts) <= promise_date, 1, 0)) / count() AS value
       FROM service_case FINAL WHERE region_code % 100 != 0 GROUP BY place ORDER BY place`,
    );
  });

  it('PM2.5 by city and day', async () => {
    const roll = dice(4);
    const days = Array.from({ length: 12 }, (_, i) => `2026-03-${pad(i + 1)}`);
    const rows = days.flatMap((day) =>
      labelsOf(day).flatMap((label) =>
        ['a', 'b', 'c'].flatMap((station, i) =>
          roll() < 0.9 ? [air(station, 140105 + i, label, { pm25: Math.round(roll() * 2000) / 10 })] : [],
        ),
      ),
    );
    await world.load('air_quality_hour', rows, '2026-03-01', '2026-03-12');
    await world.compute();
    await agrees(
      'pm25_avg',
      'D',
      `SELECT concat('140100 ', toString(day)) AS place, avg(hourly) AS value
       FROM (SELECT toDate(data_ts - 1) AS day, data_ts, avg(toFloat64(pm25)) AS hourly FROM air_quality_hour FINAL GROUP BY data_ts)
       GROUP BY day HAVING count() >= 20 ORDER BY place`,
      'mean',
    );
  });
});

describe('AQI in SQL and in the calculus agree', () => {
  it.each([
    ['day', DAILY_ITEMS],
    ['hour', HOURLY_ITEMS],
  ] as const)('for thousands of %s reports of both editions', async (report, items) => {
    const lane = world.runtime.stores.warehouse.jobs;
    const table = `aqi_case_${report}`;
    const columns = { so2: 3000, no2: 4200, co: 170, o3: 1400, pm10: 700, pm25: 600 };
    const names = Object.keys(columns) as (keyof typeof columns)[];
    await lane.command({
      name: 'create',
      sql: `CREATE TABLE ${table} (id UInt32, at DateTime('Asia/Shanghai'), ${names.map((name) => `x_${name} Nullable(Decimal(38, 10))`).join(', ')}) ENGINE = Memory`,
    });
    const roll = dice(report === 'day' ? 5 : 6);
    // Every half unit near the breakpoints comes up: rounding ties, exact breakpoints, the band just above, gaps, negatives.
    const value = (limit: number) => {
      const kind = roll();
      if (kind < 0.08) return null;
      if (kind < 0.1) return '-1';
      return (Math.round(roll() * limit * 20) / 20).toFixed(2);
    };
    const cases = Array.from({ length: 4000 }, (_, id) => ({
      id,
      at: id % 2 === 0 ? '2026-02-28 23:00:00' : '2026-03-01 00:00:00',
      // Half of the cases lie in the lower bands, where a missing item leaves no AQI.
      ...Object.fromEntries(
        names.map((name) => [`x_${name}`, value(columns[name] * (id % 4 < 2 ? 0.05 : 1))]),
      ),
    })) as ({ id: number; at: string } & Record<string, string | null>)[];
    await lane.insert(table, cases);
    const query = render(withAqi(sql`SELECT * FROM ${ident(table)}`, report, 'x_', AIR_RULES, ident('at')));
    const rows = await lane.rows({
      name: 'aqi',
      sql: `SELECT id, aqi_value FROM (${query.sql}) ORDER BY id`,
      params: query.params,
      row: z.object({ id: z.coerce.number(), aqi_value: z.coerce.number().nullable() }),
    });
    const itemOf: Record<keyof typeof columns, AqiItem> = {
      so2: items[0],
      no2: items[1],
      co: items[2],
      o3: items[3],
      pm10: items[4],
      pm25: items[5],
    };
    const expected = cases.map((one) => {
      const concentrations = Object.fromEntries(names.map((name) => [itemOf[name], one[`x_${name}`]]));
      return {
        id: one.id,
        aqi_value: aqi(
          concentrations,
          at('2026-03-01T00:00:00') > Date.parse(`${one.at.replace(' ', 'T')}+08:00`) ? '2012' : '2026',
          items,
        ).aqi,
      };
    });
    expect(rows.length).toBe(4000);
    expect(rows.filter((row) => row.aqi_value === null).length).toBeGreaterThan(100);
    expect(rows).toEqual(expected);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AqiItem, DAILY_ITEMS, HOURLY_ITEMS } from '@/metrics/calculus/environment/air-standard';
import { aqi } from '@/metrics/calculus/environment/aqi';
import { withAqi } from '@/metrics/compile/air/aqi';
import { ident, render, sql } from '@/metrics/compile/sql/fragment';
import { AIR_RULES } from '@/server/compute/air-rules';
import { at, openWorld, type World } from '@/tests/support/compute';
import { dice } from '@/tests/support/parity';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

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

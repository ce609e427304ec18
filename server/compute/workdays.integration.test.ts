import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ident, render, sql } from '@/metrics/compile/sql/fragment';
import { workdaysBetween, workdayTableOf } from '@/metrics/compile/workdays';
import { countWorkingDays, WEEKDAYS_ONLY, type WorkCalendar, workCalendar } from '@/metrics/time/calendar';
import { SHIPPED_HOLIDAYS } from '@/metrics/time/holidays';
import { DAY_MS, instantOf } from '@/metrics/time/zone';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const row = z.object({ from_day: z.coerce.number(), n: z.coerce.number() });

/** From every 5th day of 2016 to 2028, one stretch each of 0 to 40 days. */
async function countedBySql(calendar: WorkCalendar) {
  const between = workdaysBetween(ident('a'), ident('b'), workdayTableOf(calendar));
  const { sql: text, params } = render(sql`
    SELECT toInt32(toDate(a)) AS from_day, ${between} AS n
    FROM (SELECT toDateTime('2016-01-01 09:00:00', 'Asia/Shanghai') + number * 432000 AS a,
      a + (number % 41) * 86400 AS b FROM numbers(950))`);
  return runtime.stores.warehouse.jobs.rows({ name: 'workdays', sql: text, params, row });
}

it.each([
  ['the shipped tables', workCalendar(SHIPPED_HOLIDAYS)],
  ['no table', WEEKDAYS_ONLY],
])('the engine counts working days as the calendar does, within and outside %s', async (_, calendar) => {
  const counted = await countedBySql(calendar);
  expect(counted).toHaveLength(950);
  counted.forEach(({ from_day, n }, index) => {
    const first = instantOf(1970, 1, 1 + from_day);
    // The day of the beginning does not count, the day of the end does.
    const expected = countWorkingDays(calendar, first + DAY_MS, first + ((index % 41) + 1) * DAY_MS);
    expect(n, `${from_day} + ${index % 41}`).toBe(expected.days);
  });
});

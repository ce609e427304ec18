import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figures, openWorld, type World } from '@/tests/support/compute';
import { byHand, computed, dayIn, dice, expectAgreement, NOW, pick } from '@/tests/support/parity';

const METRIC = 'entity_total';
const PLACES = [140105, 140106, 140213];
const MONTHS = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
const NEWEST = '2026-04-10';
/** Published stocks: place, last day of the period that each closes, households. */
const OPENINGS = [
  [140000, '2025-11-30', 900_000],
  [140000, '2025-12-31', 905_000],
  [140100, '2025-12-31', 300_000],
  [140105, '2025-12-31', 40_000],
  [140105, '2026-02-28', 40_500],
] as const;

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
  const roll = dice(31);
  const rows = Array.from({ length: 1200 }, () => ({
    uscc: `U${Math.floor(roll() * 700)}`,
    region_code: pick(roll, PLACES),
    event: pick(roll, ['establish', 'establish', 'cancel', 'revoke', 'change', 'move_in', 'move_out']),
    event_date: dayIn(roll, MONTHS),
    entity_type: '企业',
    industry: '5111',
    is_deleted: roll() < 0.03 ? 1 : 0,
  }));
  const published = OPENINGS.flatMap(([region, day, value]) =>
    figures(METRIC, region, { freq: 'M', basis: 'point' }, [
      [day.slice(0, 7), String(value), '2026-04-01'],
    ]).map(
      // The city's was written down from memory, so nobody has checked it.
      (figure) => ({ ...figure, source: region === 140100 ? 'from memory' : '省市场监管局' }),
    ),
  );
  await world.load('official_figure', published);
  await world.load('market_entity_event', rows, '2025-11-01', NEWEST);
  await world.compute();
}, 240_000);
afterAll(() => world.runtime.close());

/**
 * Households of a place on a day: the last stock closed before it, with those that were founded and those that ended since,
 * each once, and with every move in and out.
 */
function stockOf(region: number, since: string, last: string, stock: number): string {
  const within =
    region === 140000
      ? '1'
      : region % 100 === 0
        ? `intDiv(region_code, 100) = ${region / 100}`
        : `region_code = ${region}`;
  const rows = `SELECT * FROM market_entity_event FINAL WHERE is_deleted = 0 AND ${within} AND event_date > '${since}' AND event_date <= '${last}'`;
  const until = (days: string) => `arrayCount(x -> x <= day, (${days}))`;
  const firstOf = (events: string) =>
    until(
      `SELECT groupArray(first) FROM (SELECT min(event_date) AS first FROM (${rows}) WHERE event IN (${events}) GROUP BY uscc)`,
    );
  const each = (event: string) =>
    until(`SELECT groupArray(event_date) FROM (${rows}) WHERE event = '${event}'`);
  return `SELECT ${region} AS region, 'D' AS freq, 'point' AS basis, toString(day) AS start,
      ${stock} + ${firstOf("'establish'")} - ${firstOf("'cancel', 'revoke'")} + ${each('move_in')} - ${each('move_out')} AS value
    FROM (SELECT toDate('2025-11-01') + number AS day FROM numbers(200))
    WHERE day >= (SELECT min(event_date) FROM (${rows})) AND day <= '${last}' AND day <= toDate(${NOW})`;
}

describe('a stock that goes on from published ones', () => {
  it('agrees with SQL written from its definition on every day, month and year', async () => {
    const spans = OPENINGS.map(([region, since, stock]) => {
      const next = OPENINGS.find(([other, day]) => other === region && day > since)?.[1] ?? NEWEST;
      return stockOf(region, since, next, stock);
    });
    const days = await byHand(world, spans.join('\nUNION ALL\n'));
    expect(days.length).toBeGreaterThan(300);
    const seen = await computed(world, METRIC);
    const daily = new Map([...seen].filter(([place]) => place.split('|')[1] === 'D'));
    // A stock stands until the newest day that has arrived; beyond its last movement nothing is known.
    const newest =
      [...daily.keys()]
        .map((place) => place.slice(-10))
        .toSorted()
        .at(-1) ?? '';
    const known = days.filter(({ start }) => start <= newest);
    expectAgreement(METRIC, known, daily, { zeros: false });
    // A month takes its last day at hand; the months that were published stay as published.
    const last = known.filter(({ start }) => start === newest);
    expect([newest.slice(0, 7), last.length]).toEqual(['2026-03', 3]);
    for (const { region, value } of last) expect(seen.get(`${region}|M|point||2026-03-01`)).toBe(value);
    expect(seen.get('140000|M|point||2025-12-01')).toBe(905_000);
  });

  it('says of every stock that the one it goes on from was never checked', async () => {
    const cells = await world.observations(METRIC, { regions: [140100], freq: ['D', 'M'] });
    expect(cells.length).toBeGreaterThan(80);
    for (const { flags } of cells) expect(flags).toContain('recalled');
    const county = await world.observations(METRIC, { regions: [140105], freq: ['D'] });
    for (const { flags } of county) expect(flags).not.toContain('recalled');
  });

  it('is partial above the counties from the end of the first month that is over and in which some of them have no row', async () => {
    // Rows are of two counties of ten in 太原, and of two cities of eleven; a county by itself lacks none.
    const since: Record<number, string> = { 140000: '2025-11-01', 140100: '2026-01-31', 140105: '9999' };
    const cells = await world.observations(METRIC, { regions: [140000, 140100, 140105], freq: ['D'] });
    const civil = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
    const wrong = cells.filter(
      ({ region, periodMs, flags }) =>
        flags.includes('partial') !== civil(periodMs) >= (since[region] ?? '9999'),
    );
    expect(cells.length).toBeGreaterThan(250);
    expect(wrong.map(({ region, periodMs }) => `${region} ${civil(periodMs)}`)).toEqual([]);
  });
});

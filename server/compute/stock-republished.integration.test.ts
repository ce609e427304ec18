import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalculus } from '@/server/services/calculus/read';
import { readMetricPage } from '@/server/services/desk/page';
import { deliver, figures, openWorld, type World } from '@/tests/support/compute';

const CITY = 140300;
const COUNTIES = [140302, 140303, 140311, 140321, 140322];

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-10-12T18:00:00');
  await publish('2026-07', '1000', '2026-08-05');
  // Every county reports in every month; one establishment in August, one in September, two in October.
  const quiet = ['2026-08-03', '2026-09-01', '2026-10-01'].flatMap((day) =>
    COUNTIES.map((county) => `${county},change,${day}`),
  );
  const moves = ['2026-08-05', '2026-09-10', '2026-10-01', '2026-10-08'].map(
    (day) => `140302,establish,${day}`,
  );
  const rows = [...quiet, ...moves].map(
    (line, i) => `91140300MA00000${String(i).padStart(3, '0')},${line},企业,0,2026-10-10 10:00:00`,
  );
  const header = 'uscc,region_code,event,event_date,entity_type,is_deleted,updated_at';
  await deliver(world, 'market_entity_event', header, rows);
});
afterAll(() => world.runtime.close());

async function publish(month: string, value: string, day: string): Promise<void> {
  await world.load(
    'official_figure',
    figures('entity_total', CITY, { freq: 'M', basis: 'point' }, [[month, value, day]]),
  );
  // What a publication reopens is counted by the run after it.
  for (const _ of [1, 2]) {
    world.runtime.clock.advance(60_000);
    await world.compute();
  }
  world.runtime.clock.advance(60_000);
}

async function stocks(days: readonly string[]): Promise<(string | undefined)[]> {
  const cells = await world.cells('entity_total');
  return days.map((day) => cells[`${CITY} D point ${day}`]);
}

async function changes(freq: 'D' | 'M', period: string): Promise<Record<string, string>> {
  const asked = { code: 'entity_total', region: CITY, freq, basis: 'point', period };
  const { workings } = await readCalculus(world.runtime.context(), asked);
  const of = (key: string) => {
    const found = workings.find((working) => working.key === key);
    return found?.reason ?? found?.text ?? 'none';
  };
  return { mom: of('mom'), week: of('week') };
}

const BROKEN = '期间公布了新的存量,两期不是接着推算的';

describe('a stock that is published while it is counted on from a former one', () => {
  it('is counted on from the first one until then', async () => {
    expect(await stocks(['2026-08-31', '2026-09-30', '2026-10-01'])).toEqual(['1001', '1002', '1003']);
    expect((await changes('D', '2026-10-01')).mom).toBe('+0.1%');
  });

  it('marks the day that it closes, and is compared with nothing that was counted on from the former one', async () => {
    await publish('2026-09', '1100', '2026-10-11');
    expect(await stocks(['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-08'])).toEqual([
      '1002',
      '1002 stock_replaced',
      '1101',
      '1102',
    ]);
    expect(await changes('D', '2026-10-01')).toEqual({ mom: BROKEN, week: BROKEN });
    expect((await changes('M', '2026-09')).mom).toBe(BROKEN);
    // 1102 / 1101, on the day before and a week before: both are counted on from the new one.
    expect(await changes('D', '2026-10-08')).toEqual({ mom: '+0.1%', week: '+0.1%' });
  });

  it('says so on the page', async () => {
    const page = await readMetricPage(world.runtime.context(), {
      ...{ code: 'entity_total', region: CITY, freq: 'D', basis: 'point', period: '2026-10-01' },
    });
    expect(page.changes.find(({ label }) => label === '较前一日')).toMatchObject({
      value: null,
      rule: BROKEN,
    });
  });

  it('leaves the day unmarked where it says what had been counted, and is a new footing all the same', async () => {
    await publish('2026-09', '1002', '2026-10-12');
    expect(await stocks(['2026-09-30', '2026-10-01'])).toEqual(['1002', '1003']);
    expect(await changes('D', '2026-10-01')).toEqual({ mom: BROKEN, week: BROKEN });
    const { changes: shown } = await readMetricPage(world.runtime.context(), {
      ...{ code: 'entity_total', region: CITY, freq: 'D', basis: 'point', period: '2026-10-01' },
    });
    expect(shown.find(({ label }) => label === '较前一日')?.rule).toBe(BROKEN);
  });
});

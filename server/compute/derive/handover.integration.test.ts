import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf } from '@/metrics/regions/tree';
import { readPassport } from '@/server/services/screens/passport';
import { cityCodes, figures, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

async function said(metric: string, place: string, asOf?: string): Promise<string | undefined> {
  return (await world.cells(metric, { partial: true, ...(asOf && { asOf }) }))[place];
}

async function publish(...rows: Record<string, unknown>[]): Promise<void> {
  await world.load('official_figure', rows);
  await world.compute();
  // Once said it is said: a second run has nothing to add.
  await world.load('official_figure', []);
  expect(await world.compute()).toMatchObject({ rowsWritten: 0, derivedRows: 0 });
}

const grain = (value: string | null, published: string, more: Record<string, unknown> = {}) => ({
  ...figures('grain_output', 140000, { freq: 'A' }, [
    ['2022', value, published, value === null ? 'missing' : 'final'],
  ])[0],
  ...more,
});
const WHOLE = '140000 A period 2022-01-01';

describe('a publisher that falls silent', () => {
  it('leaves the whole to the sum of its parts, and takes it back when it speaks again', async () => {
    // 10 + 11 + … + 20 = 165.
    await publish(
      ...cityCodes().flatMap((city, i) =>
        figures('grain_output', city, { freq: 'A' }, [['2022', String(10 + i), '2023-02-01']]),
      ),
    );
    await publish(grain('165.2', '2023-02-10'));
    expect(await said('grain_output', WHOLE)).toBe('165.2');
    await publish(grain(null, '2023-05-01'));
    expect(await said('grain_output', WHOLE)).toBe('165');
    const [cell] = await world.observations('grain_output', { regions: [140000] });
    const passport = cell && (await readPassport(world.runtime.context(), { cell }));
    expect(passport?.madeOf?.how).toBe('由下级地区汇总');
    await publish(grain('166', '2023-08-01'));
    const known = async (day: string) => said('grain_output', WHOLE, day);
    expect(await Promise.all(['2023-02-05', '2023-02-20', '2023-06-01', '2023-09-01'].map(known))).toEqual([
      '165',
      '165.2',
      '165',
      '166',
    ]);
  });

  it('is heard in the same way when all of it is loaded at once, in whatever order', async () => {
    const place = '140000 A period 2019-01-01';
    const own = (value: string | null, published: string) => ({ ...grain(value, published), period: '2019' });
    await publish(
      own('95', '2020-08-01'),
      own(null, '2020-05-01'),
      own('90', '2020-02-10'),
      ...cityCodes().flatMap((city) =>
        figures('grain_output', city, { freq: 'A' }, [['2019', '8', '2020-02-01']]),
      ),
    );
    const known = async (day: string) => said('grain_output', place, day);
    // 11 cities of 8.
    expect(await Promise.all(['2020-02-05', '2020-02-20', '2020-06-01', '2020-09-01'].map(known))).toEqual([
      '88',
      '90',
      '88',
      '95',
    ]);
    // The parts are revised while the publisher was silent, and after it has spoken again.
    const [city = 0] = cityCodes();
    await publish(
      ...figures('grain_output', city, { freq: 'A' }, [
        ['2019', '9', '2020-07-01'],
        ['2019', '10', '2020-10-01'],
      ]),
    );
    expect(await Promise.all(['2020-06-01', '2020-07-15', '2020-09-01', '2020-11-01'].map(known))).toEqual([
      '88',
      '89',
      '95',
      '95',
    ]);
  });

  it('is one whose row was withdrawn or corrected under the same date, too', async () => {
    const place = '140000 A period 2022-01-01';
    await publish(
      grain('166', '2023-08-01', { is_deleted: 1, version: 90, ingest_ts: '2026-04-02 09:00:00' }),
    );
    // The publication before that one said that there is no figure.
    expect(await said('grain_output', place)).toBe('165');
    expect(await said('grain_output', place, '2023-09-01')).toBe('166');
    await publish(grain('167', '2023-05-01', { version: 91, ingest_ts: '2026-04-03 09:00:00' }));
    expect(await said('grain_output', place)).toBe('167');
    await publish(
      grain('167', '2023-05-01', { is_deleted: 1, version: 92, ingest_ts: '2026-04-04 09:00:00' }),
    );
    expect(await said('grain_output', place)).toBe('165.2');
    await publish(
      grain('165.2', '2023-02-10', { is_deleted: 1, version: 93, ingest_ts: '2026-04-05 09:00:00' }),
    );
    expect(await said('grain_output', place)).toBe('165');
  });

  it('leaves a derived metric to its formula', async () => {
    const place = '140000 A period 2020-01-01';
    const perHead = (value: string | null, published: string, status = 'final') =>
      figures('gdp_per_capita', 140000, { freq: 'A' }, [['2020', value, published, status]]);
    await publish(
      ...perHead('51051', '2021-04-01'),
      ...figures('gdp', 140000, { freq: 'A' }, [['2020', '17651.93', '2021-02-01']]),
      ...figures('pop_resident', 140000, { freq: 'A', basis: 'point' }, [
        ['2019', '3496.9', '2021-06-01'],
        ['2020', '3490.5', '2021-06-01'],
      ]),
    );
    expect(await said('gdp_per_capita', place)).toBe('51051');
    // 17651.93 · 10000 / ((3490.5 + 3496.9) / 2) = 50525.0308.
    await publish(...perHead(null, '2021-08-01', 'missing'));
    expect(Number(await said('gdp_per_capita', place))).toBeCloseTo(50525.0308, 3);
    expect(await said('gdp_per_capita', place, '2021-07-01')).toBe('51051');
  });
});

describe('a deduction that falls silent', () => {
  it('leaves the month to the sum of its parts, and takes it back', async () => {
    const counties = childrenOf(140300).map(({ code }) => code);
    const june = '140300 M period 2025-06-01';
    const cumulative = (value: string | null, published: string, status = 'final') =>
      figures('budget_revenue', 140300, { freq: 'M', basis: 'ytd' }, [['2025-06', value, published, status]]);
    await publish(
      ...figures('budget_revenue', 140300, { freq: 'M', basis: 'ytd' }, [['2025-05', '500', '2025-06-15']]),
      ...cumulative('620', '2025-07-15'),
      ...counties.flatMap((county) =>
        figures('budget_revenue', county, { freq: 'M' }, [['2025-06', '20', '2025-07-10']]),
      ),
    );
    expect(await said('budget_revenue', june, '2025-07-12')).toBe(String(20 * counties.length));
    expect(await said('budget_revenue', june)).toBe('120 deduced');
    await publish(...cumulative(null, '2025-08-20', 'missing'));
    expect(await said('budget_revenue', june)).toBe(String(20 * counties.length));
    expect(await said('budget_revenue', june, '2025-08-01')).toBe('120 deduced');
    await publish(...cumulative('630', '2025-09-20'));
    expect(await said('budget_revenue', june)).toBe('130 deduced');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalculus } from '@/server/services/calculus/read';
import type { CellCalculus } from '@/server/services/calculus/types';
import { actorOf } from '@/tests/support/actors';
import { type PublishedRow, publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let publish: (day: string, rows: PublishedRow[]) => Promise<void>;
beforeAll(async () => {
  runtime = await openTestRuntime();
  publish = publisher(runtime);
});
afterAll(() => runtime.close());

const read = (input: { code: string; region?: number; period: string }, actor = actorOf('analyst')) =>
  readCalculus(runtime.context(actor), input);
const of = ({ workings }: CellCalculus, key: string) => workings.find((working) => working.key === key);
const series = (metric: string, freq: string, values: Record<string, string | null>, more = {}) =>
  Object.entries(values).map(([period, value]) => ({
    ...{ metric, freq, value, period: `${period}-01-01`.slice(0, 10), ...more },
  }));

describe('what the five-year plan counts', () => {
  it('is read from its base year to its target, beyond the years of other comparisons (T22)', async () => {
    const mean = { basis: 'mean' };
    await publish('2024-01-20', [
      ...series('pm25_avg', 'A', { 2020: '46', 2023: '37' }, mean),
      ...series('pm25_avg', 'A', { 2025: '36' }, { ...mean, measure: 'target' }),
    ]);
    const year = await read({ code: 'pm25_avg', period: '2023' });
    expect(of(year, 'reduction_completion')).toMatchObject({ text: '90.0%' });
    expect(of(year, 'reduction_pace')).toMatchObject({ text: '60.0%' });
    expect(of(year, 'reduction_completion')?.operands.map(({ value }) => value)).toEqual(['46', '36', '37']);
  });

  it('accumulates the drops of all its years (T51)', async () => {
    // Five factors: 0.97 · 0.975 · 0.968 · 0.98 · 0.99 = 0.88820…
    const drops = { 2021: '3.0', 2022: '2.5', 2023: '3.2', 2024: '2', 2025: '1' };
    await publish('2026-01-20', series('energy_intensity_change', 'A', drops));
    const at = async (period: string) =>
      of(await read({ code: 'energy_intensity_change', period }), 'cumulative_drop')?.text;
    expect(await at('2023')).toBe('8.45%');
    expect(await at('2025')).toBe('11.18%');
  });
});

describe('price indices', () => {
  const prices = actorOf('analyst', { domains: ['economy'] });

  it('are chained month by month, and averaged over the year by last year’s chain (T14, T15)', async () => {
    const links = { '2024-01': '100', '2024-02': '90', '2024-03': '122.2222222222' };
    const now = { '2025-01': '102', '2025-02': '110', '2025-03': '102' };
    await publish('2025-04-15', [
      ...series('cpi_mom', 'M', links),
      ...series('cpi_mom', 'M', { '2025-01': '100.5', '2025-02': '99.8', '2025-03': '100.3' }),
      ...series('cpi_yoy', 'M', now),
    ]);
    expect(of(await read({ code: 'cpi_mom', period: '2025-03' }, prices), 'chain_index')).toMatchObject({
      text: '100.60 指数',
    });
    const average = of(await read({ code: 'cpi_yoy', period: '2025-03' }, prices), 'ytd_index');
    expect(average).toMatchObject({ text: '104.4 指数' });
    // As of the operands' own cells, so that each can be opened.
    expect(average?.operands.filter(({ cell }) => cell?.metric === 'cpi_mom')).toHaveLength(3);
    await expect(
      read({ code: 'cpi_mom', period: '2025-03' }, actorOf('analyst', { domains: ['environment'] })),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('compare days with the same day of last week, as the threshold of the index does (§4)', async () => {
    const index = (period: string, value: string) => ({
      metric: 'agri_wholesale_index',
      region: 140100,
      freq: 'D',
      period,
      value,
    });
    await publish('2025-03-20', [index('2025-03-05', '100'), index('2025-03-12', '121')]);
    const day = await read({ code: 'agri_wholesale_index', region: 140100, period: '2025-03-12' });
    expect(of(day, 'week')).toMatchObject({ label: '较上周同日', text: '+21.0%' });
  });
});

describe('a stock whose publisher gave no figure', () => {
  it('shows the one before it, marked (§15)', async () => {
    await publish(
      '2025-03-20',
      series('dibao_urban', 'M', { '2025-01': '12', '2025-02': null }, { basis: 'point' }),
    );
    const month = await read({ code: 'dibao_urban', period: '2025-02' });
    expect(month.value).toBeNull();
    expect(of(month, 'carried_forward')).toMatchObject({
      value: '12',
      operands: [{ value: null }, { value: '12' }],
    });
  });
});

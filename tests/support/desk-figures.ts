import type { publisher } from '@/tests/support/publish';

/** Published figures that the tests of the metric page and of the list read. */
export async function publishDeskFigures(publish: ReturnType<typeof publisher>): Promise<void> {
  // Published figures: GDP of Shanxi 2020 and its final revision (calculus.md T33), growth as released.
  await publish('2020-01-25', [{ metric: 'gdp', period: '2019-01-01', value: '17026.68' }]);
  await publish('2021-01-25', [
    { metric: 'gdp', period: '2020-01-01', value: '17651.93', flags: ['vintage_assumed'] },
    { metric: 'gdp', period: '2020-01-01', value: '3.6', measure: 'yoy' },
  ]);
  await publish('2022-01-15', [
    { metric: 'gdp', period: '2020-01-01', value: '17835.6', status: 'final' },
    { metric: 'gdp', period: '2021-01-01', value: '22590.16' },
    { metric: 'gdp', period: '2021-01-01', value: '9.1', measure: 'yoy' },
    { metric: 'gdp', period: '2021-01-01', value: '5121.61', region: 140100 },
    { metric: 'gdp', period: '2021-01-01', value: '1686', region: 140200 },
    // Differ below the displayed two places: they are equal as seen (calculus.md §10).
    { metric: 'gdp', period: '2021-01-01', value: '2311.101', region: 140400 },
    { metric: 'gdp', period: '2021-01-01', value: '2311.099', region: 140500 },
    { metric: 'gdp', period: '2021-01-01', value: '1420.6', region: 140600 },
    { metric: 'gdp', period: '2021-01-01', value: '1843.4', region: 140700 },
    { metric: 'gdp', period: '2021-01-01', value: '2053.1', region: 140800 },
    { metric: 'gdp', period: '2021-01-01', value: '1344.4', region: 140900 },
    { metric: 'gdp', period: '2021-01-01', value: '1909.5', region: 141000 },
  ]);
  // Budget revenue of 2020 and 2021 (T4: 23.4 %), 2022 without its growth, 2018 with a growth but no level before it.
  await publish('2022-02-09', [
    { metric: 'budget_revenue', period: '2020-01-01', value: '2296.57' },
    { metric: 'budget_revenue', period: '2021-01-01', value: '2834.6' },
    { metric: 'budget_revenue', period: '2021-01-01', value: '23.4', measure: 'yoy' },
    { metric: 'budget_revenue', period: '2023-01-01', value: '3479.1' },
    { metric: 'budget_revenue', period: '2018-01-01', value: '0' },
    { metric: 'budget_revenue', period: '2019-01-01', value: '5' },
  ]);
  await publish('2026-10-01', [
    { metric: 'hotline_requests', freq: 'M', period: '2026-09-01', value: '400', flags: ['demo'] },
    { metric: 'hotline_requests', freq: 'M', period: '2025-09-01', value: '500', flags: ['demo'] },
    {
      metric: 'hotline_requests',
      freq: 'M',
      period: '2026-09-01',
      value: '100',
      slice: 'channel=wechat',
      flags: ['demo'],
    },
    {
      metric: 'hotline_requests',
      freq: 'M',
      period: '2026-09-01',
      value: '300',
      slice: 'channel=phone',
      flags: ['demo'],
    },
  ]);
}

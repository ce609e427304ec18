import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { type CalculusInput, readCalculus } from '@/server/services/calculus/read';
import type { CellCalculus } from '@/server/services/calculus/types';
import { actorOf } from '@/tests/support/actors';
import { type PublishedRow, publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let publish: (day: string, rows: PublishedRow[]) => Promise<void>;

/** A cell of its own for each case: metric and region keep the cases apart. */
const TAIYUAN = 140100;
const DATONG = 140200;
const YANGQUAN = 140300;

const months = (metric: string, region: number, values: Record<string, string | null>, basis = 'period') =>
  Object.entries(values).map(([month, value]) => ({
    metric,
    region,
    freq: 'M',
    basis,
    period: `${month}-01`,
    value,
  }));
const days = (metric: string, values: Record<string, string>, flags: string[] = []) =>
  Object.entries(values).map(([period, value]) => ({ metric, freq: 'D', period, value, flags }));
const years = (
  metric: string,
  region: number,
  values: Record<string, string>,
  more: Partial<PublishedRow> = {},
) =>
  Object.entries(values).map(([year, value]) => ({
    metric,
    region,
    period: `${year}-01-01`,
    value,
    ...more,
  }));

beforeAll(async () => {
  runtime = await openTestRuntime();
  publish = publisher(runtime);
});
afterAll(() => runtime.close());

const read = (input: CalculusInput, actor: Actor = actorOf('analyst')) =>
  readCalculus(runtime.context(actor), input);
const of = ({ workings }: CellCalculus, key: string) => workings.find((working) => working.key === key);
const flagsOf = (calculus: CellCalculus, key: string) => of(calculus, key)?.flags.map(({ flag }) => flag);

describe('single months of a cumulative flow', () => {
  it('do not exist for 1-2月, and March has no month to compare with (T3)', async () => {
    await publish('2023-05-20', [
      ...months(
        'freight_volume',
        TAIYUAN,
        { '2023-02': '1200', '2023-03': '1830', '2023-04': '2450' },
        'ytd',
      ),
    ]);
    const at = (period: string) => read({ code: 'freight_volume', region: TAIYUAN, period, basis: 'ytd' });
    const [february, march, april] = [await at('2023-02'), await at('2023-03'), await at('2023-04')];
    expect(of(february, 'single_period')).toMatchObject({ value: null, text: '—', reason: '1-2月合并' });
    expect(of(march, 'single_period')).toMatchObject({ value: '630', basis: 'deduced' });
    expect(of(march, 'single_mom')).toMatchObject({ value: null, reason: '1-2月合并' });
    // 2450 − 1830 = 620; 620 / 630 − 1 = −1.6 %.
    expect(of(april, 'single_period')).toMatchObject({ value: '620' });
    expect(of(april, 'single_mom')).toMatchObject({ text: '−1.6%' });
    // Cumulative figures have no 环比.
    expect(of(april, 'mom')).toBeUndefined();
  });

  it('subtract what was published in the same batch (T12)', async () => {
    const budget = (values: Record<string, string>) => months('tax_revenue', TAIYUAN, values, 'ytd');
    await publish('2023-06-10', budget({ '2023-05': '520' }));
    await publish('2023-07-10', budget({ '2023-05': '498', '2023-06': '515' }));
    // A revision of May that came after June was published belongs to a later batch.
    await publish('2023-08-10', budget({ '2023-05': '600' }));
    const june = await read({ code: 'tax_revenue', region: TAIYUAN, period: '2023-06', basis: 'ytd' });
    expect(of(june, 'single_period')).toMatchObject({ value: '17', flags: [] });
    expect(of(june, 'single_period')?.operands[1]).toMatchObject({ value: '498', cell: { basis: 'ytd' } });
  });
});

describe('a flow known month by month', () => {
  it('adds up to 累计, and its growth is that of the sums (T9)', async () => {
    await publish(
      '2024-04-10',
      months('hotline_requests', DATONG, {
        '2023-01': '100',
        '2023-02': '100',
        '2023-03': '200',
        '2024-01': '110',
        '2024-02': '90',
        '2024-03': '240',
      }),
    );
    const march = await read({ code: 'hotline_requests', region: DATONG, period: '2024-03' });
    expect(of(march, 'ytd')).toMatchObject({ value: '440', label: '2024年1-3月累计' });
    // 440 / 400 − 1, not the mean of 10, −10 and 20.
    expect(of(march, 'ytd_yoy')).toMatchObject({ text: '+10.0%' });
    expect(of(march, 'yoy')).toMatchObject({ text: '+20.0%' });
    // Three of 120 months are no series to adjust.
    expect(of(march, 'seasonally_adjusted')).toMatchObject({ value: null });
    expect(flagsOf(march, 'seasonally_adjusted')).toEqual(['short_series']);
  });

  it('has no 累计 where a month is missing, and says so', async () => {
    await publish('2024-04-10', months('hotline_requests', 140400, { '2024-01': '5', '2024-03': '7' }));
    const march = await read({ code: 'hotline_requests', region: 140400, period: '2024-03' });
    expect(of(march, 'ytd')).toMatchObject({ value: null, text: '—', reason: '不完整' });
    expect(of(march, 'mom')).toMatchObject({ value: null, reason: '上期缺' });
    expect(of(march, 'seasonally_adjusted')?.reason).toBe('序列只有 2 个月,不足 36 个月');
  });

  it('is compared day by day where a February has 29 (T7)', async () => {
    await publish('2024-03-10', months('hotline_requests', TAIYUAN, { '2023-02': '280', '2024-02': '290' }));
    const february = await read({ code: 'hotline_requests', region: TAIYUAN, period: '2024-02' });
    // 290 / 280 − 1 = 3.6 %; 290 / 29 = 280 / 28.
    expect(of(february, 'yoy')).toMatchObject({ text: '+3.6%' });
    expect(of(february, 'day_adjusted_yoy')).toMatchObject({ text: '0.0%', tone: 'neutral' });
    expect(of(february, 'day_adjusted_yoy')?.operands.slice(2)).toMatchObject([
      { text: '29' },
      { text: '28' },
    ]);
  });

  it('of three years or more is adjusted for the season, marked as ours', async () => {
    // 36 months alike but for a December of double: every factor but that of December is the same.
    const values = Object.fromEntries(
      Array.from({ length: 36 }, (_, index) => {
        const month = (index % 12) + 1;
        return [
          `${2021 + Math.floor(index / 12)}-${String(month).padStart(2, '0')}`,
          month === 12 ? '200' : '100',
        ];
      }),
    );
    await publish('2024-01-10', months('hotline_requests', 140500, values));
    const december = await read({ code: 'hotline_requests', region: 140500, period: '2023-12' });
    // The mean of any twelve months is 1300/12; factors 12/13 and 24/13; 200 / (24/13) = 108.33, shown whole.
    expect(of(december, 'seasonally_adjusted')).toMatchObject({ text: '108 件' });
    expect(flagsOf(december, 'seasonally_adjusted')).toEqual(['internal_sa']);
  });
});

describe('daily flows', () => {
  it('are compared with the same weekday and, around 春节, with the same lunar day', async () => {
    // 春节 2024 is 10 February, 2023 it was 22 January.
    await publish('2024-02-20', [
      ...days('service_cases', { '2023-01-22': '50', '2023-02-10': '200', '2024-02-03': '80' }, ['demo']),
      ...days('service_cases', { '2024-02-09': '90', '2024-02-10': '60' }, ['demo']),
    ]);
    const festival = await read({ code: 'service_cases', period: '2024-02-10' });
    expect(of(festival, 'yoy')).toMatchObject({ text: '−70.0%', demo: true });
    expect(of(festival, 'lunar_yoy')).toMatchObject({ text: '+20.0%', label: '农历对齐同比' });
    expect(of(festival, 'week')).toMatchObject({ text: '−25.0%' });
    expect(of(festival, 'mom')).toMatchObject({ label: '较前一日', text: '−33.3%' });
    // Out of the window there is no lunar comparison to speak of.
    await publish('2024-06-02', days('service_cases', { '2024-06-01': '1' }));
    expect(of(await read({ code: 'service_cases', period: '2024-06-01' }), 'lunar_yoy')).toBeUndefined();
  });
});

describe('a base that misleads', () => {
  // Of each case a county of its own.
  it.each([
    [140105, '5', '0', '上年同期为0', 'base_zero'],
    [140106, '0', '0', '与上年同期均为0', 'base_zero'],
    [140107, '30', '-20', '由负转正', 'base_neg'],
    [140108, '-30', '20', '由正转负', 'turned_negative'],
    [140109, '-30', '-20', '负值扩大 50.0%', 'base_neg'],
    [140110, '-10', '-20', '负值收窄 50.0%', 'base_neg'],
  ])('is put in words: in %i %s after %s is %s (T30)', async (region, now, then, words, flag) => {
    await publish('2024-01-15', years('exports', region, { 2022: then, 2023: now }));
    const calculus = await read({ code: 'exports', region, period: '2023' });
    expect(of(calculus, 'yoy')).toMatchObject({ value: null, text: words });
    expect(flagsOf(calculus, 'yoy')).toEqual([flag]);
  });

  it('is a loss only of a profit', async () => {
    await publish('2024-01-15', years('ind_profit', 140107, { 2022: '-20', 2023: '30' }));
    const calculus = await read({ code: 'ind_profit', region: 140107, period: '2023' });
    expect(of(calculus, 'nominal')).toMatchObject({ value: null, text: '由亏转盈' });
  });

  it('says 倍 for what grew many times, and flags what grew from next to nothing (T31)', async () => {
    await publish(
      '2024-01-15',
      years('exports', 140900, { 2020: '1000', 2021: '1000', 2022: '10', 2023: '126' }),
    );
    const calculus = await read({ code: 'exports', region: 140900, period: '2023' });
    // 126 / 10 − 1 = 1160 %; 10 is under 5 % of the median 1000.
    expect(of(calculus, 'yoy')).toMatchObject({ text: '增长 11.6 倍' });
    expect(flagsOf(calculus, 'yoy')).toEqual(['small_base']);
  });

  it('that was verified since is named, and so is a definition that changed between', async () => {
    await publish('2024-01-15', [
      ...years('exports', 141000, { 2022: '100' }, { status: 'final', definition_version: 1 }),
      ...years('exports', 141000, { 2023: '110' }, { definition_version: 2 }),
    ]);
    const calculus = await read({ code: 'exports', region: 141000, period: '2023' });
    expect(of(calculus, 'yoy')).toMatchObject({ text: '+10.0%' });
    expect(flagsOf(calculus, 'yoy')).toEqual(['base_final', 'definition_differs']);
  });
});

describe('a period that has not ended', () => {
  it('is compared with no whole one', async () => {
    // The clock stands at 23 November 2026.
    await publish(
      '2026-11-20',
      months('entity_new', TAIYUAN, { '2025-11': '9', '2026-10': '8', '2026-11': '7' }),
    );
    const november = await read({ code: 'entity_new', region: TAIYUAN, period: '2026-11' });
    for (const key of ['yoy', 'mom', 'ytd_yoy'])
      expect(of(november, key)).toMatchObject({ value: null, reason: '本期未结束,不与整期比较' });
    // What is not said is the newest period that ended.
    const newest = await read({ code: 'entity_new', region: TAIYUAN, freq: 'M' });
    expect(newest).toMatchObject({ value: '8', periodLabel: '2026年10月' });
  });
});

describe('a place among regions', () => {
  it('is by what is displayed, with ties, direction and the former place (T20)', async () => {
    const cities = [TAIYUAN, DATONG, YANGQUAN, 140400];
    const rows = (year: string, values: string[]) =>
      values.flatMap((value, index) => years('air_composite_index', cities[index] ?? 0, { [year]: value }));
    await publish('2023-06-05', rows('2022', ['4.50', '4.60', '4.00', '4.70']));
    // 4.101 and 4.099 are both shown as 4.10: they share the second place.
    await publish('2024-06-05', rows('2023', ['4.101', '3.55', '4.099', '4.62']));
    const at = (region: number) => read({ code: 'air_composite_index', region, period: '2023' });
    const [a, b, c, d] = [await at(TAIYUAN), await at(DATONG), await at(YANGQUAN), await at(140400)];
    expect([a, b, c, d].map((city) => of(city, 'rank')?.value)).toEqual(['2', '1', '2', '4']);
    // Lower is better: 2022 had 阳泉 1, 太原 2, 大同 3, 长治 4.
    expect([a, b, c, d].map((city) => of(city, 'rank_change')?.text)).toEqual([
      '持平',
      '前进 2 位',
      '后退 1 位',
      '持平',
    ]);
    expect(of(c, 'rank_change')).toMatchObject({ tone: 'unfavourable' });
    // 倒数第2: two share it.
    expect(of(a, 'rank')?.operands.find(({ name }) => name === 'from_last')?.value).toBe('2');
    // An index does not add up to the province.
    expect(of(a, 'share_of_parent')).toBeUndefined();
  });

  it('is not told to whom some of the regions are hidden, nor the share of a whole that is', async () => {
    await publish('2024-01-25', [
      ...years('gdp', TAIYUAN, { 2023: '60' }),
      ...years('gdp', DATONG, { 2023: '40' }),
      ...years('gdp', 140000, { 2023: '100' }),
    ]);
    const all = await read({ code: 'gdp', region: TAIYUAN, period: '2023' });
    expect(of(all, 'rank')).toMatchObject({ value: '1' });
    expect(of(all, 'share_of_parent')).toMatchObject({ text: '60.0%' });
    const city = actorOf('analyst', { regions: [TAIYUAN] });
    const own = await read({ code: 'gdp', region: TAIYUAN, period: '2023' }, city);
    expect(of(own, 'rank')).toMatchObject({ value: null, operands: [] });
    expect(of(own, 'share_of_parent')).toMatchObject({ value: null, reason: '不在数据范围内' });
    expect(JSON.stringify(own)).not.toContain(String(DATONG));
  });
});

describe('growth published as a metric of its own', () => {
  it('is the 同比 of its levels, and read with them (T16)', async () => {
    await publish('2025-01-25', [
      ...years('gdp', 140400, { 2023: '25698.18', 2024: '25494.69' }),
      ...years('gdp_growth', 140400, { 2023: '5.0', 2024: '2.3' }),
    ]);
    const year = await read({ code: 'gdp', region: 140400, period: '2024' });
    expect(of(year, 'yoy')).toMatchObject({ text: '+2.3%', basis: 'published' });
    expect(of(year, 'nominal')).toMatchObject({ text: '−0.8%' });
  });
});

describe('targets', () => {
  it('give completion against the passage of time (T21)', async () => {
    await publish('2020-07-10', [
      ...months('urban_new_jobs', 140000, { '2020-06': '22.4' }, 'ytd'),
      ...years('urban_new_jobs', 140000, { 2020: '46' }, { measure: 'target' }),
    ]);
    const june = await read({ code: 'urban_new_jobs', period: '2020-06' });
    expect(of(june, 'completion')).toMatchObject({ text: '48.7%' });
    expect(of(june, 'pace')).toMatchObject({ text: '50.0%', label: '时序进度' });
    expect(of(june, 'pace_gap')).toMatchObject({ text: '−1.3 个百分点', tone: 'unfavourable' });
    expect(of(june, 'completion')?.operands[1]).toMatchObject({ value: '46', cell: { measure: 'target' } });
  });

  it('of rates are a gap in percentage points, and a target alone is no observation', async () => {
    await publish('2024-01-25', [
      ...years('gdp_growth', 140000, { 2023: '5.0' }),
      ...years('gdp_growth', 140000, { 2023: '6.0', 2024: '5.0' }, { measure: 'target' }),
    ]);
    const year = await read({ code: 'gdp_growth', period: '2023' });
    expect(of(year, 'target_gap')).toMatchObject({ text: '−1.0 个百分点', tone: 'unfavourable' });
    expect(of(year, 'completion')).toBeUndefined();
    await expect(read({ code: 'gdp_growth', period: '2024' })).rejects.toMatchObject({ code: 'not_found' });
    // Unasked, the page of the metric does not stand on the year of the target.
    expect((await read({ code: 'gdp_growth' })).periodLabel).toBe('2023年');
  });
});

describe('what was known at an instant', () => {
  it('holds for the operands too', async () => {
    await publish('2023-01-20', years('imports', TAIYUAN, { 2021: '100', 2022: '120' }));
    await publish('2023-03-20', years('imports', TAIYUAN, { 2021: '150' }));
    const ask = (asOf: string) => read({ code: 'imports', region: TAIYUAN, period: '2022', asOf });
    expect(of(await ask('2023-02-01'), 'yoy')).toMatchObject({ text: '+20.0%' });
    expect(of(await ask('2023-04-01'), 'yoy')).toMatchObject({ text: '−20.0%' });
  });
});

describe('access', () => {
  it('is refused without the capability and outside the scope, by name', async () => {
    const ask = { code: 'gdp', period: '2023' };
    await expect(read(ask, actorOf('auditor'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      read({ ...ask, region: DATONG }, actorOf('analyst', { regions: [TAIYUAN] })),
    ).rejects.toMatchObject({
      code: 'forbidden',
      place: 'region',
    });
    await expect(read(ask, actorOf('analyst', { domains: ['environment'] }))).rejects.toMatchObject({
      code: 'forbidden',
      place: 'metric',
    });
  });

  it.each([
    [{ code: 'no_such_metric' }, 'not_found', 'metric'],
    [{ code: 'gdp', region: 999999 }, 'not_found', 'region'],
    [{ code: 'gdp', period: '下半年' }, 'bad_input', 'period'],
    [{ code: 'gdp', freq: 'Q' as const, period: '2023' }, 'bad_input', 'period'],
    [{ code: 'gdp', slice: 'b=1;a=2' }, 'bad_input', 'slice'],
    [{ code: 'gdp', asOf: 'yesterday' }, 'bad_input', 'asOf'],
  ])('answers %j with %s at %s', async (input, code, place) => {
    await expect(read(input)).rejects.toMatchObject({ code, place });
  });

  it('refuses what the metric has nowhere with what there is, and misses a cell with what the region has', async () => {
    await publish('2022-02-20', years('agri_va', YANGQUAN, { 2020: '10', 2021: '11' }));
    const ask = { code: 'agri_va', region: YANGQUAN };
    await expect(read({ ...ask, freq: 'D' })).rejects.toMatchObject({
      code: 'bad_input',
      place: 'freq',
      message: 'agri_va 没有频率“D”;可用:A、Q',
    });
    await expect(read({ ...ask, freq: 'A', basis: 'point', period: '2021' })).rejects.toMatchObject({
      code: 'bad_input',
      place: 'basis',
      message: 'agri_va 没有口径“point”;可用:period',
    });
    // Its own frequency, of which nothing has come yet; a year that is not there; a region without anything.
    const has = '这一格没有观测值;阳泉市有:freq=A&basis=period(2020 至 2021)';
    await expect(read({ ...ask, freq: 'Q' })).rejects.toMatchObject({
      code: 'not_found',
      place: 'freq',
      message: has,
    });
    await expect(read({ ...ask, period: '2015' })).rejects.toMatchObject({
      code: 'not_found',
      place: 'period',
      message: has,
    });
    await expect(read({ ...ask, region: DATONG })).rejects.toMatchObject({
      code: 'not_found',
      message: '这一格没有观测值;大同市没有这一指标、这一分组的数',
    });
  });
});

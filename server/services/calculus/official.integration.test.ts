import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCompute } from '@/server/compute/run';
import { type CalculusInput, readCalculus } from '@/server/services/calculus/read';
import type { CellCalculus } from '@/server/services/calculus/types';
import { readMetricPage } from '@/server/services/desk/page';
import { createLoad } from '@/server/services/loads/create';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** The shipped figures as published; the numbers of the cases are those of the statistical rules (T2, T4 …). */
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  await createLoad(runtime.context(), {
    dataset: 'official_figure',
    fileName: 'figures.csv',
    origin: 'seed',
    provenance: 'real',
    bytes: fs.readFileSync('seed/official/figures.csv'),
  });
  await runCompute(runtime.stores, { reason: 'test' });
});
afterAll(() => runtime.close());

const read = (input: CalculusInput) => readCalculus(runtime.context(actorOf('analyst')), input);
const of = ({ workings }: CellCalculus, key: string) => workings.find((working) => working.key === key);
const flagsOf = (calculus: CellCalculus, key: string) => of(calculus, key)?.flags.map(({ flag }) => flag);

describe('growth of published figures', () => {
  it('is the published one, with the figure that says it as its operand (T4, T5, T16, T17)', async () => {
    const budget = await read({ code: 'budget_revenue', period: '2021' });
    expect(of(budget, 'yoy')).toMatchObject({ text: '+23.4%', basis: 'published', tone: 'favourable' });
    expect(of(budget, 'yoy')?.operands).toMatchObject([
      { name: 'current', label: '本期', text: '2,834.60 亿元' },
      { name: 'base', label: '上年同期', text: '2,296.57 亿元' },
      { name: 'published', text: '+23.4%', cell: { measure: 'yoy', metric: 'budget_revenue' } },
    ]);
    expect(of(await read({ code: 'income_urban', period: '2023' }), 'yoy')).toMatchObject({ text: '+4.5%' });
    expect(of(await read({ code: 'income_rural', period: '2023' }), 'yoy')).toMatchObject({ text: '+8.3%' });

    const gdp = await read({ code: 'gdp', period: '2024' });
    expect(of(gdp, 'yoy')).toMatchObject({ text: '+2.3%', basis: 'published' });
    // 25494.69 / 25698.18 − 1 = −0.79 %: beside it, with the warning, never instead of it.
    expect(of(gdp, 'nominal')).toMatchObject({ text: '−0.8%', basis: 'computed', tone: 'neutral' });
    expect(flagsOf(gdp, 'nominal')).toEqual(['nominal_unadjusted']);
    // 130500 / 126873.8 − 1 = 2.86 %, published as comparable 2.1 %.
    const coal = await read({ code: 'coal_output', period: '2025' });
    expect(of(coal, 'yoy')).toMatchObject({ text: '+2.1%', basis: 'published' });
    expect(of(coal, 'nominal')).toMatchObject({ text: '+2.9%' });
  });

  it('is not explained by levels that say another number', async () => {
    // 165.0 / 145.9 − 1 = 13.1 %; the bulletin says “over 165” and 12.7 %.
    const gas = of(await read({ code: 'unconv_gas_output', period: '2024' }), 'yoy');
    expect(gas).toMatchObject({ text: '+12.7%', basis: 'published' });
    expect(gas?.rule.text).toBe('取发布值;按所列水平值算为 +13.1%,水平值可能是约数');
  });

  it('is averaged over the months of a year by its publisher first (§7)', async () => {
    // 1-9月 2021 was published as 100.7; hardly any single month is at hand.
    const cpi = of(await read({ code: 'cpi_yoy', period: '2021-09', freq: 'M' }), 'ytd_index');
    expect(cpi).toMatchObject({ value: '100.7', basis: 'published' });
    expect(cpi?.operands).toMatchObject([{ cell: { metric: 'cpi_ytd', basis: 'ytd' } }]);
  });

  it('of waters stands beside their quality by the classes of the sections (T49)', async () => {
    // 81 of 93 national sections, published as 87.1 %.
    const waters = await read({ code: 'water_good_rate', period: '2022' });
    expect(of(waters, 'water_quality')).toMatchObject({ text: '良好', value: '87.1' });
    expect(of(await read({ code: 'water_good_rate', period: '2024' }), 'water_quality')?.text).toBe('优');
  });

  it('is not made across a base that a census revised, also of what is made of such levels', async () => {
    // 13080.74 / 25494.69 = 51.31 % on the base of the fifth economic census, 10979.64 / 25698.18 = 42.73 % before it.
    const share = await read({ code: 'va_tertiary_share', period: '2024' });
    expect(share.text).toBe('51.3');
    expect(share.flags).toContain('series_break');
    expect(of(share, 'yoy')).toMatchObject({ value: null, reason: '本期与此前口径不可直接比' });
    const before = await read({ code: 'va_tertiary_share', period: '2023' });
    expect(before.text).toBe('42.7');
    expect(of(before, 'yoy')?.value).not.toBeNull();
  });

  it('of rates is a difference in percentage points, of indices the index less 100 (T6, T13)', async () => {
    expect(of(await read({ code: 'good_days_rate', period: '2024' }), 'yoy')).toMatchObject({
      text: '+2.9 个百分点',
      unit: 'pp',
    });
    expect(of(await read({ code: 'cpi_yoy', period: '2022-06' }), 'yoy')).toMatchObject({ text: '+2.9%' });
  });

  it('as published stands until a level is published anew; then it is of the newest levels (§16)', async () => {
    // 4.31 / 4.48 − 1 = −3.8 %, published with the flash; 4.30 / 4.48 − 1 = −4.0 % since the bulletin.
    const index = { code: 'air_composite_index', period: '2024' };
    expect(of(await read({ ...index, asOf: '2025-03-01' }), 'yoy')).toMatchObject({
      text: '−3.8%',
      basis: 'published',
    });
    const since = await read(index);
    expect(of(since, 'yoy')).toMatchObject({ text: '−4.0%', basis: 'computed' });
    expect(flagsOf(since, 'yoy')).toEqual(['published_differs']);
  });

  it('from a census to an estimate of the year end says that they are counted otherwise', async () => {
    // 539.10 / 530.4061 − 1 = 1.64 %: the census is of 1 November 2020.
    const taiyuan = await read({ code: 'pop_resident', region: 140100, period: '2021' });
    expect(of(taiyuan, 'yoy')).toMatchObject({ text: '+1.6%' });
    expect(flagsOf(taiyuan, 'yoy')).toEqual(['counted_otherwise']);
    const province = await read({ code: 'pop_resident', period: '2022' });
    expect(flagsOf(province, 'yoy')).toEqual([]);
  });

  it('never crosses bases: 扣沙 has no base of its own here (T35)', async () => {
    const sand = await read({ code: 'good_days_rate', period: '2023', basis: 'sand_adjusted' });
    expect(sand.text).toBe('76.0');
    expect(of(sand, 'yoy')).toMatchObject({ value: null, text: '—', reason: '上年同期缺' });
    expect((await read({ code: 'good_days_rate', period: '2023' })).text).toBe('71.3');
  });

  it('says that a base is of an assumed 口径 (§16)', async () => {
    // 71.3 − 74.5: the bulletin of 2022 does not say whether days under sand are in it, that of 2023 gives 76.0 without.
    const days = await read({ code: 'good_days_rate', period: '2023' });
    expect(of(days, 'yoy')).toMatchObject({ text: '−3.2 个百分点' });
    expect(flagsOf(days, 'yoy')).toContain('basis_assumed');
    // That of 2023 as it fell is only known from the bulletin of 2024: 74.2, up 2.9.
    expect(flagsOf(await read({ code: 'good_days_rate', period: '2024' }), 'yoy')).toEqual(['inferred']);
  });

  it('of two years is their geometric mean, and only where the base was low (T8)', async () => {
    // √(1.036 × 1.091) − 1 = 6.31 %.
    expect(of(await read({ code: 'gdp', period: '2021' }), 'two_year_growth')).toMatchObject({
      text: '+6.3%',
    });
    expect(of(await read({ code: 'gdp', period: '2023' }), 'two_year_growth')).toBeUndefined();
  });

  it('of incomes is cleared of prices where the index of the year is there (T18)', async () => {
    // 39532 / 37433 = 1.056074; CPI 102.1 → 1.056074 / 1.021 − 1 = 3.44 %.
    const income = await read({ code: 'income_urban', period: '2022' });
    expect(of(income, 'real_growth')).toMatchObject({ text: '+3.4%' });
    expect(of(income, 'real_growth')?.operands[1]).toMatchObject({
      name: 'cpi',
      value: '102.1',
      text: '102.1 指数',
    });
    // The level of 2022 follows from the bulletin of 2023 alone.
    expect(flagsOf(income, 'yoy')).toEqual(['nominal_unadjusted', 'inferred']);
    // 2023 has no index here: the working says what it lacks.
    expect(of(await read({ code: 'income_urban', period: '2023' }), 'real_growth')).toMatchObject({
      value: null,
      text: '—',
      reason: '缺居民消费价格指数(上年同期=100)',
    });
  });

  it('quickens and slows against the growth published before (T61)', async () => {
    // −1.1 − (−2.3) = 1.2.
    const industry = await read({ code: 'iva_growth', period: '2024-05' });
    expect(of(industry, 'accel_pp')).toMatchObject({ text: '降幅收窄 1.2 个百分点', tone: 'favourable' });
    // The first quarter follows the whole year before: 1.2 − 5.0 = −3.8.
    const quarter = await read({ code: 'gdp', period: '2024-Q1' });
    expect(of(quarter, 'accel_pp')).toMatchObject({ text: '回落 3.8 个百分点', tone: 'unfavourable' });
  });
});

describe('cumulative figures', () => {
  it('give the single period as 推算, the source its own where it has one (T2, T11)', async () => {
    // 25698.18 − 18049.37.
    const year = await read({ code: 'gdp', period: '2023' });
    expect(of(year, 'single_period')).toMatchObject({
      label: '四季度(推算)',
      value: '7648.81',
      text: '7,648.81 亿元',
      basis: 'deduced',
    });
    const gas = await read({ code: 'cbm_output', period: '2023-04', basis: 'ytd' });
    expect(of(gas, 'single_period')).toMatchObject({ label: '当月', value: '8.7', basis: 'published' });
    // 34.8 − 8.7.
    expect(of(gas, 'previous_ytd')).toMatchObject({ value: '26.1', basis: 'deduced' });
  });

  it('of growth rates give none: a month is not deduced from cumulative growth (T10)', async () => {
    const industry = await read({ code: 'iva_growth', period: '2024-05' });
    expect(of(industry, 'single_period')).toBeUndefined();
    expect(of(industry, 'ytd')).toBeUndefined();
  });
});

describe('parts of a whole', () => {
  it('are taken within one batch of publication (T19, T23)', async () => {
    const tertiary = await read({ code: 'va_tertiary', period: '2022' });
    // 10461.34 / 25642.59.
    expect(of(tertiary, 'share_of_gdp')).toMatchObject({ text: '40.8%' });
    // The metric that is this share says the same: 10090.16 / 22590.16 in 2021, not over the verified 22870.4.
    expect((await read({ code: 'va_tertiary_share', period: '2021' })).text).toBe('44.7');
    // 11213.13 / 22590.16 × 6.2 = 3.0775.
    const pull = await read({ code: 'gdp_pull_secondary', period: '2022' });
    expect(Number(pull.value)).toBeCloseTo(3.0775, 4);
    expect(pull.flags).toContain('approximate');
    // GDP of 2021 was verified later, its parts were not: the shares are those of the first release.
    const gdp = await read({ code: 'gdp', period: '2022' });
    const pulls = ['pull_va_primary', 'pull_va_secondary', 'pull_va_tertiary'].map(
      (key) => of(gdp, key)?.text,
    );
    expect(pulls).toEqual(['+0.29 个百分点', '+3.08 个百分点', '+1.21 个百分点']);
    expect(of(gdp, 'pull_va_secondary')).toMatchObject({ basis: 'approximate' });
    expect(of(gdp, 'pull_residual')).toMatchObject({ text: '+0.17 个百分点' });
    // 3.0775 / 4.4.
    expect(of(await read({ code: 'va_secondary', period: '2022' }), 'contribution_rate')).toMatchObject({
      text: '69.9%',
      basis: 'approximate',
    });
  });

  it('check the whole as published and never replace it (T25)', async () => {
    const then = await read({ code: 'gdp', period: '2021', asOf: '2022-06-30' });
    expect(then.value).toBe('22590.16');
    expect(of(then, 'rollup_check')).toMatchObject({ value: '-0.05', flags: [] });
    // The province was verified since, the cities were not: they add up to what was published with them.
    const now = await read({ code: 'gdp', period: '2021' });
    expect(now.value).toBe('22870.4');
    expect(of(now, 'rollup_check')).toMatchObject({ value: '-0.05', flags: [] });
    expect(of(now, 'rollup_check')?.rule.text).toContain('其后另有发布');
    // 5121.61 of 22590.16, not of 22870.40 (22.4 %).
    const taiyuan = await read({ code: 'gdp', period: '2021', region: 140100 });
    expect(of(taiyuan, 'share_of_parent')).toMatchObject({ text: '22.7%', flags: [] });
    const page = await readMetricPage(runtime.context(actorOf('analyst')), { code: 'gdp', period: '2021' });
    const shares = page.regions?.rows.map(({ share }) => share?.text);
    // 太原 长治 吕梁 运城 晋城 临汾 晋中 大同 朔州 忻州 阳泉, each of 22590.16.
    expect(shares).toEqual(
      ['22.7', '10.2', '9.2', '9.1', '8.5', '8.5', '8.2', '7.5', '6.3', '6.0', '4.1'].map((one) => `${one}%`),
    );
    expect(page.regions?.notes).toContain('占比:总量其后另有发布,按与分地区同一批次的总量计');
  });

  it('of a census are of its day: no end of a year is a revision of them, nor checks their sum', async () => {
    const census = await read({ code: 'pop_resident', period: '2020', asOf: '2021-12-31' });
    // 34,915,616 persons on 1 November 2020; the cities' counts add up to it.
    expect([census.value, census.periodLabel]).toEqual(['3491.5616', '2020年普查时点']);
    expect(of(census, 'rollup_check')).toMatchObject({ value: '0', flags: [] });
    const end = await read({ code: 'pop_resident', period: '2020' });
    expect([end.value, end.periodLabel]).toEqual(['3490.5', '2020年末']);
    // The cities have their census counts alone: they are checked by the province's of the same batch.
    expect(of(end, 'rollup_check')).toMatchObject({ value: '0', flags: [] });
    expect(end.revisions.entries.at(-1)).toMatchObject({
      change: null,
      sinceFirstText: null,
      changeText: '统计时点不同,不作修订比较',
    });
    const city = await read({ code: 'pop_resident', period: '2020', region: 140100 });
    expect(city.periodLabel).toBe('2020年普查时点');
    // The mean of the census and of the end of 2021 is of neither day.
    const perCapita = await read({ code: 'gdp_per_capita', period: '2021', region: 140100 });
    expect(perCapita.flags).toContain('counted_otherwise');
    const province = await read({ code: 'gdp_per_capita', period: '2021' });
    expect(province.flags).not.toContain('counted_otherwise');
    const page = await readMetricPage(runtime.context(actorOf('analyst')), {
      ...{ code: 'pop_resident', period: '2020' },
    });
    expect(page.vintages.find(({ period }) => period === '2020')?.vintages.at(-1)).toMatchObject({
      changeText: '统计时点不同,不作修订比较',
      revises: false,
    });
    expect(page.regions?.periodLabel).toBe('2020年普查时点');
  });

  it('are placed among their equals', async () => {
    const taiyuan = await read({ code: 'gdp', period: '2021', region: 140100, asOf: '2022-06-30' });
    expect(of(taiyuan, 'rank')).toMatchObject({ value: '1', text: '第 1 位(11 个地区)', flags: [] });
    // Three of the eleven published theirs: a place among them is none among all.
    const luliang = await read({ code: 'gdp', region: 141100, period: '2022' });
    expect(of(luliang, 'rank')?.text).toBe('第 3 位(11 个地区中有数的 3 个)');
    // The one above it, 长治, was written down from memory: a place is no surer than the figures it stands among.
    expect(flagsOf(luliang, 'rank')).toEqual(['partial', 'recalled', 'confidence_low']);
    // 5121.61 / 22590.16.
    expect(of(taiyuan, 'share_of_parent')).toMatchObject({ text: '22.7%' });
  });
});

describe('revisions', () => {
  it('are all there, each with what it changed (T33, T34)', async () => {
    const { revisions } = await read({ code: 'gdp', period: '2020' });
    expect(revisions.entries).toMatchObject([
      { seq: 1, value: '17651.93', status: 'prelim', change: null },
      // 17835.6 − 17651.93; 17835.6 / 17651.93 − 1 = 1.04 %.
      { seq: 2, value: '17835.6', status: 'final', changeText: '+183.67', sinceFirstText: '+1.0%' },
    ]);
    const water = await read({ code: 'water_good_rate', period: '2024' });
    // A share changes by points, and by no percentage of itself.
    expect(water.revisions.entries.map((one) => [one.text, one.changeText, one.sinceFirstText])).toEqual([
      ['93.6', null, null],
      ['94.7', '+1.1 个百分点', null],
    ]);
    // Annual triangle: 2018 was 16818.11 in the first column and 15958.1 after the census.
    const row = revisions.triangle?.cells[0] ?? [];
    expect(row[0]).toBe('16818.11');
    expect(row.at(-1)).toBe('15958.1');
  });

  it('known later do not leak into what was known then (T33)', async () => {
    const then = await read({ code: 'gdp', period: '2020', asOf: '2021-03-31' });
    expect(then).toMatchObject({ value: '17651.93', status: 'prelim' });
    expect(then.revisions.entries).toHaveLength(1);
    // 17651.93 / 16961.6: the base was verified in January 2021, and the working says so.
    expect(of(then, 'nominal')).toMatchObject({ text: '+4.1%' });
    expect(flagsOf(then, 'nominal')).toEqual(['nominal_unadjusted', 'base_final', 'recalled']);
    await expect(read({ code: 'gdp', period: '2020', asOf: '2020-12-31' })).rejects.toMatchObject({
      code: 'not_found',
      place: 'period',
    });
  });
});

describe('the passport of a number', () => {
  it('says how it was compared, of the level and of its published growth alike', async () => {
    const { cell } = await read({ code: 'gdp', period: '2024' });
    for (const measure of ['level', 'yoy'] as const) {
      const passport = await readPassport(runtime.context(actorOf('leader')), { cell: { ...cell, measure } });
      expect(passport.comparisons.map(({ key, text, basis }) => [key, text, basis])).toEqual([
        ['yoy', '+2.3%', 'published'],
        ['nominal', '−0.8%', 'computed'],
      ]);
    }
  });

  it('is as of the instant asked for, in its comparisons too', async () => {
    const { cell } = await read({ code: 'gdp', period: '2021' });
    const asOfMs = Date.parse('2022-01-20T00:00:00+08:00');
    await expect(readPassport(runtime.context(), { cell, asOfMs })).rejects.toMatchObject({
      code: 'not_found',
    });
    const then = await readPassport(runtime.context(), { cell, asOfMs: asOfMs + 10 * 86_400_000 });
    // 22590.16 / 17835.6: GDP of 2021 as first released.
    expect(then.comparisons.find(({ key }) => key === 'nominal')).toMatchObject({ text: '+26.7%' });
  });
});

it('a passport names the slice that its number is of', async () => {
  const cell = {
    metric: 'installed_capacity',
    freq: 'A',
    region: 140000,
    basis: 'point',
    measure: 'level',
    periodMs: Date.parse('2023-01-01T00:00:00+08:00'),
  } as const;
  const nameOf = async (slice: string) =>
    (await readPassport(runtime.context(actorOf('analyst')), { cell: { ...cell, slice } })).sliceText;
  expect(await nameOf('source_type=火电')).toMatch(/=火电$/);
  expect(await nameOf('')).toBeNull();
});

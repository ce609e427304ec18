import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { asOfInstant } from '@/server/services/desk/as-of';
import { readMetricList } from '@/server/services/desk/list';
import { readMetricPage } from '@/server/services/desk/page';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { publishDeskFigures } from '@/tests/support/desk-figures';
import { publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let publish: ReturnType<typeof publisher>;

const read = (input: Parameters<typeof readMetricPage>[1], actor?: Actor) =>
  readMetricPage(runtime.context(actor ?? actorOf('analyst')), input);
const endOf = (date: string) => Date.parse(`${date}T23:59:59+08:00`);

beforeAll(async () => {
  runtime = await openTestRuntime();
  publish = publisher(runtime);
  await publishDeskFigures(publish);
});
afterAll(() => runtime.close());

describe('the answer that nobody asked for in particular', () => {
  it('is a whole year rather than a 累计 of which only some weeks arrived, on the page as in the list', async () => {
    const at = { metric: 'o3_p90' };
    await publish('2025-03-01', [{ ...at, period: '2024-01-01', value: '168' }]);
    await publish('2026-11-01', [
      { ...at, freq: 'M', basis: 'ytd', period: '2026-10-01', value: '112', flags: ['partial'] },
    ]);
    const page = await read({ code: 'o3_p90' });
    expect(page.figure).toMatchObject({ text: '168', periodLabel: '2024年' });
    const { domains } = await readMetricList(runtime.context(actorOf('analyst')));
    const entry = domains.flatMap(({ metrics }) => metrics).find(({ code }) => code === 'o3_p90');
    expect(entry?.figure).toMatchObject({ text: '168', periodLabel: '2024年' });
    // What is asked for is given, with its mark.
    const asked = await read({ code: 'o3_p90', freq: 'M' });
    expect(asked.figure).toMatchObject({ text: '112', periodLabel: '2026年1-10月', flags: ['partial'] });
    expect(asked.trend?.points.at(-1)).toMatchObject({ text: '112', partial: true });
  });
});

describe('the page of a metric', () => {
  it('says 发布 for a published growth and 计算 for a computed one, each with its rule', async () => {
    const page = await read({ code: 'budget_revenue' });
    const points = new Map(page.trend?.points.map((point) => [point.period, point]));
    expect(points.get('2021')?.yoy).toMatchObject({ text: '+23.4%', basis: 'published', rule: '发布' });
    // A year without a figure is a gap, and the year after it has no base.
    expect(points.get('2022')).toMatchObject({ value: null, text: '—' });
    expect(points.get('2023')?.yoy).toMatchObject({ value: null, rule: '上年同期缺' });
    expect(points.get('2019')?.yoy).toMatchObject({ value: null, text: '—', rule: '上年同期为0' });
    // 2296.57 / 5 − 1 = 45831.4 %: beyond 1000 % words say 倍.
    expect(points.get('2020')?.yoy).toMatchObject({ basis: 'computed', text: '增长 458.3 倍' });
    // 400 / 500 − 1 = −20 %.
    const hotline = await read({ code: 'hotline_requests', freq: 'M' });
    expect(hotline.changes[0]).toMatchObject({ label: '同比', text: '−20.0%', basis: 'computed' });
    expect(hotline.figure.demo).toBe(true);
  });

  it('lists the workings of the chosen cell, and the headline is taken from them', async () => {
    const page = await read({ code: 'budget_revenue', period: '2021' });
    const yoy = page.calculus?.workings.find(({ key }) => key === 'yoy');
    expect(yoy).toMatchObject({ text: '+23.4%', basis: 'published' });
    expect(page.changes).toMatchObject([
      { label: '同比', text: '+23.4%', rule: '发布', cell: { measure: 'yoy' } },
    ]);
    expect(page.rest?.calculusPath).toBe(
      '/api/v1/metrics/budget_revenue/calculus?region=140000&freq=A&basis=period&period=2021',
    );
    // 0 in 2018: words stand for the growth that cannot be said.
    const after = await read({ code: 'budget_revenue', period: '2019' });
    expect(after.changes[0]).toMatchObject({ value: null, rule: '上年同期为0' });
  });

  it('says 推算 of a change that is made of a deduced month, in the trend and the passport as well', async () => {
    const month = { metric: 'budget_revenue', freq: 'M', region: 140100 };
    await publish('2025-07-18', [
      { ...month, period: '2024-06-01', value: '100' },
      { ...month, period: '2025-06-01', value: '105', flags: ['deduced'] },
    ]);
    const page = await read({ code: 'budget_revenue', region: 140100, freq: 'M', basis: 'period' });
    // 105 / 100 − 1.
    expect(page.changes[0]).toMatchObject({ label: '同比', text: '+5.0%', basis: 'deduced' });
    const june = page.trend?.points.find(({ period }) => period === '2025-06');
    expect(june?.yoy).toMatchObject({ text: '+5.0%', basis: 'deduced' });
    expect(june?.yoy.rule).toContain('推算');
    const { cell } = page.figure;
    if (!cell) throw new Error('no cell');
    const passport = await readPassport(runtime.context(actorOf('analyst')), { cell });
    expect(passport.comparisons.find(({ key }) => key === 'yoy')).toMatchObject({
      basis: 'deduced',
      flags: expect.arrayContaining([{ flag: 'deduced', words: '推算' }]),
    });
  });

  it('marks a remembered growth and a remembered first release 待核, whatever stands beside them', async () => {
    const at = { metric: 'va_secondary', status: 'final' };
    await publish('2020-03-01', [
      { ...at, period: '2019-01-01', value: '7453.09', status: 'prelim', flags: ['recalled'] },
    ]);
    await publish('2021-03-01', [
      { ...at, period: '2019-01-01', value: '7460.00' },
      { ...at, period: '2020-01-01', value: '7675.44' },
      { ...at, period: '2020-01-01', value: '5.5', measure: 'yoy', flags: ['recalled'] },
    ]);
    const reason = '凭记忆录入,未核到出处';
    const { changes, figure, trend, vintages, calculus } = await read({
      code: 'va_secondary',
      period: '2020',
    });
    expect(figure.unverified).toBeNull();
    expect(changes[0]).toMatchObject({ label: '同比', basis: 'published', unverified: reason });
    const year = trend?.points.find(({ period }) => period === '2020');
    expect(year).toMatchObject({ unverified: null, yoy: { text: '+5.5%', unverified: reason } });
    // The revision has the mark of what it revises: 7460.00 − 7453.09.
    const first = vintages.find(({ period }) => period === '2019');
    expect(first?.vintages).toMatchObject([
      { text: '7,453.09', unverified: reason },
      { text: '7,460.00', unverified: null, changeText: '+6.91', changeUnverified: reason },
    ]);
    const { triangle } = calculus?.revisions ?? {};
    const [row] = triangle?.unverified ?? [];
    expect(row).toEqual([reason, null]);
    const { cell } = (await read({ code: 'va_secondary', period: '2019' })).figure;
    if (!cell) throw new Error('no cell');
    const passport = await readPassport(runtime.context(actorOf('analyst')), { cell });
    expect(passport.vintages.map(({ text, unverified }) => [text, unverified])).toEqual([
      ['7,460.00', null],
      ['7,453.09', reason],
    ]);
    const then = await read({ code: 'va_secondary', period: '2019', asOfMs: endOf('2020-12-31') });
    expect(then).toMatchObject({
      figure: { unverified: reason },
      figureNow: { text: '7,460.00', unverified: null },
    });
  });

  it('never computes a growth that only the publisher may give', async () => {
    const page = await read({ code: 'gdp' });
    const points = new Map(page.trend?.points.map((point) => [point.period, point.yoy]));
    expect(points.get('2021')).toMatchObject({ text: '+9.1%', basis: 'published' });
    // 17026.68 of 2019 has no published growth here and none is made from levels.
    expect(points.get('2019')).toMatchObject({ value: null, rule: '未发布' });
  });

  it('says in the trend from which period on the publisher counts otherwise', async () => {
    await publish('2023-01-25', [
      { metric: 'va_tertiary', period: '2021-01-01', value: '10090.16' },
      { metric: 'va_tertiary', period: '2022-01-01', value: '10461.34', flags: ['series_break'] },
    ]);
    const { trend } = await read({ code: 'va_tertiary' });
    expect(trend?.points.map(({ period, broken }) => [period, broken])).toEqual([
      ['2021', false],
      ['2022', true],
    ]);
  });

  it('ranks as displayed with ties 1-2-2-4, and shows a missing region as missing at the end', async () => {
    const { regions } = await read({ code: 'gdp', period: '2021' });
    const rows = regions?.rows ?? [];
    expect(rows.map(({ region, rank }) => [region.code, rank])).toEqual([
      [140100, 1],
      [140400, 2],
      [140500, 2],
      [140800, 4],
      [141000, 5],
      [140700, 6],
      [140200, 7],
      [140600, 8],
      [140900, 9],
      [140300, null],
      [141100, null],
    ]);
    expect(regions).toMatchObject({ covered: 9, period: '2021' });
    const missing = rows.find(({ region }) => region.code === 140300);
    expect(missing).toMatchObject({ rank: null, share: null, figure: { value: null, text: '—' } });
    // 5121.61 / 22590.16 = 22.67 %, against the province as published, not against a sum.
    expect(rows[0]?.share?.text).toBe('22.7%');
  });

  it('says of the rows of an older period up to when they are, not that a newer one is overdue', async () => {
    const { regions, figure } = await read({ code: 'gdp', period: '2021' });
    const of = (code: number) => regions?.rows.find(({ region }) => region.code === code)?.figure;
    expect(of(140100)?.freshness).toMatchObject({ state: 'current', text: '截至 2021年' });
    expect(of(140300)).toMatchObject({
      value: null,
      reason: '2021年没有数',
      freshness: { state: 'unknown' },
    });
    // The chosen figure itself is judged by what is promised next.
    expect(figure.freshness.state).toBe('overdue');
  });

  it('says why a region has nothing while others have, and which', async () => {
    await publish('2021-03-25', [
      { metric: 'entity_total', period: '2020-01-01', value: '167057', region: 140500, basis: 'point' },
    ]);
    const { figure, regions } = await read({ code: 'entity_total' });
    expect(figure).toMatchObject({
      value: null,
      reason: '山西省:没有公布的期初存量,期末存量无从算起;有数的是晋城市',
    });
    expect(regions?.covered).toBe(1);
    const city = await read({ code: 'entity_total', region: 140500 });
    expect(city.figure.text).toBe('167,057');
    const gdp = await read({ code: 'gdp', region: 140300 });
    expect(gdp.figure.reason).toBe('阳泉市:省统计局尚未报送;有数的是山西省、太原市、大同市等 10 个地区');
  });

  it('says of a metric made of published figures which of them a region lacks, and marks it 近似', async () => {
    const pull = { metric: 'gdp_pull_secondary', period: '2021-01-01', source: 'derived' };
    await publish('2022-03-25', [{ ...pull, value: '2.75', flags: ['approximate'] }]);
    const province = await read({ code: 'gdp_pull_secondary', period: '2021' });
    expect(province.figure).toMatchObject({ text: '2.8', flags: ['approximate'] });
    expect(province.trend?.points).toMatchObject([{ period: '2021', approximate: true }]);
    // Cities have their GDP here, and neither the sector nor its growth.
    const lacking = '缺第二产业增加值、第二产业增加值增速(不变价)';
    const row = province.regions?.rows.find(({ region }) => region.code === 140100);
    expect(row?.figure).toMatchObject({ value: null, reason: lacking });
    const city = await read({ code: 'gdp_pull_secondary', region: 140100 });
    expect(city.figure.reason).toBe(
      '太原市:由其他指标算出,还缺:第二产业增加值、第二产业增加值增速(不变价);有数的是山西省',
    );
  });

  it('names what a metric made of others still lacks', async () => {
    const { state, figure } = await read({ code: 'gdp_per_capita' });
    expect(state).toBe('awaiting');
    // GDP is there, nobody has published a population.
    expect(figure.reason).toBe('由其他指标算出,还缺:年末常住人口');
  });

  it('shows the whole page as it was known at an instant, and what is known now beside it', async () => {
    const then = await read({ code: 'gdp', period: '2020', asOfMs: endOf('2021-03-31') });
    expect(then).toMatchObject({ pinned: true, figure: { text: '17,651.93', status: 'prelim' } });
    expect(then.figureNow).toEqual({ text: '17,835.60', status: 'final', unverified: null });
    expect(then.trend?.points.map(({ period }) => period)).toEqual(['2019', '2020']);
    expect(then.regions?.covered).toBe(0);
    expect(then.rest?.path).toContain('asOf=2021-03-31');

    const later = await read({ code: 'gdp', period: '2020', asOfMs: endOf('2022-06-30') });
    expect(later).toMatchObject({ figure: { text: '17,835.60', status: 'final' }, figureNow: null });
    const before = await read({ code: 'gdp', asOfMs: endOf('2019-06-30') });
    expect(before).toMatchObject({ trend: null, figure: { value: null, text: '—' } });
  });

  it('lists every vintage of the periods with status, publication and what the revision changed', async () => {
    const { vintages } = await read({ code: 'gdp', period: '2020' });
    const row = vintages.find(({ period }) => period === '2020');
    expect(row?.chosen).toBe(true);
    // 17835.6 − 17651.93 = 183.67; 17835.6 / 17651.93 − 1 = 1.04 %.
    expect(row?.vintages).toMatchObject([
      { seq: 1, text: '17,651.93', status: 'prelim', assumed: true, changeText: null },
      {
        seq: 2,
        text: '17,835.60',
        status: 'final',
        assumed: false,
        changeText: '+183.67',
        sinceFirstText: '+1.0%',
      },
    ]);
  });

  it('shows slices largest first with their part of the whole', async () => {
    const { slices } = await read({ code: 'hotline_requests', freq: 'M' });
    expect(slices).toMatchObject([
      {
        dims: ['channel'],
        rows: [
          { slice: 'channel=phone', title: '电话', figure: { text: '300' }, share: { text: '75.0%' } },
          { slice: 'channel=wechat', title: '微信', figure: { text: '100' }, share: { text: '25.0%' } },
        ],
      },
    ]);
  });

  it('never compares a period that has not ended with a whole one, whatever its basis', async () => {
    // The clock stands at 23 November 2026: 1-11月累计 is not complete.
    await publish('2026-11-20', [
      {
        metric: 'hotline_requests',
        region: 140100,
        freq: 'M',
        basis: 'ytd',
        period: '2026-11-01',
        value: '90',
      },
      {
        metric: 'hotline_requests',
        region: 140100,
        freq: 'M',
        basis: 'ytd',
        period: '2026-10-01',
        value: '80',
      },
      {
        metric: 'hotline_requests',
        region: 140100,
        freq: 'M',
        basis: 'ytd',
        period: '2025-11-01',
        value: '100',
      },
      {
        metric: 'hotline_requests',
        region: 140100,
        freq: 'M',
        basis: 'ytd',
        period: '2025-10-01',
        value: '100',
      },
    ]);
    const page = await read({ code: 'hotline_requests', region: 140100 });
    expect(page.figure).toMatchObject({ text: '80', periodLabel: '2026年1-10月' });
    expect(page.trend?.points.at(-1)).toMatchObject({
      period: '2026-11',
      running: true,
      yoy: { value: null, rule: '本期未结束,不与整期比较' },
    });
  });

  it('carries the definition, what it is made of and what is made of it', async () => {
    const { definition } = await read({ code: 'va_tertiary_share' });
    expect(definition.operands.map(({ code }) => code)).toEqual(['va_tertiary', 'gdp']);
    const gdp = (await read({ code: 'gdp' })).definition;
    expect(gdp.usedBy.map(({ code }) => code)).toContain('va_tertiary_share');
    expect(gdp.thresholds[0]?.rules.map(({ colour, words }) => [colour, words])).toContainEqual([
      'red',
      '< −3',
    ]);
  });

  it('refuses what lies outside the scope, and shows a city its own regions without a rank among them', async () => {
    const city = actorOf('analyst', { regions: [140100] });
    await expect(read({ code: 'gdp', region: 140000 }, city)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(read({ code: 'gdp', region: 140200 }, city)).rejects.toMatchObject({ code: 'forbidden' });
    const page = await read({ code: 'gdp' }, city);
    expect(page).toMatchObject({ root: { code: 140100 }, figure: { text: '5,121.61' } });
    expect(page.choices.regions.map(({ code }) => code)).toEqual([140100]);
    expect(page.regions?.rows.map(({ region, rank, share }) => [region.code, rank, share])).toEqual([
      [140100, null, null],
    ]);
    const narrow = actorOf('analyst', { domains: ['environment'] });
    await expect(read({ code: 'gdp' }, narrow)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(read({ code: 'no_such_metric' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(read({ code: 'gdp', period: '下半年' })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(read({ code: 'gdp', slice: 'b=1;a=2' })).rejects.toMatchObject({ code: 'bad_input' });
  });

  it.each(['leader', 'analyst', 'operator', 'admin'] as const)('may be read by a %s', async (role) => {
    expect((await read({ code: 'gdp' }, actorOf(role))).figure.text).toBe('22,590.16');
  });

  it('is refused to who reads definitions only, as every other door to values', async () => {
    const refused = { code: 'forbidden', place: 'metric:read' };
    await expect(read({ code: 'gdp' }, actorOf('auditor'))).rejects.toMatchObject(refused);
    await expect(readMetricList(runtime.context(actorOf('auditor')))).rejects.toMatchObject(refused);
  });

  it('cannot be asked for a time to come', async () => {
    const ctx = runtime.context(actorOf('analyst'));
    const asOfMs = Date.parse('2099-01-01T00:00:00+08:00');
    const refused = { code: 'bad_input', place: 'asOf' };
    await expect(read({ code: 'gdp', asOfMs })).rejects.toMatchObject(refused);
    await expect(readMetricList(ctx, { asOfMs })).rejects.toMatchObject(refused);
    expect(() => asOfInstant(ctx, '2099-01-01')).toThrow('截至时刻还没有到');
  });
});

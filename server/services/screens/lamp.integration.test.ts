import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Measure } from '@/metrics/model/cell';
import { parsePeriod } from '@/metrics/time/parse-period';
import { publishOfficialFigures } from '@/server/compute/official';
import { readMetricPage } from '@/server/services/desk/page';
import { createLoad } from '@/server/services/loads/create';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import type { Indicator, RankingRow } from '@/server/services/screens/types';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** Figures come in as an office publishes them: a file of `official_figure`, then the observations made of it. */
let runtime: TestRuntime;
let files = 0;

const HEADER = 'metric,region_code,period,freq,basis,measure,status,value,unit,published_at,source';
/** `metric period measure value published`, basis `ytd` when marked so. */
interface Figure {
  metric: string;
  period: string;
  freq: 'A' | 'M';
  value: string;
  published: string;
  basis?: string;
  measure?: Measure;
  region?: number;
}

const unitOf = (metric: string) => runtime.stores.registry.get(metric).definition.unit;

async function publish(...figures: Figure[]) {
  files += 1;
  const lines = figures.map(({ metric, period, freq, value, published, ...rest }) => {
    const { basis = 'period', measure = 'level', region = 140000 } = rest;
    return [
      metric,
      region,
      period,
      freq,
      basis,
      measure,
      'final',
      value,
      measure === 'yoy' ? '%' : unitOf(metric),
      published,
      '省统计局',
    ].join(',');
  });
  const bytes = Readable.from([Buffer.from(`${[HEADER, ...lines].join('\n')}\n`)]);
  const result = await createLoad(runtime.context(), {
    dataset: 'official_figure',
    fileName: `figures-${files}.csv`,
    origin: 'upload',
    provenance: 'real',
    bytes,
  });
  expect(result).toMatchObject({ rejected: 0, accepted: figures.length });
  await publishOfficialFigures(runtime.stores, `run-${files}`);
  runtime.clock.advance(1000);
}

const at = (text: string) => Date.parse(`${text}+08:00`);

async function card(metric: string, asOf?: string): Promise<Indicator | undefined> {
  const snapshot = await readScreen(runtime.context(), {
    screen: 'province',
    ...(asOf !== undefined && { asOfMs: at(asOf) }),
  });
  const cards = snapshot.panels.flatMap(({ kind, result }) =>
    result.ok && (kind === 'indicators' || kind === 'pulse')
      ? (result.data as { indicators: Indicator[] }).indicators
      : [],
  );
  return cards.find(({ figure }) => figure.metric === metric);
}

function passportOf(metric: string, period: string, basis: string, asOf: string, measure: Measure = 'level') {
  const found = parsePeriod(period);
  if (!found) throw new Error(period);
  return readPassport(runtime.context(), {
    cell: { metric, freq: found.freq, region: 140000, slice: '', basis, measure, periodMs: found.startMs },
    asOfMs: at(asOf),
  });
}

beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

describe('a yearly target', () => {
  beforeAll(async () => {
    await publish(
      {
        metric: 'urban_new_jobs',
        period: '2020',
        freq: 'A',
        measure: 'target',
        value: '46',
        published: '2020-01-20',
      },
      {
        metric: 'urban_new_jobs',
        period: '2020-06',
        freq: 'M',
        basis: 'ytd',
        value: '22.4',
        published: '2020-07-20',
      },
    );
  });

  it('comes out on the wall as completion, pace, gap and lamp (T21)', async () => {
    const found = await card('urban_new_jobs', '2020-08-01T00:00:00');
    expect(found?.figure).toMatchObject({ text: '22.40', periodLabel: '2020年1-6月' });
    expect(found?.target).toMatchObject({
      kind: 'completion',
      text: '46.00 万人',
      completion: { text: '48.7%' },
      pace: { text: '50.0%', name: '时序进度' },
      gap: { text: '−1.3 个百分点', tone: 'unfavourable' },
    });
    expect(found?.figure.lamp).toMatchObject({
      colour: 'blue',
      word: '蓝灯',
      rule: '完成率较进度 −1.3 个百分点,低于 0',
      since: '2020年1-6月',
    });
  });

  it('is a published cell of its own, with passport, and not known before it was published', async () => {
    const known = await passportOf('urban_new_jobs', '2020', 'period', '2020-08-01T00:00:00', 'target');
    expect(known.figure).toMatchObject({ text: '46.00', unit: '万人', lamp: null });
    expect(known.basisText).toBe('当期 · 年度目标');
    await expect(
      passportOf('urban_new_jobs', '2020', 'period', '2020-01-01T00:00:00', 'target'),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is judged by the target that was known then', async () => {
    await publish({
      metric: 'urban_new_jobs',
      period: '2020',
      freq: 'A',
      measure: 'target',
      value: '40',
      published: '2020-09-01',
    });
    // 22.4 of 40 is 56 %, six points ahead: no lamp.
    const later = await passportOf('urban_new_jobs', '2020-06', 'ytd', '2020-09-02T00:00:00');
    expect(later.target).toMatchObject({ completion: { text: '56.0%' }, gap: { text: '+6.0 个百分点' } });
    expect(later.figure.lamp?.colour).not.toBe('blue');
    const then = await passportOf('urban_new_jobs', '2020-06', 'ytd', '2020-08-01T00:00:00');
    expect(then.target?.completion?.text).toBe('48.7%');
  });

  it('of anything but a year is refused with its reason', async () => {
    const bytes = Readable.from([
      Buffer.from(
        `${HEADER}\nurban_new_jobs,140000,2020-06,M,ytd,target,final,20,万人,2020-01-20,省人社厅\n`,
      ),
    ]);
    const result = await createLoad(runtime.context(), {
      dataset: 'official_figure',
      fileName: 'month.csv',
      origin: 'upload',
      provenance: 'real',
      bytes,
    });
    expect(result).toMatchObject({ accepted: 0, rejected: 1 });
  });
});

describe('a growth rate on the wall', () => {
  it('says 加快, 回落 or 收窄 against the growth published before, and nothing where there is none', async () => {
    const month = (period: string, value: string, published: string): Figure => ({
      metric: 'fai_growth',
      period,
      freq: 'M',
      basis: 'ytd',
      value,
      published,
    });
    await publish(
      month('2024-02', '5.0', '2024-03-18'),
      month('2024-03', '-0.5', '2024-04-18'),
      month('2024-04', '-0.2', '2024-05-18'),
    );
    const changesAt = async (asOf: string) =>
      (await card('fai_growth', asOf))?.changes.map(({ label, text, tone }) => [label, text, tone]);
    expect(await changesAt('2024-03-19T00:00:00')).toEqual([]);
    // −0.5 after 5.0, then −0.2 after −0.5.
    expect(await changesAt('2024-04-19T00:00:00')).toEqual([
      ['较上期', '由正转负,回落 5.5 个百分点', 'unfavourable'],
    ]);
    expect(await changesAt('2024-05-19T00:00:00')).toEqual([
      ['较上期', '降幅收窄 0.3 个百分点', 'favourable'],
    ]);
  });
});

describe('a lamp over stored periods', () => {
  const month = (metric: string, period: string, value: string, published: string): Figure => ({
    metric,
    period,
    freq: 'M',
    basis: 'ytd',
    value,
    published,
  });

  it('goes up at once, and down only after two milder periods (calculus.md §25)', async () => {
    // Limits of iva_growth: blue < 4, yellow < 2, orange < 0, red < −3.
    await publish(
      month('iva_growth', '2024-02', '5.0', '2024-03-18'),
      month('iva_growth', '2024-03', '-0.5', '2024-04-18'),
      month('iva_growth', '2024-04', '4.2', '2024-05-18'),
      month('iva_growth', '2024-05', '4.3', '2024-06-18'),
    );
    const lampAt = async (asOf: string) => (await card('iva_growth', asOf))?.figure.lamp;
    expect(await lampAt('2024-03-19T00:00:00')).toMatchObject({ colour: 'none', word: '无灯' });
    expect(await lampAt('2024-04-19T00:00:00')).toMatchObject({
      colour: 'orange',
      rule: '数值 −0.5%,低于 0',
      since: '2024年1-3月',
      sinceFirst: false,
    });
    // One milder month does not bring it down, and the wall says what it waits for.
    expect(await lampAt('2024-05-19T00:00:00')).toMatchObject({
      colour: 'orange',
      rule: '数值 −0.5%,低于 0;2024年1-3月触发,此后 1 期已缓和,连续 2 期才降',
      judged: '2024年1-4月',
    });
    expect(await lampAt('2024-06-19T00:00:00')).toMatchObject({ colour: 'none', since: '2024年1-5月' });
  });

  it('compares what is shown: 94.96 reads 95.0 and is not below 95, 94.94 is (T60)', async () => {
    const day = (period: string, value: string, published: string): Figure => ({
      ...month('newenergy_util_rate', period, value, published),
      basis: 'period',
    });
    // The catalogue's limits: blue < 97, yellow < 95.
    await publish(day('2024-07', '94.96', '2024-08-05'), day('2024-08', '94.94', '2024-09-05'));
    const july = await passportOf('newenergy_util_rate', '2024-07', 'period', '2024-08-06T00:00:00');
    expect(july.figure).toMatchObject({ text: '95.0', lamp: { colour: 'blue' } });
    const august = await passportOf('newenergy_util_rate', '2024-08', 'period', '2024-09-06T00:00:00');
    expect(august.figure).toMatchObject({ text: '94.9', lamp: { colour: 'yellow' } });
  });

  it('turns grey when the next figure is overdue, keeping what it was in words', async () => {
    // January–June of 2024 was promised by 18 July; two working days later it is overdue.
    const late = (await card('iva_growth', '2024-08-30T00:00:00'))?.figure;
    expect(late?.freshness.state).toBe('overdue');
    expect(late?.lamp).toMatchObject({ colour: 'grey', word: '逾期未报' });
    expect(late?.lamp?.text).toContain('此前无灯');
    // The passport of an older period is not overdue: its successor came.
    const older = await passportOf('iva_growth', '2024-03', 'ytd', '2024-08-30T00:00:00');
    expect(older.figure.lamp).toMatchObject({ colour: 'orange' });
    expect(older.figure.freshness.text).toContain('已有更新的一期');
  });

  it('takes a published rate for followed, as its level, when the next one came', async () => {
    const rate = (period: string, value: string, published: string): Figure => ({
      ...month('retail_sales', period, value, published),
      measure: 'yoy',
    });
    await publish(rate('2024-03', '2.6', '2024-04-18'), rate('2024-04', '2.4', '2024-05-18'));
    const passportAt = (period: string, asOf: string) =>
      passportOf('retail_sales', period, 'ytd', asOf, 'yoy');
    expect((await passportAt('2024-03', '2024-08-30T00:00:00')).figure.freshness).toMatchObject({
      state: 'current',
      text: '已有更新的一期:2024年1-4月',
    });
    // The newest one is overdue; the older one, before its successor came, was the newest and in time.
    expect((await passportAt('2024-04', '2024-08-30T00:00:00')).figure.freshness.state).toBe('overdue');
    expect((await passportAt('2024-03', '2024-05-01T00:00:00')).figure.freshness.state).toBe('current');
  });

  it('is the same on the metric page as in the passport: lit, held, overdue, of an older period', async () => {
    const bothAt = async (period: string, asOf: string) => {
      const page = await readMetricPage(runtime.context(), {
        code: 'iva_growth',
        freq: 'M',
        basis: 'ytd',
        period,
        asOfMs: at(asOf),
      });
      const passport = await passportOf('iva_growth', period, 'ytd', asOf);
      expect(page.figure.lamp).toEqual(passport.figure.lamp);
      expect(page.figure.freshness).toEqual(passport.figure.freshness);
      return page.figure.lamp;
    };
    expect(await bothAt('2024-03', '2024-04-19T00:00:00')).toMatchObject({
      colour: 'orange',
      word: '橙灯',
      rule: '数值 −0.5%,低于 0',
    });
    expect(await bothAt('2024-04', '2024-05-19T00:00:00')).toMatchObject({
      colour: 'orange',
      rule: '数值 −0.5%,低于 0;2024年1-3月触发,此后 1 期已缓和,连续 2 期才降',
    });
    expect(await bothAt('2024-05', '2024-08-30T00:00:00')).toMatchObject({
      colour: 'grey',
      word: '逾期未报',
    });
    expect(await bothAt('2024-03', '2024-08-30T00:00:00')).toMatchObject({ colour: 'orange' });
  });

  it('says what it lacks where there is nothing to compare with', async () => {
    // coal_output is judged against its target, and there is none.
    await publish(month('coal_output', '2024-05', '50000', '2024-06-18'));
    const found = await card('coal_output', '2024-06-19T00:00:00');
    expect(found?.figure.text).not.toBe('—');
    expect(found?.figure.lamp).toMatchObject({
      colour: 'unjudged',
      text: '无法判断:缺年度目标',
    });
    expect(found?.target).toBeNull();
  });

  it('is refused with the figure to whom the domain is closed', async () => {
    const periodMs = at('2024-03-01T00:00:00');
    const cell = {
      metric: 'iva_growth',
      freq: 'M',
      region: 140000,
      slice: '',
      basis: 'ytd',
      measure: 'level',
      periodMs,
    } as const;
    await expect(
      readPassport(runtime.context(actorOf('leader', { domains: ['environment'] })), { cell }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('air', () => {
  it('is judged by days of AQI, on the card and in the ranking, whatever the hour shows', async () => {
    const insert = (rows: [number, string, string, string][]) =>
      runtime.stores.warehouse.jobs.insert(
        'observation',
        rows.map(([region, freq, period, value]) => ({
          metric: 'aqi',
          freq,
          region,
          slice: '',
          basis: 'mean',
          measure: 'level',
          period: at(period) / 1000,
          vintage: (at('2026-11-20T08:00:00') / 1000).toFixed(3),
          value,
          sample_count: 24,
          status: 'final',
          flags: [],
          source: 'test',
          run_id: 'air',
          definition_version: 1,
        })),
      );
    // Two days above 150 light yellow (48 hours); a clean hour this morning puts nothing out.
    await insert([
      [140100, 'D', '2026-11-17T00:00:00', '90'],
      [140100, 'D', '2026-11-18T00:00:00', '160'],
      [140100, 'D', '2026-11-19T00:00:00', '170'],
      [140100, 'H', '2026-11-20T07:00:00', '40'],
    ]);
    const snapshot = await readScreen(runtime.context(), {
      screen: 'province',
      asOfMs: at('2026-11-20T08:00:00'),
    });
    const ranking = snapshot.panels.find(({ kind }) => kind === 'ranking');
    const rows: RankingRow[] =
      ranking?.kind === 'ranking' && ranking.result.ok
        ? (ranking.result.data.rankings.find(({ key }) => key === 'aqi')?.rows ?? [])
        : [];
    expect(rows.find(({ region }) => region.code === 140100)?.figure).toMatchObject({
      text: '40',
      lamp: { colour: 'yellow', since: '11月19日' },
    });
  });
});

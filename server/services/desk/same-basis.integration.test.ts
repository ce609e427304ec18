import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodOf } from '@/metrics/time/period';
import { readComparable } from '@/server/observations/comparable';
import { readCalculus } from '@/server/services/calculus/read';
import { readMetricList } from '@/server/services/desk/list';
import { readMetricPage } from '@/server/services/desk/page';
import { yoyOf } from '@/server/services/screens/change';
import { standardIn } from '@/server/services/screens/edition';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { type PublishedRow, publisher } from '@/tests/support/publish';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** One growth of one cell of the air, whoever says it: by one edition of the standard, and by one 口径 (§16, §18.6). */
let runtime: TestRuntime;
let publish: ReturnType<typeof publisher>;
const ctx = () => runtime.context(actorOf('analyst'));
const NOW = Date.parse('2026-11-27T09:00:00+08:00');
const [TAIYUAN, DATONG] = [140100, 140200];
const INDEX = 'air_composite_index';
const ROWS = { source: 'air_quality_hour' };
const PUBLISHER = { source: '省生态环境厅' };
const MIXED = '部分取公布数,其余由明细计算';
const REFUSED = '口径不同,不可比(发布数已扣除沙尘影响)';

beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.clock.set(NOW);
  publish = publisher(runtime);
  const index = (region: number, month: string, value: string, more: Partial<PublishedRow> = ROWS) => ({
    ...{ metric: INDEX, region, freq: 'M', period: `${month}-01`, value, ...ROWS, ...more },
  });
  const again = (...flags: string[]) => ({ basis: 'std2026', flags });
  await publish('2026-11-01', [
    index(TAIYUAN, '2025-06', '4.20'),
    index(TAIYUAN, '2025-06', '4.39', again('of_published')),
    index(TAIYUAN, '2026-05', '4.34'),
    index(TAIYUAN, '2026-05', '4.34', again()),
    index(TAIYUAN, '2026-06', '4.01', again()),
    // Published, while its copy under the same edition is of rows.
    index(TAIYUAN, '2026-06', '4.10', PUBLISHER),
    index(DATONG, '2025-06', '5.60'),
    index(DATONG, '2025-06', '5.89', again('mixed_origin')),
    index(DATONG, '2026-06', '5.61'),
    index(DATONG, '2026-06', '5.11', again('mixed_origin')),
  ]);
  const year = (metric: string, region: number, of: number, value: string, more: Partial<PublishedRow>) => ({
    ...{ metric, region, basis: metric === INDEX ? 'period' : 'mean', period: `${of}-01-01`, value, ...more },
  });
  await publish('2026-11-02', [
    year('pm25_avg', 140000, 2024, '36', PUBLISHER),
    year('pm25_avg', 140000, 2025, '47.2', ROWS),
    year('pm25_avg', TAIYUAN, 2024, '40', PUBLISHER),
    year('pm25_avg', TAIYUAN, 2025, '38', PUBLISHER),
    year('pm25_avg', DATONG, 2024, '30', PUBLISHER),
    year('pm25_avg', DATONG, 2025, '33', ROWS),
    year(INDEX, 140000, 2024, '4.30', PUBLISHER),
    year(INDEX, 140000, 2025, '5.18', ROWS),
  ]);
});
afterAll(() => runtime.close());

interface Place {
  code: string;
  region: number;
  freq: 'A' | 'M';
  basis: string;
  period: string;
}

/** 同比 of a cell by the headline, the course, the list of regions, the wall, the passport and the interface. */
async function everywhere({ code, region, freq, basis, period }: Place): Promise<string[]> {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const periodMs = periodOf(freq, { year, month });
  const page = await readMetricPage(ctx(), { code, region, freq, basis, period });
  const cell = { metric: code, freq, region, slice: '', basis, measure: 'level', periodMs } as const;
  const passport = await readPassport(ctx(), { cell });
  const { workings } = await readCalculus(ctx(), { code, region, freq, basis, period });
  const observations = await readComparable(ctx(), { metrics: [code], regions: [region] });
  const { definition } = runtime.stores.registry.get(code);
  const current = observations.find((o) => o.freq === freq && o.basis === basis && o.periodMs === periodMs);
  const standard = standardIn(ctx(), definition);
  const changes = [
    page.changes.find(({ label }) => label === '同比'),
    page.trend?.points.find((point) => point.period === period)?.yoy,
    ...(region === 140000 ? [] : [page.regions?.rows.find((row) => row.region.code === region)?.change]),
    yoyOf({ definition, standard, current, observations, asOfMs: NOW }),
  ].map((change) => said(change?.text, change?.rule));
  const worked = [passport.comparisons, workings].map((list) => list.find(({ key }) => key === 'yoy'));
  const told = worked.map((one) =>
    said(one?.text, one?.reason ?? one?.flags.map(({ words }) => words).join()),
  );
  return [...new Set([...changes, ...told])];
}

/** The number, and of the words beside it those that each of them has. */
function said(text = '', words = ''): string {
  const told = [REFUSED, MIXED].filter((one) => words.includes(one));
  return [text, ...told].join(' ');
}

const month = { code: INDEX, freq: 'M', basis: 'period', period: '2026-06' } as const;

describe('growth across a change of edition', () => {
  it('is of the value that is shown, which lies under the edition itself', async () => {
    // 4.10 / 4.39 − 1; the copy 4.01 would be −8.7 %.
    expect(await everywhere({ ...month, region: TAIYUAN })).toEqual(['−6.6%']);
  });

  it('keeps the mark of a base that is of published and computed concentrations', async () => {
    // 5.61 / 5.89 − 1
    expect(await everywhere({ ...month, region: DATONG })).toEqual([`−4.8% ${MIXED}`]);
  });

  it('is none with a month of rows before a published one', async () => {
    const { workings } = await readCalculus(ctx(), { ...month, region: TAIYUAN });
    expect(workings.find(({ key }) => key === 'mom')).toMatchObject({ value: null, reason: REFUSED });
  });
});

describe('growth of what is published without sand and computed with it', () => {
  const year = { freq: 'A', period: '2025' } as const;

  it('is none from a published year to one of rows', async () => {
    for (const place of [
      { code: 'pm25_avg', basis: 'mean', region: 140000 },
      { code: 'pm25_avg', basis: 'mean', region: DATONG },
      { code: INDEX, basis: 'period', region: 140000 },
    ])
      expect(await everywhere({ ...place, ...year }), place.code).toEqual([`— ${REFUSED}`]);
  });

  it('is that of two published years', async () => {
    // 38 / 40 − 1
    const place = { code: 'pm25_avg', basis: 'mean', region: TAIYUAN };
    expect(await everywhere({ ...place, ...year })).toEqual(['−5.0%']);
  });

  it('lights no lamp, and says what is lacking', async () => {
    const list = await readMetricList(ctx());
    const listed = list.domains.flatMap(({ metrics }) => metrics).find(({ code }) => code === INDEX);
    const page = await readMetricPage(ctx(), { code: INDEX, basis: 'period', ...year });
    expect(page.figure.lamp?.text).toContain('无法判断:缺可比的上年同期或公布的增速');
    expect(listed?.figure?.lamp?.colour).toBe('unjudged');
  });

  it('is said beside the places of regions some of which are published', async () => {
    const { regions } = await readMetricPage(ctx(), { code: 'pm25_avg', basis: 'mean', ...year });
    expect(regions?.notes).toContain('部分地区取公布数(已扣除沙尘影响),其余由明细计算,口径不同');
    const earlier = await readMetricPage(ctx(), {
      code: 'pm25_avg',
      basis: 'mean',
      freq: 'A',
      period: '2024',
    });
    expect(earlier.regions?.notes.filter((note) => note.includes('口径不同'))).toEqual([]);
  });
});

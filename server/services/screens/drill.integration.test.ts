import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegionCode } from '@/metrics/model/cell';
import { datasetLoad } from '@/server/db/schema/ingest';
import { appendFromStage } from '@/server/observations/append';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import type { PanelDataOf, PanelKind } from '@/server/services/screens/types';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;

const year = (metric: string, of: number, value: string, more: object = {}) => ({
  metric,
  freq: 'A',
  region: 140000,
  basis: 'period',
  measure: 'level',
  period: `${of}-01-01 00:00:00`,
  value,
  status: 'prelim',
  flags: [],
  stage_id: 'drill',
  slice: '',
  sample_count: 1,
  source: '省统计局',
  definition_version: 1,
  ...more,
});

async function panel<Kind extends PanelKind>(kind: Kind, region?: RegionCode): Promise<PanelDataOf[Kind]> {
  const snapshot = await readScreen(runtime.context(), {
    screen: 'province',
    ...(region !== undefined && { region }),
  });
  const found = snapshot.panels.find((entry) => entry.kind === kind);
  if (!found?.result.ok) throw new Error(`no panel ${kind}`);
  return found.result.data as PanelDataOf[Kind];
}

beforeAll(async () => {
  runtime = await openTestRuntime();
  await runtime.stores.warehouse.jobs.insert('observation_stage', [
    year('gdp', 2022, '25642.59'),
    year('gdp', 2023, '25698.18'),
    year('gdp', 2023, '5.0', { measure: 'yoy' }),
    year('gdp', 2024, '25494.69'),
    // Recalled, and nobody knows when it was published.
    year('gdp', 2024, '5418.87', {
      region: 140100,
      flags: ['recalled', 'confidence_low', 'vintage_assumed'],
    }),
    year('pop_resident', 2020, '530.41', { region: 140100, basis: 'point', status: 'census' }),
    year('pop_resident', 2024, '131.08', { region: 140105, basis: 'point' }),
    year('pop_resident', 2024, '90.51', { region: 140106, basis: 'point' }),
    year('gdp', 2024, '2.3', { measure: 'yoy', source: 'from memory', flags: ['recalled'] }),
    ...[
      ['1340.4', '13840.85', '10461.34'],
      ['1388.96', '13329.69', '10979.64'],
      ['1392.48', '11021.46', '13080.74'],
    ].flatMap((values, index) =>
      ['va_primary', 'va_secondary', 'va_tertiary'].map((metric, part) =>
        year(metric, 2022 + index, values[part] ?? '', part === 2 ? { flags: ['confidence_medium'] } : {}),
      ),
    ),
  ]);
  await appendFromStage(runtime.stores, { stageId: 'drill', runId: 'drill' });
  await runtime.stores.db.insert(datasetLoad).values({
    id: '00000000-0000-4000-8000-00000000000d',
    dataset: 'air_quality_hour',
    contractVersion: 1,
    contentHash: 'drill',
    fileName: 'whole-province.csv',
    origin: 'push',
    provenance: 'real',
    status: 'committed',
    acceptedRows: 3,
    actorId: 'test',
    actorName: '测试',
    receivedAt: new Date(runtime.clock.nowMs() - 1000),
    finishedAt: new Date(runtime.clock.nowMs() - 1000),
  });
});
afterAll(() => runtime.close());

describe('a drilled wall', () => {
  it('says of a load that it is of the whole province, and only below it', async () => {
    const load = async (region?: RegionCode) =>
      (await panel('events', region)).events.find(({ kind }) => kind === 'load')?.detail;
    expect(await load()).toBe('拒收 0 · 重复 0 · 1 个文件');
    expect(await load(140100)).toBe('全省接入 · 拒收 0 · 重复 0 · 1 个文件');
  });

  it('keeps the root with the strip, and stands for the lowest region that has the data elsewhere, saying so', async () => {
    const { panels } = await readScreen(runtime.context(), { screen: 'province', region: 140105 });
    const shown = (id: string) => {
      const { region, elsewhere } = panels.find((entry) => entry.id === id) ?? {};
      return [region?.name, elsewhere];
    };
    expect(shown('indicators')).toEqual(['山西省', '本栏不随下钻,仍是山西省的数']);
    // 太原 has levels of its own, no shares: each panel stops at the lowest region that has what it shows.
    expect(shown('trend')).toEqual(['太原市', '小店区没有本栏的数据,此处为太原市']);
    expect(shown('shares')).toEqual(['山西省', '小店区没有本栏的数据,此处为山西省']);
    expect(shown('pulse')).toEqual(['小店区', null]);
  });

  it('shows a county among those of its city, which is the way back', async () => {
    const snapshot = await readScreen(runtime.context(), { screen: 'province', region: 140105 });
    expect(snapshot.path.map(({ name }) => name)).toEqual(['山西省', '太原市', '小店区']);
    const map = await panel('map', 140105);
    expect(map).toMatchObject({ region: { code: 140100 }, selected: 140105 });
    expect(map.children).toHaveLength(10);
    const population = map.metrics.find(({ key }) => key === 'population');
    const own = population?.figures.find(({ region }) => region === 140105);
    expect(own).toMatchObject({ text: '131.08', unit: '万人' });
    const ranking = (await panel('ranking', 140105)).rankings.find(({ key }) => key === 'population');
    expect(ranking).toMatchObject({ covered: 2, note: null });
  });

  it('says what is not published at the level, and where it is', async () => {
    const [gdp] = (await panel('map', 140100)).metrics;
    expect(gdp).toMatchObject({
      covered: 0,
      note: '县级未公布生产总值;市级公布:太原市2024年 5,418.87 亿元(待核)',
    });
    const [elsewhere] = (await panel('ranking', 140200)).rankings;
    expect(elsewhere?.note).toBe('县级未公布生产总值;省级公布:山西省2024年 25,494.69 亿元');
    expect(await panel('matrix', 140100)).toMatchObject({ rows: [], note: '县级没有AQI数据' });
  });

  it('to a reader of one county alone shows the county itself, and says what counties do not have', async () => {
    const county = 140105;
    const reader = actorOf('leader', { regions: [county] });
    const snapshot = await readScreen(runtime.context(reader), { screen: 'province' });
    expect(snapshot.region.code).toBe(county);
    const map = snapshot.panels.find(({ kind }) => kind === 'map');
    expect(map?.result).toMatchObject({
      ok: true,
      data: {
        selected: county,
        children: [{ code: county }],
        metrics: [{ key: 'gdp', covered: 0, note: '县级未公布生产总值' }, {}, {}, {}, {}],
      },
    });
    if (!map?.result.ok || map.kind !== 'map') throw new Error('no map');
    const population = map.result.data.metrics.find(({ key }) => key === 'population');
    expect(population).toMatchObject({ covered: 1, note: null, figures: [{ text: '131.08' }] });
    const ranking = snapshot.panels.find(({ kind }) => kind === 'ranking');
    if (!ranking?.result.ok || ranking.kind !== 'ranking') throw new Error('no ranking');
    const rows = ranking.result.data.rankings.find(({ key }) => key === 'population')?.rows;
    expect(rows).toMatchObject([{ region: { code: county }, rank: null, figure: { text: '131.08' } }]);
  });
});

describe('years of different coverage', () => {
  const note = '2024年与此前年份口径可能不同(普查修订):发布增速与水平值之比方向相反';

  it('are parted where the published growth and the levels contradict each other, and nowhere else', async () => {
    const { level, sentence } = await panel('trend');
    const marked = level.points.filter(({ breakNote }) => breakNote !== undefined);
    expect(marked.map(({ label, breakNote }) => [label, breakNote])).toEqual([['2024年', note]]);
    expect(sentence).toContain(note);
  });

  it('part the shares where their whole breaks', async () => {
    const { periods, sentence } = await panel('shares');
    expect(periods.filter(({ breakNote }) => breakNote !== null).map(({ label }) => label)).toEqual([
      '2024年',
    ]);
    expect(sentence).toContain(note);
  });
});

describe('figures that nobody has checked', () => {
  it('are marked with the reason on cards, in series and in the passport', async () => {
    const { indicators } = await panel('indicators');
    const [card] = indicators;
    // The level has its source, the growth was recalled.
    expect(card?.figure.unverified).toBeNull();
    expect(card?.changes[0]).toMatchObject({ text: '+2.3%', unverified: '凭记忆录入,未核到出处' });
    const { rate } = await panel('trend');
    expect(rate.points.slice(-2).map(({ unverified }) => unverified)).toEqual([
      null,
      '凭记忆录入,未核到出处',
    ]);
    const passport = await readPassport(runtime.context(), {
      cell: {
        metric: 'va_tertiary',
        freq: 'A',
        region: 140000,
        slice: '',
        basis: 'period',
        measure: 'level',
        periodMs: Date.parse('2024-01-01T00:00:00+08:00'),
      },
    });
    expect(passport.figure.unverified).toBe('出处可信度中');
  });

  it('are marked among what has just come in, with the day that was assumed', async () => {
    const events = (await panel('events', 140100)).events.filter(({ kind }) => kind === 'release');
    expect(events).toMatchObject([
      {
        title: '地区生产总值 5,418.87 亿元',
        unverified: '凭记忆录入,未核到出处,出处可信度低',
        assumed: true,
      },
      // A census is of its own day, not of the end of the year.
      { detail: '太原市 · 2020年普查时点 · 省统计局' },
    ]);
    expect(events[1]).not.toHaveProperty('unverified');
    expect(events[1]).not.toHaveProperty('assumed');
  });

  it('mark every share of the year that one of them is part of', async () => {
    const { periods } = await panel('shares');
    const newest = periods.find(({ label }) => label === '2024年');
    // 13080.74 of services is of medium confidence: so is the whole that the two others are shares of.
    expect(newest?.parts.map(({ unverified }) => unverified)).toEqual(Array(3).fill('出处可信度中'));
    expect(newest?.parts.map(({ figure }) => figure.unverified)).toEqual([null, null, '出处可信度中']);
  });
});

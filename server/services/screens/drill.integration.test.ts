import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegionCode } from '@/metrics/model/cell';
import { datasetLoad } from '@/server/db/schema/ingest';
import { appendFromStage } from '@/server/observations/append';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import type { PanelDataOf, PanelKind } from '@/server/services/screens/types';
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

  it('keeps the region of the root with the panels that stay behind', async () => {
    const { panels } = await readScreen(runtime.context(), { screen: 'province', region: 140105 });
    const region = (id: string) => panels.find((entry) => entry.id === id)?.region.name;
    expect(['indicators', 'trend', 'shares', 'pulse'].map(region)).toEqual([
      '山西省',
      '山西省',
      '山西省',
      '小店区',
    ]);
  });

  it('of a county says that nothing is below it, and has no classes for a legend', async () => {
    const county = 140105;
    const [ranking] = (await panel('ranking', county)).rankings;
    expect(ranking).toMatchObject({ rows: [], note: '县级以下没有下级区划' });
    const [first] = (await panel('map', county)).metrics;
    expect(first).toMatchObject({ classes: [], note: '县级以下没有下级区划' });
    expect(await panel('matrix', county)).toMatchObject({ rows: [], note: '县级以下没有下级区划' });
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
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { appendFromStage } from '@/server/observations/append';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import type { PanelDataOf, PanelKind, ScreenSnapshot } from '@/server/services/screens/types';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let stage = 0;

interface Row {
  metric: string;
  freq: string;
  region: number;
  basis: string;
  measure?: string;
  period: string;
  value: string;
  status?: string;
  flags?: string[];
}

async function append(rows: Row[]): Promise<void> {
  stage += 1;
  const stageId = `screen-${stage}`;
  await runtime.stores.warehouse.jobs.insert(
    'observation_stage',
    rows.map((row) => ({
      measure: 'level',
      status: 'prelim',
      flags: [],
      ...row,
      stage_id: stageId,
      slice: '',
      sample_count: 1,
      source: '省统计局',
      definition_version: 1,
    })),
  );
  runtime.clock.advance(60_000);
  await appendFromStage(runtime.stores, { stageId, runId: `run-${stage}` });
}

function panel<Kind extends PanelKind>(snapshot: ScreenSnapshot, kind: Kind, id?: string): PanelDataOf[Kind] {
  const found = snapshot.panels.find((entry) => entry.kind === kind && (id === undefined || entry.id === id));
  if (!found?.result.ok)
    throw new Error(`panel ${kind}: ${found?.result.ok === false ? found.result.error : 'absent'}`);
  return found.result.data as PanelDataOf[Kind];
}

const gdp = (region: number, year: number, value: string, measure = 'level'): Row => ({
  metric: 'gdp',
  freq: 'A',
  region,
  basis: 'period',
  measure,
  period: `${year}-01-01 00:00:00`,
  value,
});
const aqi = (region: number, freq: 'H' | 'D', period: string, value: string): Row => ({
  metric: 'aqi',
  freq,
  region,
  basis: 'mean',
  period,
  value,
  status: 'final',
  flags: ['demo'],
});
const share = (region: number, value: string): Row => ({
  metric: 'good_days_rate',
  freq: 'A',
  region,
  basis: 'period',
  period: '2026-01-01 00:00:00',
  value,
  flags: ['demo'],
});

beforeAll(async () => {
  runtime = await openTestRuntime();
  await append([
    gdp(140000, 2023, '25698.18'),
    gdp(140000, 2023, '5.0', 'yoy'),
    gdp(140000, 2024, '25494.69'),
    gdp(140000, 2024, '2.3', 'yoy'),
    // 2021 is complete for three cities of eleven, 2022 has one.
    gdp(140100, 2021, '5121.61'),
    gdp(140400, 2021, '2311.1'),
    gdp(140800, 2021, '2053.1'),
    gdp(140100, 2022, '5571.17'),
    aqi(140100, 'H', '2026-11-23 10:00:00', '95'),
    aqi(140100, 'H', '2026-11-23 11:00:00', '112'),
    aqi(140100, 'D', '2026-11-22 00:00:00', '90'),
    share(140000, '76.1917883714'),
    share(140100, '74.8484848485'),
    aqi(140000, 'D', '2026-11-21 00:00:00', '48'),
    aqi(140000, 'D', '2026-11-22 00:00:00', '160'),
  ]);
});
afterAll(() => runtime.close());

describe('the province screen', () => {
  it('shows the growth that was published, never the ratio of the levels (T16)', async () => {
    const { indicators } = panel(await readScreen(runtime.context(), { screen: 'province' }), 'indicators');
    const card = indicators.find(({ figure }) => figure.metric === 'gdp');
    expect(card?.figure).toMatchObject({
      text: '25,494.69',
      unit: '亿元',
      periodLabel: '2024年',
      status: 'prelim',
    });
    expect(card?.changes[0]).toMatchObject({
      label: '同比',
      text: '+2.3%',
      basis: 'published',
      rule: '发布',
      tone: 'favourable',
    });
    expect(card?.changes[0]?.cell).toMatchObject({ metric: 'gdp', measure: 'yoy' });
    // 2025 was promised for January 2026 and it is November.
    expect(card?.figure.freshness.state).toBe('overdue');
  });

  it('leaves what nobody reported missing with its reason, never zero', async () => {
    const { indicators } = panel(await readScreen(runtime.context(), { screen: 'province' }), 'indicators');
    const card = indicators.find(({ figure }) => figure.metric === 'retail_sales');
    expect(card?.figure).toMatchObject({ value: null, text: '—', cell: null, reason: '省统计局尚未报送' });
  });

  it('compares regions in one period only and says how many have it', async () => {
    const { rankings } = panel(await readScreen(runtime.context(), { screen: 'province' }), 'ranking');
    const [ranking] = rankings;
    expect(ranking).toMatchObject({ periodLabel: '2021年', covered: 3 });
    expect(ranking?.rows.slice(0, 4).map((row) => [row.rank, row.region.shortName, row.figure.text])).toEqual(
      [
        [1, '太原', '5,121.61'],
        [2, '长治', '2,311.10'],
        [3, '运城', '2,053.10'],
        [null, '大同', '—'],
      ],
    );
  });

  it('keeps gaps as gaps, marks generated values and judges air by the classes of the standard', async () => {
    const calendar = panel(await readScreen(runtime.context(), { screen: 'province' }), 'calendar');
    expect(calendar).toMatchObject({ year: 2026, observed: 2, good: 1, demo: true });
    expect(calendar.days).toHaveLength(365);
    expect(calendar.days.filter((day) => day.level !== null).map((day) => [day.value, day.level])).toEqual([
      ['48', 0],
      ['160', 3],
    ]);
    const { events } = panel(await readScreen(runtime.context(), { screen: 'province' }), 'events');
    expect(events.find((event) => event.kind === 'turn')).toMatchObject({
      title: '太原市空气 良 → 轻度',
      tone: 'unfavourable',
      demo: true,
    });
  });

  it('tells one share of good days: that of the card, and no count of a province that would be another rule', async () => {
    const snapshot = await readScreen(runtime.context(), { screen: 'province' });
    const { share: shown, countable, sentence } = panel(snapshot, 'calendar');
    const card = panel(snapshot, 'indicators').indicators.find(
      ({ figure }) => figure.metric === 'good_days_rate',
    );
    expect(shown).toMatchObject({ text: '76.2', unit: '%', cell: card?.figure.cell });
    expect(countable).toBe(false);
    expect(sentence).not.toContain('其中优良');
    const city = panel(
      await readScreen(runtime.context(), { screen: 'province', region: 140100 }),
      'calendar',
    );
    expect(city).toMatchObject({ countable: true, good: 1, observed: 1, share: { text: '74.8' } });
  });

  it('leaves the others standing when one panel has nothing to show', async () => {
    const snapshot = await readScreen(runtime.context(), { screen: 'province' });
    expect(snapshot.panels.find(({ id }) => id === 'shares')?.result.ok).toBe(false);
    expect(snapshot.panels.find(({ id }) => id === 'trend')?.result.ok).toBe(true);
  });

  it('reads every panel as of the same instant, and shares one reading of one version', async () => {
    const ctx = runtime.context();
    const before = await readScreen(ctx, { screen: 'province' });
    expect(await readScreen(ctx, { screen: 'province' })).toBe(before);
    const knownMs = runtime.clock.nowMs();
    await append([gdp(140000, 2024, '25500.00')]);
    const now = await readScreen(ctx, { screen: 'province' });
    expect(now.version).toBe(before.version + 1);
    const then = await readScreen(ctx, { screen: 'province', asOfMs: knownMs });
    const value = (snapshot: ScreenSnapshot) => panel(snapshot, 'indicators').indicators[0]?.figure.value;
    expect([value(then), value(now)]).toEqual(['25494.69', '25500']);
  });

  it("names what an abolished county became, which today's map cannot draw", async () => {
    await expect(readScreen(runtime.context(), { screen: 'province', region: 140726 })).rejects.toMatchObject(
      {
        code: 'not_found',
        message: '140726 太谷县已撤销,现为 140703 太谷区',
      },
    );
  });

  it('starts at the widest region of the scope and refuses what lies outside', async () => {
    const actor: Actor = {
      kind: 'user',
      id: 'mayor',
      name: '市领导',
      role: 'leader',
      scope: { regions: [140400], domains: ['economy'] },
    };
    const snapshot = await readScreen(runtime.context(actor), { screen: 'province' });
    expect(snapshot.root.name).toBe('长治市');
    expect(snapshot.panels.find(({ id }) => id === 'calendar')?.result).toEqual({
      ok: false,
      error: '该面板的指标不在您的数据范围内',
    });
    await expect(
      readScreen(runtime.context(actor), { screen: 'province', region: 140100 }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('live daily figures', () => {
  const daily = (period: string, value: string): Row => ({
    metric: 'hotline_requests',
    freq: 'D',
    region: 140000,
    basis: 'period',
    period,
    value,
    status: 'final',
    flags: ['demo'],
  });

  it('compare a day with the same weekday of last week, and a day under way with nothing', async () => {
    await append([daily('2026-11-15 00:00:00', '80'), daily('2026-11-22 00:00:00', '100')]);
    const read = async () =>
      panel(await readScreen(runtime.context(), { screen: 'province' }), 'pulse').indicators.find(
        ({ figure }) => figure.metric === 'hotline_requests',
      );
    const whole = await read();
    expect(whole?.figure).toMatchObject({ text: '100', periodLabel: '11月22日', demo: true });
    expect(whole?.changes.find(({ label }) => label === '较上周')).toMatchObject({
      text: '+25.0%',
      tone: 'neutral',
    });
    await append([daily('2026-11-23 00:00:00', '7')]);
    const running = await read();
    expect(running?.figure.periodLabel).toBe('11月23日至今');
    expect(running?.changes.every(({ value }) => value === null)).toBe(true);
  });

  it('finds the newest value of a series that fell silent long ago', async () => {
    await append([
      { ...daily('2025-03-04 00:00:00', '55'), metric: 'service_cases' },
      { ...daily('2025-03-03 00:00:00', '44'), metric: 'service_cases' },
    ]);
    const { indicators } = panel(await readScreen(runtime.context(), { screen: 'province' }), 'pulse');
    const silent = indicators.find(({ figure }) => figure.metric === 'service_cases');
    expect(silent?.figure).toMatchObject({ text: '55', periodLabel: '2025年3月4日' });
    expect(silent?.figure.freshness.state).toBe('overdue');
  });
});

describe('the passport of a number', () => {
  it('shows every vintage, the definition and the call that gives the number again', async () => {
    const periodMs = Date.parse('2024-01-01T00:00:00+08:00');
    const passport = await readPassport(runtime.context(), {
      cell: {
        metric: 'gdp',
        freq: 'A',
        region: 140000,
        slice: '',
        basis: 'period',
        measure: 'level',
        periodMs,
      },
    });
    expect(passport.vintages.map((vintage) => [vintage.text, vintage.current])).toEqual([
      ['25,500.00', true],
      ['25,494.69', false],
    ]);
    expect(passport.definition).toMatchObject({ version: 1, owner: '省统计局' });
    expect(passport.vintages[0]?.source).toBe('省统计局');
    expect(passport.reproducePath).toBe(
      '/api/v1/observations?metric=gdp&region=140000&freq=A&from=2024&to=2024&basis=period&measure=level',
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellKey, Freq } from '@/metrics/model/cell';
import { instantOf } from '@/metrics/time/zone';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';
import type { LampFigure } from '@/server/services/screens/types';
import { actorOf } from '@/tests/support/actors';
import { figures, openWorld, type World } from '@/tests/support/compute';

const COUNTY = 140105;
let world: World;

/** T55: daily counts of one unit. */
const COUNTS = [3, 2, 4, 3, 5, 2, 3, 4, 3, 2, 6, 9, 14, 8, 4];
const dayText = (day: number) => `2025-03-${String(day + 1).padStart(2, '0')}`;

beforeAll(async () => {
  world = await openWorld('2025-07-20T12:00:00');
  const target = { freq: 'A', measure: 'target' };
  await world.load('official_figure', [
    ...figures('farmland_area', 140000, { freq: 'A', basis: 'point' }, [
      ['2021', '5800', '2022-03-01'],
      ['2023', '5700', '2024-03-01'],
    ]),
    ...figures('farmland_area', 140000, { ...target, basis: 'point' }, [['2021', '5757', '2021-01-10']]),
    ...figures('key_unit_energy', 140000, { freq: 'M', basis: 'ytd' }, [['2025-06', '600', '2025-07-10']]),
    ...figures('key_unit_energy', 140000, target, [['2025', '1000', '2025-01-10']]),
    ...figures('coal_output_day', 140000, { freq: 'D' }, [
      [dayText(0), '99', '2025-03-02'],
      [dayText(1), '93', '2025-03-03'],
    ]),
    ...figures('coal_output_day', 140000, target, [['2025', '36500', '2025-01-10']]),
    ...figures('grid_load', 140000, { freq: 'D', basis: 'point' }, [[dayText(0), '4000', '2025-03-02']]),
    ...figures('gdp', 140000, { freq: 'A' }, [['2024', '25494.69', '2025-01-20']]),
    ...figures('alarm_110', COUNTY, { freq: 'D' }, [[dayText(12), '14', '2025-03-14']]),
    ...COUNTS.flatMap((count, day) =>
      figures('alarm_110', COUNTY, { freq: 'D' }, [[dayText(day), String(count), '2025-03-20']]).map(
        (row) => ({
          ...row,
          slice: 'case_type=盗窃',
        }),
      ),
    ),
    ...figures('incidents', COUNTY, { freq: 'D' }, [[dayText(0), '1', '2025-03-02']]).map((row) => ({
      ...row,
      slice: 'level4=III',
    })),
  ]);
  await world.compute();
});
afterAll(() => world.runtime.close());

async function lamp(
  metric: string,
  freq: Freq,
  periodMs: number,
  more: Partial<CellKey> = {},
  asOfMs = world.runtime.clock.nowMs(),
): Promise<LampFigure | null> {
  const cell = {
    metric,
    freq,
    region: 140000,
    slice: '',
    basis: 'period',
    measure: 'level' as const,
    periodMs,
  };
  const context = world.runtime.context(actorOf('analyst'));
  return (await readPassport(context, { cell: { ...cell, ...more }, asOfMs })).figure.lamp;
}
/** Noon of a day, when what follows is not yet overdue. */
const noon = (day: number) => march(day) + 43_200_000;
const march = (day: number) => instantOf(2025, 3, day + 1);

describe('a lamp whose rule compares with something of its own', () => {
  it('stands on a red line until another is drawn', async () => {
    // 5700 / 5757 = 99.0 %; two years before 100.7 %.
    const found = await lamp('farmland_area', 'A', instantOf(2023), { basis: 'point' });
    expect(found).toMatchObject({ colour: 'red', rule: '占红线 99.0%,低于 100' });
    expect(await lamp('farmland_area', 'A', instantOf(2021), { basis: 'point' })).toMatchObject({
      colour: 'none',
    });
  });

  it('measures use of a quota against the time of the year', async () => {
    // 600 / 1000 − 6 / 12 = 10.0 points: above 6, not above 10.
    expect(await lamp('key_unit_energy', 'M', instantOf(2025, 6), { basis: 'ytd' })).toMatchObject({
      colour: 'orange',
      rule: '用量占配额较时序 +10.0 个百分点,高于 6',
    });
  });

  it('spreads the plan of a year over its days', async () => {
    // 36500 a year are 100 a day.
    expect(await lamp('coal_output_day', 'D', march(0))).toMatchObject({ colour: 'none' });
    expect(await lamp('coal_output_day', 'D', march(1), {}, noon(2))).toMatchObject({
      colour: 'yellow',
      rule: '实际占计划 93.0%,低于 95',
    });
  });

  it('is of EARS in one county and one kind alone (T55)', async () => {
    const unit = { region: COUNTY, slice: 'case_type=盗窃' };
    expect(await lamp('alarm_110', 'D', march(9), unit)).toMatchObject({ colour: 'none' });
    expect(await lamp('alarm_110', 'D', march(12), unit)).toMatchObject({
      colour: 'red',
      rule: 'EARS 信号为C1、C2、C3',
    });
    expect(await lamp('alarm_110', 'D', march(12), { region: COUNTY })).toMatchObject({
      colour: 'unjudged',
      text: '无法判断:只在一个县的一个病种或主题上逐日判',
    });
    // Too early for a baseline.
    expect(await lamp('alarm_110', 'D', march(3), unit)).toMatchObject({ rule: '缺足够的逐日基线' });
  });

  it('follows the level of the events of one level', async () => {
    const level = { region: COUNTY, slice: 'level4=III' };
    expect(await lamp('incidents', 'D', march(0), level, noon(1))).toMatchObject({
      colour: 'yellow',
      rule: '事件级别为III',
    });
  });
});

describe('a lamp that lacks what it compares with', () => {
  it('says so in words, on the wall as in the passport', async () => {
    const missing = { colour: 'unjudged', word: '无法判断', text: '无法判断:缺增速的年度目标' };
    expect(await lamp('gdp', 'A', instantOf(2024))).toMatchObject(missing);
    const { panels } = await readScreen(world.runtime.context(), { screen: 'province' });
    const cards = panels.flatMap(({ result }) =>
      result.ok && 'indicators' in result.data ? result.data.indicators : [],
    );
    expect(cards.find(({ figure }) => figure.metric === 'gdp')?.figure.lamp).toMatchObject(missing);
    expect(await lamp('grid_load', 'D', march(0), { basis: 'point' })).toMatchObject({
      text: '无法判断:缺可用发电能力',
    });
  });
});

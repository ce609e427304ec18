import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatSlice } from '@/metrics/model/slice';
import { instantOf, isoOf } from '@/metrics/time/zone';
import { readMetricPage } from '@/server/services/desk/page';
import { readSignals } from '@/server/services/desk/signals';
import { publicSignals } from '@/server/services/desk/signals-present';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { at, openWorld, ticket, type World } from '@/tests/support/compute';

const XIAODIAN = 140105;
const YINGZE = 140106;
const XINGHUALING = 140107;
const YANGQU = 140122;
let world: World;

/** Days from the first of March on, of which rows come; nothing came before. */
const day = (index: number) => `2026-03-${String(index + 1).padStart(2, '0')}`;
const dayMs = (index: number) => instantOf(2026, 3, index + 1);

/** T55 about heating. */
const HEATING = [3, 2, 4, 3, 5, 2, 3, 4, 3, 2, 6, 9, 14, 8, 4];
/** Two over ten days without any: C1 = C2 = 2 / 0.5 = 4 (T56), C3 = 0 + 0 + 3. */
const WATER = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
/** The same two days earlier, when the C2 of two days before lacks its five days: no C3 yet, but on the days after. */
const LIGHTS = [0, 0, 0, 0, 0, 0, 0, 0, 2];
/** Six at first: C1 = 2 / 0.5 = 4 over seven zeros, C2 = (2 − 6/7) / √(36/7) = 0.50 over 6, 0, 0, 0, 0, 0, 0. */
const POWER = [6, 0, 0, 0, 0, 0, 0, 0, 0, 2];
/** Every day the same, so that something arrives every day. */
const NOISE = Array.from({ length: 15 }, () => 1);

function tickets(region: number, topic: string, counts: readonly number[], from: number, to: number) {
  return counts.flatMap((count, index) =>
    index < from || index > to
      ? []
      : Array.from({ length: count }, (_, i) =>
          ticket(`${region}-${topic}-${index}-${i}`, region, `${day(index)} 10:00:00`, { topic, is_demo: 1 }),
        ),
  );
}

const cards = (region: number, disease: string, ofClass: string, counts: readonly number[]) =>
  counts.flatMap((count, index) =>
    Array.from({ length: count }, (_, i) => ({
      card_id: `${region}-${disease}-${index}-${i}`,
      live_region: region,
      disease,
      class: ofClass,
      status: 'valid',
      onset_date: day(index),
      report_ts: `${day(index)} 18:00:00`,
    })),
  );

const KINDS = [
  [XIAODIAN, '供热', HEATING],
  [XIAODIAN, '停水', WATER],
  [XIAODIAN, '路灯', LIGHTS],
  [XIAODIAN, '停电', POWER],
  [YINGZE, '噪声', NOISE],
] as const;
const rowsOf = (from: number, to: number) =>
  KINDS.flatMap(([region, topic, counts]) => tickets(region, topic, counts, from, to));
const only = (index: number, count: number) =>
  Array.from({ length: 15 }, (_, i) => (i === index ? count : 0));

beforeAll(async () => {
  world = await openWorld('2026-03-12T09:00:00');
  await world.load('hotline_ticket', rowsOf(0, 10), day(0), day(10));
  await world.compute();
  world.runtime.clock.set(at('2026-03-16T09:00:00'));
  await world.load('hotline_ticket', rowsOf(11, 14), day(11), day(14));
  const cases = [
    ...cards(YINGZE, '麻疹', 'B', NOISE),
    ...cards(XIAODIAN, '鼠疫', 'A', only(14, 1)),
    ...cards(XIAODIAN, '流行性感冒', 'C', only(13, 2)),
    ...cards(YANGQU, '名单以外的病', 'A', only(13, 1)),
    ...cards(XINGHUALING, '传染性非典型肺炎', 'B', only(12, 1)),
    ...cards(XINGHUALING, '名单以外的病', 'A', only(12, 1)),
  ];
  await world.load('infectious_case', cases, day(0), day(14));
  await world.compute();
});
afterAll(() => world.runtime.close());

const signals = (code: string, actor = actorOf('analyst'), more: object = {}) =>
  readSignals(world.runtime.context(actor), { code, ...more });
const short = (value: string | null) => (value === null ? null : Number(value).toFixed(3));

describe('signals of a metric that is judged by county and topic', () => {
  it('are found in days without cells too, merged, worst first (T55, T56)', async () => {
    const list = await signals('hotline_requests');
    expect(
      list.signals.map((row) => [
        row.kind,
        row.colour,
        row.day,
        row.count,
        ...[row.c1, row.c2, row.c3].map(short),
      ]),
    ).toEqual([
      ['供热', 'red', day(12), '14', '3.873', '10.156', '15.304'],
      ['停水', 'red', day(10), '2', '4.000', '4.000', '3.000'],
      // C3 is of three days: (0 − 2/7) / √(4/7) on the last of them, and 3 + 0 + 0.
      ['路灯', 'red', day(10), '0', '-0.378', '0.000', '3.000'],
      ['停电', 'yellow', day(9), '2', '4.000', '0.504', '0.000'],
    ]);
    // 2, 3, 4, 3, 2, 6, 9 before the thirteenth; alarms on four days in a row are one signal.
    expect(list.signals[0]).toMatchObject({
      region: { code: XIAODIAN },
      alarms: ['C1', 'C2', 'C3'],
      firstMs: dayMs(11),
      lastMs: dayMs(14),
      alarmDays: 4,
      tentative: false,
      demo: true,
    });
    expect(short(list.signals[0]?.baseline ?? null)).toBe('4.143');
    expect(list).toMatchObject({
      judged: 5,
      lacking: 0,
      total: 4,
      byColour: { red: 3, yellow: 1 },
      newestMs: dayMs(14),
      kindTitle: '主题',
      tentativeDays: 0,
    });
  });

  it('light the lamp of the cell that they speak of, in its passport and on its page', async () => {
    const lamp = async (topic: string, index: number) => {
      const cell = {
        metric: 'hotline_requests',
        freq: 'D' as const,
        region: XIAODIAN,
        slice: formatSlice({ topic }),
        basis: 'period',
        measure: 'level' as const,
        periodMs: dayMs(index),
      };
      const { figure } = await readPassport(world.runtime.context(actorOf('analyst')), { cell });
      const page = await readMetricPage(world.runtime.context(actorOf('analyst')), {
        code: cell.metric,
        region: cell.region,
        slice: cell.slice,
        freq: 'D',
        period: day(index),
      });
      expect(page.figure.lamp).toEqual(figure.lamp);
      expect(page.judgesUnits).toBe(true);
      // Its own newest cell may be long ago: the feed has brought the days since.
      expect(page.freshness?.state).toBe('current');
      return [figure.lamp?.colour, figure.lamp?.rule];
    };
    expect(await lamp('供热', 12)).toEqual(['red', 'EARS 信号为C1、C2、C3']);
    expect(await lamp('路灯', 8)).toEqual(['orange', 'EARS 信号为C1、C2']);
    expect(await lamp('停电', 9)).toEqual(['yellow', 'EARS 信号为C1']);
    expect(await lamp('供热', 10)).toEqual(['none', '未触发任何阈值']);
    // Nothing came before the first of March: missing, not zero.
    expect(await lamp('停电', 0)).toEqual(['unjudged', '缺足够的逐日基线']);
  });

  it('are those known at the instant', async () => {
    const pinned = await signals('hotline_requests', undefined, { asOfMs: at('2026-03-12T12:00:00') });
    expect(pinned.signals.map(({ kind }) => kind)).toEqual(['停水', '路灯', '停电']);
    const before = await signals('hotline_requests', undefined, { asOfMs: at('2026-03-01T12:00:00') });
    expect(before).toMatchObject({ newestMs: null, judged: 0, lacking: 0, total: 0 });
  });

  it('are counted whole when only some are listed', async () => {
    expect(await signals('hotline_requests', undefined, { limit: 1 })).toMatchObject({
      signals: [{ kind: '供热' }],
      total: 4,
    });
  });
});

describe('the page of a unit', () => {
  const page = (more: object) =>
    readMetricPage(world.runtime.context(actorOf('analyst')), {
      code: 'hotline_requests',
      region: XIAODIAN,
      freq: 'D',
      slice: formatSlice({ topic: '停水' }),
      ...more,
    });

  it('shows the days without a case as zeros where something arrived, up to the newest one that did', async () => {
    const { trend, figure, calculus, changes } = await page({ period: day(11) });
    // Its only cell is of the eleventh; 噪声 came every day.
    expect(trend?.points.map(({ period, value }) => [period, value])).toEqual([
      [day(10), '2'],
      [day(11), '0'],
      [day(12), '0'],
      [day(13), '0'],
      [day(14), '0'],
    ]);
    // No cell is kept of a zero: it says so instead of opening a passport that is not there.
    expect(figure).toMatchObject({ value: '0', text: '0', cell: null, demo: true });
    expect(figure.reason).toContain('没有此类记录');
    expect(calculus).toMatchObject({ value: '0', vintageMs: null, revisions: { entries: [] } });
    // 0 / 2 − 1.
    expect(changes.find(({ label }) => label === '较前一日')).toMatchObject({ text: '−100.0%' });
  });

  it('lays the counties side by side on the newest whole day, zeros included', async () => {
    const { regions } = await page({});
    expect(regions).toMatchObject({ period: day(14), covered: 10 });
    expect(new Set(regions?.rows.map(({ figure }) => figure.value))).toEqual(new Set(['0']));
    const { regions: before } = await page({ period: day(10) });
    expect(before?.rows[0]).toMatchObject({ region: { code: XIAODIAN }, figure: { value: '2' } });
    expect(before?.covered).toBe(10);
    expect(before?.notes.join()).not.toContain('版次');
  });

  it('leaves a day missing of which nothing arrived', async () => {
    const { figure, regions } = await page({ period: '2026-02-27' });
    expect(figure.value).toBeNull();
    expect(regions?.covered).toBe(0);
  });
});

describe('signals of diseases', () => {
  it('are red at one case where the law says so, and hints in the days that are still coming in', async () => {
    const list = await signals('infectious_cases');
    expect(
      list.signals.map((row) => [row.region.code, row.kind, row.colour, row.day, row.byCount, row.tentative]),
    ).toEqual([
      // 鼠疫 is of 甲类: the same case is one row. A card of 甲类 whose disease no list names is one of its own.
      [XIAODIAN, '鼠疫', 'red', day(14), true, false],
      [YANGQU, '类别=甲类', 'red', day(13), true, false],
      // A listed disease of 乙类 is no case of 甲类, though there is one of each that day.
      [XINGHUALING, '传染性非典型肺炎', 'red', day(12), true, false],
      [XINGHUALING, '类别=甲类', 'red', day(12), true, false],
      // Two over zeros: C1 = C2 = 4 and C3 = 0 + 0 + 3.
      [XIAODIAN, '流行性感冒', 'red', day(13), false, true],
    ]);
    expect(list).toMatchObject({ judged: 9, tentativeDays: 2, kindTitle: '病种' });
    const cell = {
      metric: 'infectious_cases',
      freq: 'D' as const,
      region: XIAODIAN,
      basis: 'period',
      measure: 'level' as const,
    };
    const lamp = async (slice: string, index: number) =>
      (
        await readPassport(world.runtime.context(actorOf('analyst')), {
          cell: { ...cell, slice, periodMs: dayMs(index) },
        })
      ).figure.lamp?.rule;
    expect(await lamp('disease=鼠疫', 14)).toBe('日值 1 例,不低于 1');
    expect(await lamp('disease=流行性感冒', 13)).toBe(
      'EARS 信号为C1、C2、C3(最近几日的数据仍在补报,仅作提示)',
    );
  });
});

describe('who asks', () => {
  const within = (regions: number[], domains: string[] | null = null) =>
    actorOf('analyst', { regions, domains });

  it('sees the units of own counties alone, judged by the same zeros', async () => {
    const own = await signals('hotline_requests', within([YINGZE]));
    expect(own).toMatchObject({ region: { code: YINGZE }, judged: 1, total: 0, signals: [] });
    const all = await signals('hotline_requests');
    const xiaodian = await signals('hotline_requests', within([XIAODIAN]));
    expect(xiaodian.signals).toEqual(all.signals);
    expect(await signals('hotline_requests', undefined, { region: YINGZE })).toMatchObject({ judged: 1 });
  });

  it('is refused other regions and domains, metrics that are judged otherwise, and instants to come', async () => {
    const refused = (code: string, actor = actorOf('analyst'), more: object = {}) =>
      signals(code, actor, more).then(
        () => 'answered',
        (error: { code: string }) => error.code,
      );
    expect(await refused('hotline_requests', within([YINGZE]), { region: XIAODIAN })).toBe('forbidden');
    expect(await refused('hotline_requests', within([140000], ['energy']))).toBe('forbidden');
    expect(await refused('hotline_requests', actorOf('auditor'))).toBe('forbidden');
    expect(await refused('gdp')).toBe('bad_input');
    expect(await refused('nothing')).toBe('not_found');
    const later = { asOfMs: at('2026-04-01T00:00:00') };
    expect(await refused('hotline_requests', undefined, later)).toBe('bad_input');
  });

  it('gets days and instants as other systems read them', async () => {
    const told = publicSignals(await signals('hotline_requests'));
    expect(told).toMatchObject({
      region: 140000,
      asOf: isoOf(world.runtime.clock.nowMs()),
      newestDay: day(14),
      judgedUnits: 5,
      signals: [
        { region: XIAODIAN, slice: 'topic=供热', day: day(12), firstDay: day(11), lastDay: day(14) },
        {},
        {},
        {},
      ],
    });
  });
});

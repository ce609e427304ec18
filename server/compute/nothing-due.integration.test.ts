import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPeriods } from '@/metrics/time/period';
import { readMetricList } from '@/server/services/desk/list';
import { readMetricPage } from '@/server/services/desk/page';
import { actorOf } from '@/tests/support/actors';
import { at, deliver, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-06-20T18:00:00');
});
afterAll(() => world.runtime.close());

const MONTHS = ['01', '02', '03', '04', '05', '06'];

/** A rate of one region by month of 2026: of the month, 累计 to it, and the year. */
async function rates(metric: string, region: number) {
  const cells = await world.cells(metric, { partial: true });
  const of = (place: string) => cells[`${region} ${place}`] ?? 'nothing';
  return {
    months: MONTHS.map((month) => of(`M period 2026-${month}-01`)),
    ytd: MONTHS.map((month) => of(`M ytd 2026-${month}-01`)),
    year: of('A period 2026-01-01'),
  };
}

describe('supervised items: months in which nothing was due', () => {
  const HEADER =
    'task_id,region_code,event,event_ts,task_type,complexity,department,assign_level,deadline1,deadline3,deadline7,deadline30,final_deadline,content_level';
  const midnight = (day: string, days: number) =>
    new Date(addPeriods('D', at(`${day}T00:00:00`), days) + 8 * 3_600_000).toISOString().slice(0, 10);
  /** A general item, given out and done at nine o'clock: to be settled by the end of the seventh day. */
  const item = (id: string, county: number, assigned: string, done: string, complexity = 'general') => {
    const deadlines = [2, 4, 8, 31, 8].map((days) => `${midnight(assigned, days)} 00:00:00`).join(',');
    const rest = `批示,${complexity},工信,province,${deadlines},0`;
    return [
      `${id},${county},assign,${assigned} 09:00:00,${rest}`,
      `${id},${county},close,${done} 09:00:00,${rest}`,
    ];
  };

  it('are not known beyond the newest event of the register', async () => {
    await deliver(world, 'supervise_task_event', HEADER, [
      ...item('a0', 140212, '2025-06-02', '2025-06-05'),
      ...item('a1', 140212, '2026-01-05', '2026-01-10'),
      ...item('a2', 140212, '2026-03-02', '2026-03-20'),
    ]);
    // In time in January, late in March: 1 of 1, 0 of 1, together 1 of 2. February is told of by the events around it.
    expect(await rates('sup_7d_rate', 140212)).toEqual({
      months: ['100', 'null(missing) div0', '0', 'nothing', 'nothing', 'nothing'],
      ytd: ['100', '100', '50', 'nothing', 'nothing', 'nothing'],
      year: '50 partial running',
    });
  });

  it('have no rate, and 累计 goes on over them as far as the register is known', async () => {
    await deliver(world, 'supervise_task_event', HEADER, [
      ...item('b1', 140213, '2026-06-10', '2026-06-12'),
      // Another city's.
      ...item('c1', 140321, '2026-05-04', '2026-05-20', 'complex'),
    ]);
    expect(await rates('sup_7d_rate', 140212)).toEqual({
      months: [
        '100',
        'null(missing) div0',
        '0',
        ...Array(2).fill('null(missing) div0'),
        'null(missing) running div0',
      ],
      ytd: ['100', '100', '50', '50', '50', '50 running'],
      year: '50 running',
    });
    // Nobody knows whether the other county was in the register before its first event.
    expect(await rates('sup_7d_rate', 140213)).toEqual({
      months: [...Array(5).fill('nothing'), '100 running'],
      ytd: [...Array(5).fill('nothing'), '100 partial running'],
      year: '100 partial running',
    });
    // 2 of 3.
    expect(await rates('sup_7d_rate', 140200)).toEqual({
      months: ['100', 'null(missing) div0', '0', ...Array(2).fill('null(missing) div0'), '100 running'],
      ytd: ['100', '100', '50', '50', '50', '66.6666666667 running'],
      year: '66.6666666667 running',
    });
  });

  it('have no rate of complex items where there never was one', async () => {
    const none = ['null(missing) div0', 'null(missing) div0'];
    const { months, year } = await rates('sup_1m_rate', 140212);
    expect([...months.slice(0, 2), year]).toEqual([...none, 'null(missing) running div0']);
  });
});

describe('pages of a county without anything due', () => {
  const pageOf = (more: { region: number; basis: string; period?: string }) =>
    readMetricPage(world.runtime.context(), { code: 'sup_7d_rate', freq: 'M', ...more });

  it('call no month overdue or without rows', async () => {
    const april = await pageOf({ region: 140212, basis: 'period', period: '2026-04' });
    expect([april.figure.value, april.figure.reason]).toEqual([null, '本期无到期件,不计算']);
    const newest = await pageOf({ region: 140212, basis: 'period' });
    expect([newest.figure.periodLabel, newest.figure.text, newest.freshness?.state]).toEqual([
      '2026年3月',
      '0.0',
      'current',
    ]);
    expect(newest.freshness?.text).toContain('其后至2026年5月无到期件;2026年6月应于');
  });

  it('give counties of a city their 累计, and say of the month what there was none of', async () => {
    const rowOf = async (basis: string) => {
      const { regions } = await pageOf({ region: 140200, basis, period: '2026-05' });
      const row = regions?.rows.find(({ region }) => region.code === 140212);
      return [row?.figure.text, row?.figure.reason, row?.figure.freshness.text, regions?.notes];
    };
    expect(await rowOf('ytd')).toEqual(['50.0', null, '截至 2026年1-5月', ['9 个地区缺数,不参加排名']]);
    expect(await rowOf('period')).toEqual([
      '—',
      '本期无到期件,不计算',
      '截至 2026年5月',
      ['9 个地区缺数,不参加排名', '1 个地区本期无到期件,不参加排名'],
    ]);
  });
});

it('a county that never had a complex item is told so, on its page and in the list of who is limited to it', async () => {
  const page = await readMetricPage(world.runtime.context(), {
    ...{ code: 'sup_1m_rate', region: 140212, freq: 'M', basis: 'period' },
  });
  expect([page.figure.value, page.figure.reason]).toEqual([
    null,
    '新荣区:至今无到期件,不计算;有数的是山西省、阳泉市、平定县',
  ]);
  const actor = actorOf('analyst', { regions: [140212] });
  const { domains } = await readMetricList(world.runtime.context(actor));
  const entryOf = (metric: string) =>
    domains.flatMap(({ metrics }) => metrics).find(({ code }) => code === metric);
  // Its newest whole 累计 is that of May.
  expect(entryOf('sup_7d_rate')?.figure?.freshness.text).toContain('最新一期;2026年1-6月应于');
  expect(entryOf('sup_1m_rate')).toMatchObject({ figure: null, reason: '至今无到期件,不计算' });
  const own = await readMetricPage(world.runtime.context(actor), { code: 'sup_1m_rate', region: 140212 });
  expect([own.figure.value, own.figure.reason]).toEqual([null, '至今无到期件,不计算']);
});

describe('cases: months in which some were accepted and none was due', () => {
  const HEADER =
    'case_no,region_code,item_code,department,channel,stage,accept_ts,finish_ts,promise_date,is_deleted,updated_at';
  const push = (lines: readonly string[], minute: string) =>
    deliver(
      world,
      'service_case',
      HEADER,
      lines.map((line) => `${line},2026-06-20 10:${minute}:00`),
    );
  /** The province reports on every day. */
  const elsewhere = Array.from({ length: 230 }, (_, i) => {
    const day = new Date(addPeriods('D', at('2025-11-03T00:00:00'), i) + 8 * 3_600_000)
      .toISOString()
      .slice(0, 10);
    return `q${i},140106,i1,住建局,web,finish,${day} 09:00:00,${day} 10:00:00,${day},0`;
  });
  const own = [
    's1,140105,i1,住建局,web,finish,2026-01-05 09:00:00,2026-01-06 09:00:00,2026-01-08,0',
    's2,140105,i1,住建局,web,finish,2026-02-25 09:00:00,2026-03-09 09:00:00,2026-03-04,0',
    's3,140105,i1,住建局,web,finish,2026-05-06 09:00:00,2026-05-07 09:00:00,2026-05-08,0',
  ];

  it('have no rate and no lack; a month without any row of the county is one', async () => {
    await push([...elsewhere, ...own], '01');
    // February: s2 was accepted. April: nothing came, so that what May adds up to lacks it.
    expect(await rates('service_ontime_rate', 140105)).toEqual({
      months: ['100', 'null(missing) div0', '0 partial', 'nothing', '100', 'nothing'],
      ytd: ['100', '100', '50 partial', 'nothing', '66.6666666667 partial', 'nothing'],
      year: '66.6666666667 partial running',
    });
  });

  it('are no longer told of when what was accepted in them is taken back', async () => {
    await push([own[1]?.replace(/0$/, '1') ?? ''], '02');
    expect(await rates('service_ontime_rate', 140105)).toEqual({
      months: ['100', 'null(missing)', 'null(missing)', 'nothing', '100', 'nothing'],
      ytd: ['100', 'null(missing)', 'null(missing)', 'nothing', '100 partial', 'nothing'],
      year: '100 partial running',
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetricPage } from '@/server/services/desk/page';
import { exportObservations } from '@/server/services/observations/export';
import { actorOf } from '@/tests/support/actors';
import { openWorld, type World } from '@/tests/support/compute';
import { publisher } from '@/tests/support/publish';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
  await world.load('infectious_case', CARDS, '2026-01-01', '2026-03-31');
  await world.load('infectious_case', LAST_YEAR, '2025-02-01', '2025-02-28');
  await world.load('service_case', CASES, '2026-03-01', '2026-03-31');
  await world.compute();
});
afterAll(() => world.runtime.close());

const card = (id: string, disease: string, onset: string, region = 140105) => ({
  card_id: id,
  disease,
  class: 'B',
  case_kind: '确诊',
  onset_date: onset,
  report_ts: `${onset} 10:00:00`,
  age_group: '20-24',
  sex: '男',
  occupation: '',
  live_region: region,
  status: 'valid',
});
/** January: two of 布鲁氏菌病, one of 流行性感冒. February: two of 流行性感冒. */
const CARDS = [
  card('i1', '布鲁氏菌病', '2026-01-05'),
  card('i2', '布鲁氏菌病', '2026-01-06'),
  card('i3', '流行性感冒', '2026-01-07'),
  card('i4', '流行性感冒', '2026-02-03'),
  card('i5', '流行性感冒', '2026-02-04', 140106),
];
const LAST_YEAR = [card('l1', '布鲁氏菌病', '2025-02-05'), card('l2', '流行性感冒', '2025-02-06')];

const serviceCase = (
  id: string,
  department: string,
  promised: string,
  finished: string | null,
  day = '02',
) => ({
  case_no: id,
  region_code: 140105,
  item_code: 'i',
  item_type: '许可',
  department,
  channel: 'web',
  subject_type: 'person',
  stage: finished === null ? 'accept' : 'finish',
  accept_ts: `2026-03-${day} 09:00:00`,
  finish_ts: finished,
  promise_date: promised,
});
/** At the end of the day 住建局 is overdue from 5 March to the 7th, settling on the 8th; 民政局 is from the 7th on. */
const CASES = [
  serviceCase('c1', '住建局', '2026-03-05', '2026-03-08 10:00:00'),
  serviceCase('c2', '民政局', '2026-03-07', null),
  // Not overdue before April: that the days came in is all they say.
  serviceCase('c3', '民政局', '2026-04-30', null, '09'),
  serviceCase('c4', '民政局', '2026-04-30', null, '10'),
  serviceCase('c5', '民政局', '2026-04-30', null, '11'),
];

const page = (input: Parameters<typeof readMetricPage>[1]) =>
  readMetricPage(world.runtime.context(actorOf('analyst')), input);
const rowsOf = ({ slices }: Awaited<ReturnType<typeof page>>, dim: string) =>
  Object.fromEntries(
    slices
      .filter(({ dims }) => dims[0] === dim)
      .flatMap(({ rows }) => rows.map(({ slice, figure }) => [slice.split('=')[1], figure.text])),
  );

describe('a slice of a count without a cell', () => {
  it('is 0 where the others of its dimension make the whole', async () => {
    const at = { code: 'infectious_cases', region: 140100, freq: 'M', basis: 'period' } as const;
    expect(rowsOf(await page({ ...at, period: '2026-01' }), 'disease')).toEqual({
      布鲁氏菌病: '2',
      流行性感冒: '1',
    });
    const february = await page({ ...at, period: '2026-02' });
    expect(rowsOf(february, 'disease')).toEqual({ 布鲁氏菌病: '0', 流行性感冒: '2' });
    const zero = february.slices
      .find(({ dims }) => dims[0] === 'disease')
      ?.rows.find(({ figure }) => figure.value === '0');
    expect(zero).toMatchObject({
      share: { text: '0.0%' },
      figure: { reason: '本期有数据到达而没有此类记录,为 0', cell: null },
    });
  });

  it('is compared like any other value, as final and by the version of its whole', async () => {
    const at = { code: 'infectious_cases', region: 140100, freq: 'M', basis: 'period' } as const;
    const { slices } = await page({ ...at, period: '2026-02' });
    const row = slices.flatMap(({ rows }) => rows).find(({ slice }) => slice === 'disease=布鲁氏菌病');
    // Both months lack counties of the city: no word of another version or status, but of that.
    expect(row?.change).toMatchObject({ text: '—', rule: '两期数据都不完整,不可比' });
    const { trend, figure } = await page({ ...at, slice: 'disease=布鲁氏菌病', period: '2026-02' });
    expect(trend?.points.at(-1)).toMatchObject({ value: '0', status: 'final' });
    expect(figure).toMatchObject({ value: '0', status: 'final', vintageMs: null, cell: null });
  });

  it('goes on with the whole, on the page of the slice', async () => {
    const of = await page({
      ...{ code: 'infectious_cases', region: 140100, freq: 'M', basis: 'period' },
      slice: 'disease=布鲁氏菌病',
    });
    expect(of.trend?.points.slice(-2).map(({ period, value }) => [period, value])).toEqual([
      ['2026-01', '2'],
      ['2026-02', '0'],
    ]);
    expect(of.figure).toMatchObject({ text: '0', periodLabel: '2026年2月' });
    // Its counties are beside it: both had cards in February, none of them of this disease.
    expect(of.regions?.period).toBe('2026-02');
    const counties = of.regions?.rows.filter(({ figure }) => figure.value !== null);
    expect(counties?.map(({ region, figure }) => [region.code, figure.text]).sort()).toEqual([
      [140105, '0'],
      [140106, '0'],
    ]);
  });

  it('is in the file of the page as in its course, and in its place', async () => {
    const file = async (query: { from?: string; to?: string; limit?: number; slice?: string[] }) => {
      const { text } = await exportObservations(
        world.runtime.context(actorOf('analyst')),
        {
          ...{ metric: ['infectious_cases'], region: [140100], freq: ['M'], basis: ['period'] },
          ...{ slice: ['disease=布鲁氏菌病', 'disease=流行性感冒'], ...query },
        },
        { bom: false, labels: 'id' },
      );
      const [header = [], ...rows] = text
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
      return rows.map((row) => ['slice', 'period', 'value'].map((name) => row[header.indexOf(name)]));
    };
    expect(await file({ from: '2026-01', to: '2026-02' })).toEqual([
      ['disease=布鲁氏菌病', '2026-01', '2'],
      ['disease=布鲁氏菌病', '2026-02', '0'],
      ['disease=流行性感冒', '2026-01', '1'],
      ['disease=流行性感冒', '2026-02', '2'],
    ]);
    // What nothing was ever of is no zero.
    await expect(file({ from: '2026-01', to: '2026-02', slice: ['disease=甲'] })).rejects.toMatchObject({
      code: 'bad_input',
    });
    // More places than may be answered are refused before they are made.
    await expect(file({ from: '2026-01', to: '2026-02', limit: 3 })).rejects.toMatchObject({
      code: 'too_large',
    });
    // Kept cells alone where no stretch is named.
    expect(await file({ from: '2026-01' })).toHaveLength(3);
  });

  it('is 0 of a stock too, and of every slice where the whole is 0', async () => {
    const at = { code: 'service_overdue', region: 140100, freq: 'D' } as const;
    expect(rowsOf(await page({ ...at, period: '2026-03-06' }), 'department')).toEqual({
      住建局: '1',
      民政局: '0',
    });
    expect(rowsOf(await page({ ...at, period: '2026-03-08' }), 'department')).toEqual({
      住建局: '0',
      民政局: '1',
    });
    const before = await page({ ...at, period: '2026-03-04', slice: 'department=住建局' });
    expect(before.figure.text).toBe('0');
  });

  it('lets a lamp go out by the same days as values that are kept (calculus.md §25)', async () => {
    const lampOn = async (period: string) => {
      const of = { code: 'service_overdue', region: 140100, freq: 'D', slice: 'department=住建局' } as const;
      return (await page({ ...of, period })).figure.lamp;
    };
    expect(await lampOn('2026-03-07')).toMatchObject({ colour: 'yellow' });
    // The first and the second day without one; the third brings it down.
    expect(await lampOn('2026-03-09')).toMatchObject({ colour: 'yellow', judged: '3月9日' });
    expect(await lampOn('2026-03-10')).toMatchObject({ colour: 'none', since: '3月10日' });
  });

  it('stays missing where they do not make the whole, and where the whole is not known', async () => {
    const publish = publisher(world.runtime);
    const at = { metric: 'hotline_requests', freq: 'M', region: 140100 };
    await publish('2026-02-05', [
      { ...at, period: '2025-01-01', value: '500' },
      { ...at, period: '2025-01-01', value: '450', slice: 'channel=phone' },
      { ...at, period: '2025-01-01', value: '50', slice: 'channel=web' },
      { ...at, period: '2025-02-01', value: '400' },
      { ...at, period: '2025-02-01', value: '300', slice: 'channel=phone' },
      { ...at, period: '2025-03-01', value: '300', slice: 'channel=phone' },
    ]);
    const of = { code: 'hotline_requests', region: 140100, freq: 'M', basis: 'period' } as const;
    expect(rowsOf(await page({ ...of, period: '2025-02' }), 'channel')).toEqual({ phone: '300', web: '—' });
    expect(rowsOf(await page({ ...of, period: '2025-03' }), 'channel')).toEqual({ phone: '300', web: '—' });
    // No ratio of nothing: that no case was due says nothing of how many were on time.
    const rate = { code: 'service_ontime_rate', region: 140100, freq: 'M', period: '2026-03' } as const;
    expect(rowsOf(await page(rate), 'department')).toEqual({ 住建局: '0.00', 民政局: '0.00' });
  });
});

describe('a whole that a publisher says otherwise', () => {
  it('leaves the zeros of the rows, and gives their parts no share of it', async () => {
    const at = { code: 'infectious_cases', region: 140100, freq: 'M', basis: 'period' } as const;
    const month = { metric: 'infectious_cases', region: 140100, freq: 'M', period: '2026-02-01' };
    // Two in the rows.
    world.runtime.clock.set(Date.parse('2026-04-12T12:00:00+08:00'));
    await publisher(world.runtime)('2026-04-11', [{ ...month, value: '5', source: '省疾控局' }]);
    const february = await page({ ...at, period: '2026-02' });
    expect(february.figure.text).toBe('5');
    expect(rowsOf(february, 'disease')).toEqual({ 布鲁氏菌病: '0', 流行性感冒: '2' });
    expect(
      february.slices.every(({ otherWhole, rows }) => otherWhole && rows.every((row) => !row.share)),
    ).toBe(true);
    const counties = february.regions?.rows.filter(({ figure }) => figure.value !== null);
    expect(counties?.map(({ share }) => share)).toEqual([null, null]);
    expect(february.regions?.notes).toContain('总量与分项一为发布数、一由明细计算,不同源,不算占比');
    const { calculus } = await page({ ...at, period: '2026-02', slice: 'disease=流行性感冒' });
    expect(calculus?.workings.find(({ key }) => key === 'share_of_whole')).toMatchObject({
      value: null,
      reason: '总量与分项一为发布数、一由明细计算,不同源,不算占比',
    });
  });
});

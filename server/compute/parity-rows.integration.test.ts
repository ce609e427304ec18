import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, ticket, type World } from '@/tests/support/compute';
import {
  byHand,
  byLevel,
  clockTime,
  computed,
  dayIn,
  daysAfter,
  dice,
  expectAgreement,
  expectCutDays,
  expectCutMonths,
  expectSpec,
  filled,
  type HandSpec,
  NOW,
  pick,
  rowWorld,
} from '@/tests/support/parity';

let world: World;
/** Counties of six cities, a row coded to a city, one coded to the province. */
const PLACES = [140105, 140106, 140213, 140302, 140403, 141002, 140200, 140000];
const MONTHS = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
const ROWS = 1500;

function tickets() {
  const roll = dice(11);
  return Array.from({ length: ROWS }, (_, i) => {
    const created = dayIn(roll, MONTHS);
    const due = roll() < 0.9 ? `${daysAfter(created, Math.floor(roll() * 15))} 18:00:00` : null;
    const finish = roll() < 0.85 ? `${daysAfter(created, Math.floor(roll() * 20))} ${clockTime(roll)}` : null;
    return ticket(`t${i}`, pick(roll, PLACES), `${created} ${clockTime(roll)}`, {
      valid: roll() < 0.9 ? 1 : 0,
      dispatched: roll() < 0.8 ? 1 : 0,
      channel: pick(roll, ['phone', 'web', 'app']),
      request_type: pick(roll, ['投诉', '咨询']),
      subject_type: pick(roll, ['person', 'enterprise']),
      topic: pick(roll, ['供热', '噪声;夜间', '100%=全', '']),
      department: pick(roll, ['住建', '公安', '']),
      due_ts: due,
      finish_ts: finish,
      revisit_valid: roll() < 0.6 ? 1 : 0,
      revisit_solved: roll() < 0.7 ? 1 : 0,
      revisit_sat: roll() < 0.8 ? 1 + Math.floor(roll() * 5) : null,
      is_deleted: roll() < 0.03 ? 1 : 0,
      repeat_of: i % 11 === 10 ? `t${i - 1}` : null,
    });
  });
}

function events() {
  const roll = dice(12);
  const codes = [
    '0111',
    '0610',
    '1711',
    '4411',
    '4511',
    '4620',
    '4710',
    '4890',
    '5010',
    '5111',
    '5211',
    '5300',
    '8311',
    '9700',
  ];
  return Array.from({ length: ROWS }, () => ({
    uscc: `U${Math.floor(roll() * 900)}`,
    region_code: pick(roll, PLACES),
    event: pick(roll, ['establish', 'establish', 'cancel', 'revoke', 'change', 'move_in']),
    event_date: dayIn(roll, MONTHS),
    entity_type: pick(roll, ['企业', '个体', '']),
    industry: roll() < 0.05 ? '' : pick(roll, codes),
    is_deleted: roll() < 0.03 ? 1 : 0,
  }));
}

function cases() {
  const roll = dice(13);
  return Array.from({ length: ROWS }, (_, i) => {
    const accepted = dayIn(roll, MONTHS);
    const finished =
      roll() < 0.85 ? `${daysAfter(accepted, Math.floor(roll() * 25))} ${clockTime(roll)}` : null;
    return {
      case_no: `k${i}`,
      region_code: pick(roll, PLACES),
      channel: pick(roll, ['hall', 'web', 'app', 'mini', 'kiosk']),
      department: pick(roll, ['人社', '公安', '']),
      item_type: pick(roll, ['许可', '确认']),
      subject_type: pick(roll, ['person', 'legal']),
      accept_ts: `${accepted} ${clockTime(roll)}`,
      finish_ts: finished,
      promise_date: roll() < 0.95 ? daysAfter(accepted, Math.floor(roll() * 20)) : null,
      pause_days: Math.floor(roll() * 6) / 2,
      stage: pick(roll, ['accept', 'finish', 'finish', 'reject', 'withdraw']),
      is_deleted: roll() < 0.03 ? 1 : 0,
    };
  });
}

beforeAll(async () => {
  world = await rowWorld(['2025-11-01', '2026-03-31'], {
    hotline_ticket: tickets(),
    market_entity_event: events(),
    service_case: cases(),
  });
}, 600_000);
afterAll(() => world.runtime.close());

/** GB/T 4754-2017: first and last division of each section. */
const SECTIONS =
  'A 1 5,B 6 12,C 13 43,D 44 46,E 47 50,F 51 52,G 53 60,H 61 62,I 63 65,J 66 69,K 70 70,L 71 72,M 73 75,N 76 79,O 80 82,P 83 83,Q 84 85,R 86 90,S 91 96,T 97 97'
    .split(',')
    .map((line) => line.split(' '))
    .map(([letter, low, high]) => `toUInt8OrZero(left(industry, 2)) BETWEEN ${low} AND ${high}, '${letter}'`)
    .join(', ');

const HOTLINE =
  'SELECT *, region_code AS rc, toDate({time}) AS day FROM hotline_ticket FINAL WHERE is_deleted = 0 AND {time} IS NOT NULL';
const hotline = (time: string, more: string) => `${HOTLINE.replaceAll('{time}', time)} AND ${more}`;
const CASES =
  'SELECT *, region_code AS rc, toDate({time}) AS day FROM service_case FINAL WHERE is_deleted = 0 AND {time} IS NOT NULL';
const serviceCase = (time: string, more: string) => `${CASES.replaceAll('{time}', time)} AND ${more}`;
/** Neither refused nor taken back: what can be settled. */
const SETTLABLE = "stage NOT IN ('reject', 'withdraw')";
const EVENTS =
  'SELECT *, region_code AS rc, event_date AS day FROM market_entity_event FINAL WHERE is_deleted = 0';
const ENTITY_SLICES = { entity_type: filled('entity_type'), industry20: `multiIf(${SECTIONS}, '未知')` };
const REVISIT_SLICES = { department: filled('department'), topic: filled('topic') };
/** 国办发明电〔2025〕7号: what differs from the plain week between January and April 2026. */
const FREE_WEEKDAYS =
  "['2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23', '2026-04-06']";
const WORKED_WEEKENDS = "['2026-01-04', '2026-02-14', '2026-02-28']";
/** Working days after the first day up to the last, one by one. */
const WORKDAYS = `arrayCount(d -> (toDayOfWeek(d) < 6 AND NOT has(${FREE_WEEKDAYS}, toString(d))) OR has(${WORKED_WEEKENDS}, toString(d)),
  arrayMap(i -> toDate(accept_ts) + i, range(1, toUInt32(greatest(dateDiff('day', toDate(accept_ts), toDate(finish_ts)), 0) + 1))))`;

const SPECS: HandSpec[] = [
  {
    metric: 'hotline_requests',
    rows: hotline('create_ts', 'valid = 1 AND repeat_of IS NULL'),
    value: 'count(DISTINCT ticket_id)',
    slices: {
      channel: 'toString(channel)',
      request_type: 'request_type',
      topic: filled('topic'),
      subject_type: 'toString(subject_type)',
    },
    units: { topic: '1' },
    daily: true,
  },
  {
    metric: 'hotline_ontime_rate',
    rows: hotline('due_ts', `dispatched = 1 AND due_ts < ${NOW}`),
    value: 'countIf(finish_ts IS NOT NULL AND finish_ts <= due_ts) * 100 / count()',
    slices: REVISIT_SLICES,
    daily: false,
  },
  {
    metric: 'hotline_solve_rate',
    rows: hotline('finish_ts', `revisit_valid = 1 AND finish_ts < ${NOW}`),
    value: 'countIf(revisit_solved = 1) * 100 / count()',
    slices: REVISIT_SLICES,
    daily: false,
  },
  {
    metric: 'hotline_satisfaction',
    rows: hotline('finish_ts', `revisit_valid = 1 AND finish_ts < ${NOW}`),
    value: 'countIf(revisit_sat IN (3, 4, 5)) * 100 / count()',
    slices: REVISIT_SLICES,
    daily: false,
    quarterly: true,
  },
  {
    metric: 'entity_new',
    rows: `${EVENTS} AND event = 'establish'`,
    value: 'count()',
    slices: ENTITY_SLICES,
    daily: true,
  },
  {
    metric: 'entity_cancel',
    rows: `${EVENTS} AND (event = 'cancel' OR event = 'revoke')`,
    value: 'count(DISTINCT uscc)',
    slices: ENTITY_SLICES,
    daily: true,
  },
  {
    metric: 'service_cases',
    rows: serviceCase('accept_ts', '1'),
    value: 'count(DISTINCT case_no)',
    slices: {
      channel: 'toString(channel)',
      department: filled('department'),
      item_type: 'item_type',
      subject_type: 'toString(subject_type)',
    },
    daily: true,
  },
  {
    metric: 'service_cases_online',
    rows: serviceCase('accept_ts', "channel != 'hall'"),
    value: 'count(DISTINCT case_no)',
    slices: { department: filled('department') },
    daily: true,
  },
  {
    metric: 'service_ontime_rate',
    rows: serviceCase('promise_date', `promise_date < '2026-04-10' AND ${SETTLABLE}`),
    value: 'countIf(finish_ts IS NOT NULL AND toDate(finish_ts) <= promise_date) * 100 / count()',
    slices: { department: filled('department') },
    daily: false,
    quarterly: true,
  },
  {
    metric: 'service_avg_days',
    rows: serviceCase('finish_ts', `accept_ts IS NOT NULL AND finish_ts < ${NOW} AND ${SETTLABLE}`),
    value: `avg(greatest(toFloat64(${WORKDAYS}) - toFloat64(pause_days), 0.5))`,
    slices: { department: filled('department'), item_type: 'item_type' },
    daily: false,
    quarterly: true,
  },
];

describe('every metric over rows agrees with SQL written from its definition', () => {
  it.each(SPECS.map((spec) => [spec.metric, spec] as const))('%s', async (_, spec) => {
    // A month in which nothing of this time lies yet (April) has no cumulative figure.
    await expectSpec(
      world,
      spec,
      MONTHS,
      200,
      ({ freq, start }, seen) => start < '2026-04' || seen.has(`140000|${freq}|ytd||${start}`),
    );
  });

  it('service_overdue, at the end of every day, month and year', async () => {
    const rows = 'SELECT *, region_code AS rc FROM service_case FINAL WHERE is_deleted = 0';
    const placed = byLevel(rows);
    const [span] = await byHand(
      world,
      `SELECT 0 AS region, '' AS freq, '' AS basis, toString(toDate(least(greatest(max(accept_ts), max(finish_ts)), ${NOW}))) AS start, 0 AS value FROM service_case`,
    );
    const last = span?.start ?? '';
    const at = (dim: string, of: string, only: string) => `
      SELECT region, 'D' AS freq, 'point' AS basis, '${dim}' AS dim, toString(${of}) AS dim_value, toString(d) AS start,
        countIf(promise_date IS NOT NULL AND promise_date <= d AND (finish_ts IS NULL AND ${SETTLABLE} OR toDate(finish_ts) > d)) AS value
      FROM ${placed} AS placed CROSS JOIN (SELECT toDate('2025-11-01') + number AS d FROM numbers(170)) AS days
      WHERE toDate(accept_ts) <= d AND d <= '${last}' AND ${only} GROUP BY region, dim_value, d`;
    const days = await byHand(world, at('', "''", '1'));
    const sliced = await byHand(world, at('department', filled('department'), 'region % 100 = 0'));
    const ends = (freq: 'M' | 'A') =>
      [
        ...new Map(
          days.map((row) => [`${row.region} ${row.start.slice(0, freq === 'M' ? 7 : 4)}`, row]),
        ).keys(),
      ].map((key) => {
        const [region, name = ''] = key.split(' ');
        const own = days.filter((row) => String(row.region) === region && row.start.startsWith(name));
        const end = own.reduce((a, b) => (a.start > b.start ? a : b));
        return { ...end, freq, start: freq === 'M' ? `${name}-01` : `${name}-01-01` };
      });
    const hand = [...days, ...sliced.filter(({ value }) => value !== 0), ...ends('M'), ...ends('A')];
    expect(hand.length).toBeGreaterThan(1000);
    expectAgreement('service_overdue', hand, await computed(world, 'service_overdue'), { zeros: false });
  });

  it('what the first accepted rows lack, whatever it is placed by', async () => {
    await expectCutDays(
      world,
      'service_overdue',
      `SELECT toString((SELECT toDate(min(accept_ts)) FROM service_case FINAL WHERE is_deleted = 0) + number) AS day FROM numbers(36)`,
    );
    // Both begin on 1 November: 36 and 31 days later December has begun.
    for (const metric of ['service_ontime_rate', 'service_avg_days'])
      await expectCutMonths(world, metric, at('2025-12-07T00:00:00'));
    for (const metric of ['hotline_ontime_rate', 'hotline_solve_rate', 'hotline_satisfaction'])
      await expectCutMonths(world, metric, at('2025-12-02T00:00:00'));
  });
});

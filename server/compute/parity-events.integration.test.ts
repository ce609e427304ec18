import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, type World } from '@/tests/support/compute';
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
const PLACES = [140105, 140106, 140213, 140302, 141002];
const MONTHS = ['2026-01', '2026-02', '2026-03'];

/** Items with their steps; the deadlines stand on the assignment, a moved final one on its extension. */
function tasks() {
  const roll = dice(21);
  return Array.from({ length: 400 }, (_, i) => i).flatMap((i) => {
    const given = dayIn(roll, MONTHS);
    const of = {
      task_id: `t${i}`,
      region_code: pick(roll, PLACES),
      department: pick(roll, ['住建', '公安', '']),
      complexity: roll() < 0.7 ? 'general' : 'complex',
    };
    const end = (days: number) => `${daysAfter(given, days + 1)} 00:00:00`;
    const step = (event: string, most: number, share: number, more: Record<string, unknown> = {}) =>
      roll() < share
        ? [
            {
              ...of,
              event,
              event_ts: `${daysAfter(given, Math.floor(roll() * most))} ${clockTime(roll)}`,
              ...more,
            },
          ]
        : [];
    const final = of.complexity === 'general' ? 7 : 31;
    return [
      {
        ...of,
        event: 'assign',
        event_ts: `${given} 00:00:00`,
        deadline1: end(1),
        deadline3: end(3),
        deadline7: end(7),
        deadline30: end(31),
        final_deadline: end(final),
      },
      ...step('deploy', 4, 0.9),
      ...step('feedback', 6, 0.9),
      ...step('plan', 40, 0.4),
      ...step('extend', 12, 0.2, { final_deadline: end(final + 10) }),
      ...step('close', 45, 0.8),
    ];
  });
}

function cards() {
  const roll = dice(22);
  return Array.from({ length: 900 }, (_, i) => {
    const onset = dayIn(roll, MONTHS);
    const diagnosed = `${daysAfter(onset, Math.floor(roll() * 3))} ${clockTime(roll)}`;
    return {
      card_id: `c${i}`,
      live_region: pick(roll, PLACES),
      disease: pick(roll, ['流感', '手足口病', '']),
      class: pick(roll, ['A', 'B', 'C', 'other']),
      onset_date: roll() < 0.95 ? onset : null,
      diagnose_ts: roll() < 0.9 ? diagnosed : null,
      report_ts: `${daysAfter(onset, 3 + Math.floor(roll() * 2))} ${clockTime(roll)}`,
      age_group: pick(roll, ['0-4', '5-9', '']),
      status: roll() < 0.1 ? 'deleted' : 'valid',
    };
  });
}

beforeAll(async () => {
  world = await rowWorld(['2026-01-01', '2026-04-10'], {
    supervise_task_event: tasks(),
    infectious_case: cards(),
  });
}, 600_000);
afterAll(() => world.runtime.close());

const EVENTS = `SELECT *, region_code AS rc, toDate(event_ts) AS day FROM supervise_task_event FINAL WHERE event_ts < ${NOW}`;
const DEPARTMENT = { department: filled('department') };

/** Items whose one deadline has come, with the first event of a kind. */
function due(deadline: string, kinds: string, only = '1'): string {
  return `SELECT rc, department, toDate(due - 1) AS day, done IS NOT NULL AND done < due AS on_time FROM (
      SELECT task_id, any(region_code) AS rc, any(department) AS department, any(complexity) AS kind, max(${deadline}) AS due,
        if(countIf(event IN (${kinds})) = 0, NULL, minIf(event_ts, event IN (${kinds}))) AS done
      FROM supervise_task_event FINAL WHERE event_ts <= ${NOW} GROUP BY task_id
    ) WHERE due <= ${NOW} AND ${only}`;
}

/** When an item first had an event of a kind; never is the end of the century. */
const firstOf = (event: string) =>
  `if(countIf(event = '${event}') = 0, toDateTime('2100-01-01 00:00:00', 'Asia/Shanghai'), minIf(event_ts, event = '${event}'))`;
/** Items at every level. An extension counts when it came before the final deadline that it moves. */
const ITEMS =
  byLevel(`SELECT task_id, any(region_code) AS rc, any(complexity) AS kind, minIf(event_ts, event = 'assign') AS given,
    max(deadline1) AS due1, max(deadline3) AS due3, max(deadline7) AS due7, max(deadline30) AS due30,
    minIf(final_deadline, event = 'assign') AS first_end, countIf(event = 'extend') AS extensions,
    if(extensions > 0 AND minIf(event_ts, event = 'extend') < first_end, maxIf(final_deadline, event = 'extend'), first_end) AS due,
    ${firstOf('deploy')} AS deployed, ${firstOf('feedback')} AS answered, ${firstOf('plan')} AS planned, ${firstOf('close')} AS closed
  FROM supervise_task_event FINAL WHERE event_ts <= ${NOW} GROUP BY task_id`);
const NEWEST = '(SELECT toDate(max(event_ts)) FROM supervise_task_event)';
const DAYS = `(SELECT toDate('2026-01-01') + number AS d, toDateTime(d + 1, 'Asia/Shanghai') AS day_end FROM numbers(120) WHERE d <= least(${NEWEST}, toDate('2026-04-10')))`;

const rate = (metric: string, rows: string): HandSpec => ({
  metric,
  rows,
  value: 'countIf(on_time) * 100 / count()',
  slices: DEPARTMENT,
  daily: false,
});

const CARDS =
  "SELECT *, live_region AS rc, toDate({time}) AS day FROM infectious_case FINAL WHERE {time} IS NOT NULL AND status != 'deleted' AND class IN ('A', 'B', 'C')";
const SPECS: HandSpec[] = [
  {
    metric: 'sup_tasks',
    rows: `${EVENTS} AND event = 'assign'`,
    value: 'count(DISTINCT task_id)',
    slices: { ...DEPARTMENT, task_type: filled('task_type'), complexity: 'toString(complexity)' },
    daily: true,
  },
  {
    metric: 'sup_done',
    rows: `${EVENTS} AND event = 'close'`,
    value: 'count(DISTINCT task_id)',
    slices: { ...DEPARTMENT, task_type: filled('task_type') },
    daily: true,
  },
  rate('sup_deploy_rate', due('deadline1', "'deploy'")),
  rate('sup_feedback_rate', due('deadline3', "'feedback'")),
  rate('sup_7d_rate', due('deadline7', "'close'", "kind = 'general'")),
  rate('sup_1m_rate', due('deadline30', "'close', 'plan'", "kind = 'complex'")),
  {
    metric: 'infectious_cases',
    rows: CARDS.replaceAll('{time}', 'onset_date'),
    value: 'count(DISTINCT card_id)',
    slices: {
      disease: filled('disease'),
      class: 'toString(class)',
      age_group: filled('age_group'),
    },
    units: { disease: '1', class: "class = 'A'" },
    daily: true,
  },
  {
    metric: 'report_24h_rate',
    rows: CARDS.replaceAll('{time}', 'report_ts'),
    value:
      "countIf(dateDiff('second', diagnose_ts, report_ts) <= if(class = 'A' OR disease IN ('肺炭疽', '传染性非典型肺炎'), 7200, 86400)) * 100 / countIf(diagnose_ts IS NOT NULL)",
    slices: {},
    daily: false,
  },
];

describe('what is made of events and cards agrees with SQL written from its definition', () => {
  it.each(SPECS.map((spec) => [spec.metric, spec] as const))('%s', async (_, spec) => {
    // A month in which nothing of this time lies yet has no cumulative figure at a place.
    await expectSpec(world, spec, MONTHS, 50, ({ region, start }, seen) =>
      seen.has(`${region}|M|period||${start}`),
    );
  });

  it('sup_open and sup_zero_rate, at the end of days and months', async () => {
    const open = await byHand(
      world,
      `SELECT region, 'D' AS freq, 'point' AS basis, toString(d) AS start,
          countIf(closed >= day_end) AS value
        FROM ${ITEMS} AS placed CROSS JOIN ${DAYS} AS days WHERE given < day_end GROUP BY region, d`,
    );
    const daily = new Map(
      [...(await computed(world, 'sup_open'))].filter(([place]) => /^\d+\|D\|point\|\|/.test(place)),
    );
    expect(open.length).toBeGreaterThan(500);
    expectAgreement('sup_open', open, daily, { zeros: false });
    const zero = await byHand(
      world,
      `SELECT region, 'M' AS freq, 'point' AS basis, toString(toStartOfMonth(d)) AS start,
          countIf(closed < day_end) * 100 / count() AS value
        FROM ${ITEMS} AS placed CROSS JOIN (SELECT * FROM ${DAYS} WHERE d = toLastDayOfMonth(d) OR d = least(${NEWEST}, toDate('2026-04-10'))) AS days
        WHERE given < day_end AND due <= day_end GROUP BY region, d`,
    );
    const monthly = new Map(
      [...(await computed(world, 'sup_zero_rate'))].filter(([place]) => /^\d+\|M\|point\|\|/.test(place)),
    );
    expect(zero.length).toBeGreaterThan(20);
    expectAgreement('sup_zero_rate', zero, monthly, { zeros: false });
  });

  it('sup_overdue, at the end of days', async () => {
    // Of the day that is not over, what is so now.
    const at = `least(day_end, ${NOW})`;
    const late = (deadline: string, done: string) => `(${deadline} <= ${at} AND ${done} >= ${at})`;
    const overdue = `closed >= ${at} AND (${[
      late('due1', 'deployed'),
      late('due3', 'answered'),
      `(kind = 'general' AND ${late('due7', 'closed')})`,
      `(kind = 'complex' AND ${late('due30', 'planned')})`,
      late('due', 'closed'),
    ].join(' OR ')})`;
    const hand = await byHand(
      world,
      `SELECT region, 'D' AS freq, 'point' AS basis, toString(d) AS start, countIf(${overdue}) AS value
        FROM ${ITEMS} AS placed CROSS JOIN ${DAYS} AS days WHERE given < day_end GROUP BY region, d`,
    );
    const daily = new Map(
      [...(await computed(world, 'sup_overdue'))].filter(([place]) => /^\d+\|D\|point\|\|/.test(place)),
    );
    expect(hand.filter(({ value }) => (value ?? 0) > 3).length).toBeGreaterThan(50);
    expectAgreement('sup_overdue', hand, daily, { zeros: false });
  });

  it('what the first events and reports lack', async () => {
    const first = (time: string, dataset: string) =>
      `(SELECT toDate(min(${time})) FROM ${dataset} FINAL WHERE is_deleted = 0)`;
    for (const metric of ['sup_open', 'sup_overdue'])
      await expectCutDays(
        world,
        metric,
        `SELECT toString(${first('event_ts', 'supervise_task_event')} + number) AS day FROM numbers(31)`,
      );
    await expectCutDays(
      world,
      'infectious_cases',
      `SELECT DISTINCT toString(assumeNotNull(onset_date)) AS day FROM infectious_case FINAL WHERE onset_date < ${first('report_ts', 'infectious_case')}`,
    );
    // 1 January and 31 days: February begins with what was given out in December settled.
    for (const metric of ['sup_deploy_rate', 'sup_feedback_rate', 'sup_7d_rate'])
      await expectCutMonths(world, metric, at('2026-02-01T00:00:00'));
  });
});

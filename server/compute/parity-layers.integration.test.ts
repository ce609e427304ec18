import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '@/tests/support/compute';
import { byHand, computed, dice, expectAgreement, type HandRow, pad, pick } from '@/tests/support/parity';

let world: World;
const PLACES = [140105, 140106, 140213, 140302, 141002];
const NOW = "toDateTime('2026-04-10 12:00:00', 'Asia/Shanghai')";

const after = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const clock = (roll: () => number) => `${pad(Math.floor(roll() * 24))}:${pad(Math.floor(roll() * 60))}:00`;

/** Sections of rivers and lakes, dry ones, another kind of section, values below the detection limit, items left out. */
function samples() {
  const roll = dice(31);
  const between = (low: number, high: number) => (low + roll() * (high - low)).toFixed(3);
  return Array.from({ length: 40 }, (_, s) => s).flatMap((s) => {
    const of = {
      section_id: `S${s}`,
      section_kind: s % 8 === 7 ? 'city' : 'national',
      water_body: s % 5 === 4 ? 'lake' : 'river',
      basin: pick(roll, ['汾河', '海河', '']),
      region_code: pick(roll, PLACES),
    };
    return ['2025-11', '2026-01', '2026-02', '2026-03'].flatMap((month) =>
      Array.from({ length: 1 + Math.floor(roll() * 3) }, (_, i) => ({
        ...of,
        sample_ts: `${month}-${pad(3 + 5 * i)} ${clock(roll)}`,
        do: roll() < 0.9 ? between(2.5, 9) : null,
        codmn: roll() < 0.9 ? between(1, 8) : null,
        nh3n: between(0.05, 1.6),
        tp: between(0.01, 0.35),
        is_below_dl: roll() < 0.2 ? 'nh3n;tp' : '',
        water_status: roll() < 0.1 ? 'dry' : 'normal',
      })),
    );
  });
}

/** A quiet level of cases with heaps, and three days on which nobody reported anything. */
function cards() {
  const roll = dice(32);
  const lost = ['2026-02-10', '2026-02-11', '2026-03-05'];
  const days = Array.from({ length: 90 }, (_, i) => after('2026-01-01', i)).filter((d) => !lost.includes(d));
  return days.flatMap((onset) =>
    PLACES.flatMap((place) =>
      ['流感', '手足口病'].flatMap((disease) => {
        const many = roll() < 0.06 ? 5 + Math.floor(roll() * 8) : Math.floor(roll() * 3);
        return Array.from({ length: many }, (_, i) => ({
          card_id: `${onset}-${place}-${disease}-${i}`,
          live_region: place,
          disease,
          class: 'C',
          onset_date: onset,
          report_ts: `${after(onset, 1)} ${clock(roll)}`,
          age_group: '0-4',
          status: roll() < 0.05 ? 'deleted' : 'valid',
        }));
      }),
    ),
  );
}

/** Items with some of their steps; what is settled is settled once. */
function tasks() {
  const roll = dice(33);
  return Array.from({ length: 200 }, (_, i) => i).flatMap((i) => {
    const given = after('2026-01-01', Math.floor(roll() * 85));
    const of = {
      task_id: `t${i}`,
      region_code: pick(roll, PLACES),
      department: pick(roll, ['住建', '公安', '']),
      complexity: roll() < 0.7 ? 'general' : 'complex',
    };
    const end = (days: number) => `${after(given, days + 1)} 00:00:00`;
    const step = (event: string, most: number, share: number) =>
      roll() < share
        ? [{ ...of, event, event_ts: `${after(given, Math.floor(roll() * most))} ${clock(roll)}` }]
        : [];
    return [
      {
        ...of,
        event: 'assign',
        event_ts: `${given} 00:00:00`,
        deadline1: end(1),
        deadline3: end(3),
        deadline7: end(7),
        deadline30: end(31),
        final_deadline: end(of.complexity === 'general' ? 7 : 31),
      },
      ...step('deploy', 4, 0.9),
      ...step('feedback', 6, 0.9),
      ...step('plan', 40, 0.4),
      ...step('close', 45, 0.8),
    ];
  });
}

beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
  await world.load('water_quality_sample', samples(), '2025-11-01', '2026-03-31');
  await world.load('infectious_case', cards(), '2026-01-01', '2026-04-10');
  await world.load('supervise_task_event', tasks(), '2026-01-01', '2026-04-10');
  await world.compute();
}, 600_000);
afterAll(() => world.runtime.close());

/** Every row at its county, its city and the province. */
const placed = (rows: string) => `(SELECT *, rc AS region FROM (${rows})
  UNION ALL SELECT *, intDiv(rc, 100) * 100 AS region FROM (${rows}) UNION ALL SELECT *, 140000 AS region FROM (${rows}))`;

const computedAt = async (metric: string, place: RegExp) =>
  new Map([...(await computed(world, metric))].filter(([key]) => place.test(key)));

/** GB 3838-2002 table 1, highest (dissolved oxygen: lowest) value of classes Ⅰ–Ⅴ. */
const classOf = (value: string, limits: readonly number[], meets: '<=' | '>=') =>
  `multiIf(isNull(${value}), 0, ${limits.map((limit, i) => `${value} ${meets} toDecimal64(${limit}, 6), ${i + 1}`).join(', ')}, 6)`;
const WORST = `greatest(${[
  classOf('m_do', [7.5, 6, 5, 3, 2], '>='),
  classOf('m_codmn', [2, 4, 6, 10, 15], '<='),
  classOf('m_nh3n', [0.15, 0.5, 1, 1.5, 2], '<='),
  `if(body = 'lake', ${classOf('m_tp', [0.01, 0.025, 0.05, 0.1, 0.2], '<=')}, ${classOf('m_tp', [0.02, 0.1, 0.2, 0.3, 0.4], '<=')})`,
].join(', ')})`;
const mean = (item: string, of: string) =>
  `sum(toDecimal256(${of}, 24)) / nullIf(count(${of}), 0) AS m_${item}`;
const halved = (item: string) =>
  `toDecimal256(${item}, 24) / if(has(splitByChar(';', is_below_dl), '${item}'), 2, 1)`;
const ITEMS = ['do', 'codmn', 'nh3n', 'tp'];
/** Sections by month with the means of their items. */
const monthly = (
  only: string,
) => `SELECT section_id, toStartOfMonth(sample_ts) AS month, any(region_code) AS rc,
    any(toString(water_body)) AS body, any(toString(basin)) AS basin, ${ITEMS.map((item) => mean(item, halved(item))).join(', ')}
  FROM water_quality_sample FINAL WHERE ${only} GROUP BY section_id, month`;
/** Judged months, and years by the means of their months; `so far` by those up to each month. */
const judged = (only: string) => `SELECT rc, basin, section_id, freq, basis, start, ${WORST} AS class FROM (
    SELECT *, 'M' AS freq, 'period' AS basis, month AS start FROM (${monthly(only)})
    UNION ALL SELECT section_id, any(month), any(rc) AS rc, any(body) AS body, any(basin) AS basin, ${ITEMS.map((item) => mean(item, `m_${item}`)).join(', ')},
      'A' AS freq, 'period' AS basis, toStartOfYear(month) AS start FROM (${monthly(only)}) GROUP BY section_id, start
    UNION ALL SELECT section_id, any(month), any(rc) AS rc, any(body) AS body, any(basin) AS basin, ${ITEMS.map((item) => mean(item, `m_${item}`)).join(', ')},
      'M' AS freq, 'ytd' AS basis, upto AS start
      FROM (${monthly(only)}) AS m CROSS JOIN (SELECT DISTINCT toStartOfMonth(sample_ts) AS upto FROM water_quality_sample WHERE ${only}) AS u
      WHERE m.month <= upto AND toYear(m.month) = toYear(upto) GROUP BY section_id, upto
  ) WHERE ${WORST} > 0`;

describe('what is judged by a layer of its own agrees with SQL written from its definition', () => {
  it.each([
    ['water_good_rate', 'class <= 3'],
    ['water_bad5_rate', 'class = 6'],
  ])('%s', async (metric, counts) => {
    const rows = judged("section_kind = 'national' AND water_status = 'normal'");
    const of = (dim: string, value: string) =>
      `SELECT region, freq, basis, '${dim}' AS dim, ${value} AS dim_value, toString(start) AS start, countIf(${counts}) * 100 / count() AS value
       FROM ${placed(rows)} GROUP BY region, freq, basis, dim_value, start`;
    const hand = await byHand(
      world,
      `${of('', "''")} UNION ALL ${of('basin', "if(basin = '', '未知', basin)")}`,
    );
    expect(hand.length).toBeGreaterThan(100);
    expect(new Set(hand.map(({ value }) => value)).size).toBeGreaterThan(5);
    expectAgreement(metric, hand, await computed(world, metric), { zeros: false });
  });

  it('water_class', async () => {
    const hand = await byHand(
      world,
      `SELECT rc AS region, freq, basis, 'section' AS dim, section_id AS dim_value, toString(start) AS start, class AS value
       FROM (${judged("water_status = 'normal'")})`,
    );
    expect(new Set(hand.map(({ value }) => value)).size).toBeGreaterThan(3);
    expectAgreement('water_class', hand, await computed(world, 'water_class'), { zeros: false });
  });

  it('outbreak_signals', async () => {
    const cases = "status != 'deleted' AND onset_date IS NOT NULL";
    const days = `SELECT toDate('2026-01-01') + number AS d FROM numbers(100)`;
    const arrived = `SELECT DISTINCT onset_date FROM infectious_case FINAL WHERE onset_date IS NOT NULL`;
    // A county and disease by day: nothing on a day on which nobody reported, else the cards, of which there may be none.
    const daily = `SELECT rc, disease, d, if(d IN (${arrived}), toNullable(toFloat64(countIf(card != ''))), NULL) AS y
      FROM (SELECT DISTINCT live_region AS rc, disease FROM infectious_case FINAL WHERE ${cases}) AS u
      CROSS JOIN (${days}) AS n
      LEFT JOIN (SELECT live_region, disease AS of_card, onset_date, card_id AS card FROM infectious_case FINAL WHERE ${cases}) AS c
        ON c.live_region = u.rc AND c.of_card = u.disease AND c.onset_date = n.d
      GROUP BY rc, disease, d`;
    const w = (from: number, to: number) =>
      `(PARTITION BY rc, disease ORDER BY d ROWS BETWEEN ${from} PRECEDING AND ${to} PRECEDING)`;
    const score = (from: number, to: number) =>
      `if(count(y) OVER ${w(from, to)} >= 5, (y - avg(y) OVER ${w(from, to)}) / greatest(stddevSamp(y) OVER ${w(from, to)}, 0.5), NULL)`;
    const lagged = (back: number) =>
      `lagInFrame(c2, ${back}) OVER (PARTITION BY rc, disease ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
    // `greatest` passes over what is missing, and a sum of excesses must not.
    const c2 = (back: number) => `if(isNull(${lagged(back)}), NULL, greatest(0, ${lagged(back)} - 1))`;
    const alarms = `SELECT rc, disease, d FROM (
        SELECT *, ${c2(0)} + ${c2(1)} + ${c2(2)} AS c3 FROM (SELECT *, ${score(7, 1)} AS c1, ${score(9, 3)} AS c2 FROM (${daily}))
      ) WHERE ifNull(c1 > 3, 0) OR ifNull(c2 > 3, 0) OR ifNull(c3 > 2, 0)`;
    // An alarm within seven days of the one before belongs to the same signal.
    const signals = `SELECT rc, disease, d FROM (
        SELECT *, lagInFrame(toNullable(d), 1) OVER (PARTITION BY rc, disease ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS former FROM (${alarms})
      ) WHERE isNull(former) OR d - former > 7`;
    const of = (freq: string, start: string, dim: string, value: string) =>
      `SELECT region, '${freq}' AS freq, 'period' AS basis, '${dim}' AS dim, ${value} AS dim_value, toString(${start}) AS start, count() AS value
       FROM ${placed(signals)} GROUP BY region, dim_value, start`;
    const hand: HandRow[] = await byHand(
      world,
      [
        of('D', 'd', '', "''"),
        of('M', 'toStartOfMonth(d)', '', "''"),
        of('D', 'd', 'disease', 'disease'),
        of('M', 'toStartOfMonth(d)', 'disease', 'disease'),
      ].join(' UNION ALL '),
    );
    expect(hand.length).toBeGreaterThan(60);
    const seen = await computed(world, 'outbreak_signals');
    const stored = new Map([...seen].filter(([place]) => /\|(D|M)\|period\|/.test(place)));
    expectAgreement('outbreak_signals', hand, stored, { zeros: true });
  });

  it('sup_overdue, at the end of days', async () => {
    const at = (event: string) =>
      `if(countIf(event = '${event}') = 0, toDateTime('2100-01-01 00:00:00', 'Asia/Shanghai'), minIf(event_ts, event = '${event}'))`;
    const items = `SELECT task_id, any(region_code) AS rc, any(department) AS department, any(complexity) AS kind, minIf(event_ts, event = 'assign') AS given,
        max(deadline1) AS d1, max(deadline3) AS d3, max(deadline7) AS d7, max(deadline30) AS d30, max(final_deadline) AS dl,
        ${at('deploy')} AS deployed, ${at('feedback')} AS answered, ${at('plan')} AS planned, ${at('close')} AS closed
      FROM supervise_task_event FINAL GROUP BY task_id`;
    // Of the day that is not over, what is so now.
    const late = (deadline: string, done: string) => `(${deadline} <= day_end AND ${done} >= day_end)`;
    const overdue = `closed >= day_end AND (${[
      late('d1', 'deployed'),
      late('d3', 'answered'),
      `(kind = 'general' AND ${late('d7', 'closed')})`,
      `(kind = 'complex' AND ${late('d30', 'least(planned, closed)')})`,
      late('dl', 'closed'),
    ].join(' OR ')})`;
    const days = `(SELECT toDate('2026-01-01') + number AS d, least(toDateTime(d + 1, 'Asia/Shanghai'), ${NOW}) AS day_end FROM numbers(120)
      WHERE d <= (SELECT toDate(max(event_ts)) FROM supervise_task_event WHERE event_ts <= ${NOW}))`;
    const hand = await byHand(
      world,
      `SELECT region, 'D' AS freq, 'point' AS basis, toString(d) AS start, countIf(${overdue}) AS value
       FROM ${placed(items)} AS placed CROSS JOIN ${days} AS days WHERE given < day_end GROUP BY region, d`,
    );
    expect(hand.length).toBeGreaterThan(500);
    expect(hand.filter(({ value }) => (value ?? 0) > 3).length).toBeGreaterThan(50);
    expectAgreement('sup_overdue', hand, await computedAt('sup_overdue', /^\d+\|D\|point\|\|/), {
      zeros: false,
    });
  });
});

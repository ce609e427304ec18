import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '@/tests/support/compute';
import {
  byHand,
  byLevel,
  clockTime,
  computed,
  daysAfter,
  dice,
  expectAgreement,
  type HandRow,
  pad,
  pick,
  rowWorld,
} from '@/tests/support/parity';

let world: World;
const PLACES = [140105, 140106, 140213, 140302, 141002];

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
        sample_ts: `${month}-${pad(3 + 5 * i)} ${clockTime(roll)}`,
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
  const days = Array.from({ length: 90 }, (_, i) => daysAfter('2026-01-01', i)).filter(
    (d) => !lost.includes(d),
  );
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
          report_ts: `${daysAfter(onset, 1)} ${clockTime(roll)}`,
          age_group: '0-4',
          status: roll() < 0.05 ? 'deleted' : 'valid',
        }));
      }),
    ),
  );
}

beforeAll(async () => {
  world = await rowWorld(['2025-11-01', '2026-04-10'], {
    water_quality_sample: samples(),
    infectious_case: cards(),
  });
}, 600_000);
afterAll(() => world.runtime.close());

/** GB 3838-2002 table 1, highest (dissolved oxygen: lowest) value of classes Ⅰ–Ⅴ. */
const classOf = (value: string, limits: readonly number[], meets: '<=' | '>=') =>
  `multiIf(isNull(${value}), 0, ${limits.map((limit, i) => `${value} ${meets} toDecimal64(${limit}, 6), ${i + 1}`).join(', ')}, 6)`;
/** A mean as it is compared: rounded half to even. */
const DO = 'roundBankers(m_do, 1)';
const CODMN = 'roundBankers(m_codmn, 1)';
const NH3N = 'roundBankers(m_nh3n, 2)';
const TP = 'roundBankers(m_tp, 3)';
const WORST = `greatest(${[
  classOf(DO, [7.5, 6, 5, 3, 2], '>='),
  classOf(CODMN, [2, 4, 6, 10, 15], '<='),
  classOf(NH3N, [0.15, 0.5, 1, 1.5, 2], '<='),
  `if(body = 'lake', ${classOf(TP, [0.01, 0.025, 0.05, 0.1, 0.2], '<=')}, ${classOf(TP, [0.02, 0.1, 0.2, 0.3, 0.4], '<=')})`,
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
       FROM ${byLevel(rows)} GROUP BY region, freq, basis, dim_value, start`;
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
       FROM ${byLevel(signals)} GROUP BY region, dim_value, start`;
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
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAILY_ITEMS } from '@/metrics/calculus/environment/air-standard';
import { aqi } from '@/metrics/calculus/environment/aqi';
import { air, at, labelsOf, openWorld, type World } from '@/tests/support/compute';
import { byHand, computed, dice, expectAgreement, type HandRow } from '@/tests/support/parity';

/** 2025 whole, so that years have their 324 days: the 2012 edition for every day. */
const DAYS = Array.from({ length: 365 }, (_, i) =>
  new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10),
);
const POLLUTANTS = ['so2', 'no2', 'co', 'o3', 'pm10', 'pm25'] as const;
type Pollutant = (typeof POLLUTANTS)[number];
const TOP: Record<Pollutant, number> = { so2: 60, no2: 90, co: 4, o3: 260, pm10: 260, pm25: 400 };
const STATIONS = [
  ['s1', 140105, 'national'],
  ['s2', 140106, 'national'],
  // Stands in for its city where no station reports; never averaged with stations.
  ['city-140300', 140300, 'city'],
  // Not an evaluation point; 60 days are enough to show it.
  ['s5', 140105, 'province'],
] as const;

const HOURS_FROM = '2025-02-15';
const HOURS_TO = '2025-03-08';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-02-10T12:00:00');
  const roll = dice(21);
  const dust = dice(22);
  const rows = DAYS.flatMap((day) => {
    const mood = 0.2 + 0.8 * roll();
    const labels = labelsOf(day);
    return STATIONS.flatMap(([station, region, kind]) => {
      if (kind === 'province' && day > '2025-03-01') return [];
      // A day in twenty breaks off early, too early to be valid.
      const hours = roll() < 0.05 ? 12 + Math.floor(roll() * 10) : 24;
      // One in six has hours under sand, up to half of the day.
      const dusty = dust() < 0.17 ? Math.ceil(dust() * 12) : 0;
      return labels.slice(0, hours).flatMap((label, i) => {
        if (roll() < 0.03) return [];
        const values = Object.fromEntries(
          POLLUTANTS.map((one) => [
            one,
            roll() < 0.02 ? null : Math.round(mood * (0.5 + roll() / 2) * TOP[one] * 10) / 10,
          ]),
        );
        const flag = roll() < 0.02 ? 'RM' : 'valid';
        return [
          air(station, region, label, values, {
            flag,
            station_kind: kind,
            sand_flag: i < dusty ? 1 : 0,
            is_deleted: roll() < 0.01 ? 1 : 0,
          }),
        ];
      });
    });
  });
  await world.load('air_quality_hour', rows, '2025-01-01', '2025-12-31');
  const dataset = 'air_quality_hour';
  await world.compute({ dataset, fromMs: at('2025-01-01T00:00:00'), freqs: ['D', 'M', 'A'] });
  // Hours of a year would be read for minutes: three weeks around the end of February show the same.
  await world.compute({
    dataset,
    fromMs: at(`${HOURS_FROM}T00:00:00`),
    toMs: at(`${HOURS_TO}T00:00:00`),
    freqs: ['H'],
  });
}, 240_000);
afterAll(() => world.runtime.close());

/** Hourly means of cities and counties, from evaluation points alone; the hour is named by its beginning. */
const hours = (of: Pollutant, also = '1') => {
  const rows = `SELECT region_code AS rc, data_ts - 3600 AS hour, toFloat64(${of}) AS x, station_kind AS kind FROM air_quality_hour FINAL
    WHERE is_deleted = 0 AND flag = 'valid' AND station_kind IN ('national', 'city') AND ${of} IS NOT NULL AND ${also}`;
  return `(SELECT unit, hour, avg(x) AS x FROM (
    SELECT rc AS unit, hour, x, kind FROM (${rows}) WHERE rc % 100 > 0
    UNION ALL SELECT intDiv(rc, 100) * 100 AS unit, hour, x, kind FROM (${rows})
  ) AS unit_rows GROUP BY unit, hour)`;
};
const days = (of: Pollutant, also?: string) =>
  `(SELECT unit, toDate(hour) AS day, if(count() >= 20, avg(x), NULL) AS x FROM ${hours(of, also)} AS unit_hours GROUP BY unit, day)`;
/** Windows ending at 08:00 … 24:00 of the day's own hours, six of eight valid, fourteen windows or above 160. */
const ozoneDays = `(SELECT unit, day, if(count() >= 14 OR max(w) > 160, max(w), NULL) AS x FROM (
    SELECT unit, toDate(hour) AS day, e, avg(x) AS w FROM ${hours('o3')} AS h CROSS JOIN (SELECT 8 + number AS e FROM numbers(17)) AS ends
    WHERE toHour(hour) < e AND toHour(hour) >= e - 8 GROUP BY unit, day, e HAVING count() >= 6
  ) AS windows GROUP BY unit, day)`;

/** Units and, as the plain mean of the cities that have a value, the province. */
const withProvince = (units: string, freq: string, basis: string, start: string) => `
  SELECT unit AS region, '${freq}' AS freq, '${basis}' AS basis, toString(${start}) AS start, x AS value FROM (${units}) AS own WHERE x IS NOT NULL
  UNION ALL SELECT 140000, '${freq}', '${basis}', toString(${start}), avg(x) FROM (${units}) AS cities WHERE unit % 100 = 0 AND x IS NOT NULL GROUP BY ${start}`;

const validDays = (of: string) => `SELECT unit, day, x FROM ${of} AS d WHERE x IS NOT NULL`;
const months = (of: string) =>
  `SELECT unit, toStartOfMonth(day) AS m, if(count() >= if(toMonth(m) = 2, 25, 27), avg(x), NULL) AS x FROM (${validDays(of)}) AS v GROUP BY unit, m`;
const years = (of: string) =>
  `SELECT unit, toStartOfYear(day) AS y, if(count() >= 324, avg(x), NULL) AS x FROM (${validDays(of)}) AS v GROUP BY unit, y`;
const cumulative = (of: string) =>
  Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}-01`)
    .map(
      (start) =>
        `SELECT unit, toDate('${start}') AS m, avg(x) AS x FROM (${validDays(of)}) AS v WHERE day < addMonths(toDate('${start}'), 1) GROUP BY unit`,
    )
    .join(' UNION ALL ');

const HOUR = "formatDateTime(hour, '%Y-%m-%d %H', 'Asia/Shanghai')";

describe('concentrations agree with SQL written from the standard', () => {
  it.each(POLLUTANTS.filter((one) => one !== 'o3'))('%s: hour, day, month, year, cumulative', async (of) => {
    const hand = await byHand(
      world,
      [
        withProvince(
          `SELECT unit, hour, x FROM ${hours(of)} AS u WHERE toDate(hour) >= '${HOURS_FROM}' AND toDate(hour) < '${HOURS_TO}'`,
          'H',
          'mean',
          HOUR,
        ),
        withProvince(`SELECT unit, day, x FROM ${days(of)} AS u`, 'D', 'mean', 'day'),
        withProvince(months(days(of)), 'M', 'mean', 'm'),
        withProvince(years(days(of)), 'A', 'mean', 'y'),
        withProvince(cumulative(days(of)), 'M', 'ytd', 'm'),
      ].join(' UNION ALL '),
    );
    expect(new Set(hand.map(({ freq }) => freq))).toEqual(new Set(['H', 'D', 'M', 'A']));
    expectAgreement(`${of}_avg`, hand, await computed(world, `${of}_avg`), { zeros: false });
  });

  it('o3: the largest 8-hour mean of a day', async () => {
    const hand = await byHand(
      world,
      withProvince(`SELECT unit, day, x FROM ${ozoneDays} AS u`, 'D', 'mean', 'day'),
    );
    expect(hand.length).toBeGreaterThan(1000);
    expectAgreement('o3_mda8', hand, await computed(world, 'o3_mda8'), { zeros: false });
  });
});

describe('counted days agree with the calculus over hand-written daily values', () => {
  it.each<[metric: string, counts: (index: number | null) => boolean | null]>([
    // A day without an AQI is neither good nor bad; it only is no valid day.
    ['good_days', (index) => (index === null ? null : index <= 100)],
    ['heavy_days', (index) => (index === null ? null : index > 200)],
    ['valid_air_days', (index) => index !== null],
  ])('%s: day, month, year, cumulative by month and by day', async (metric, counts) => {
    const all = await dailyIndices();
    const verdicts = all.flatMap(({ unit, day, index }) => {
      const verdict = counts(index);
      return verdict === null ? [] : [{ unit, day, value: Number(verdict) }];
    });
    const arrived = [...new Set(all.map(({ day }) => day))];
    const hand = countedPeriods(verdicts, arrived, counts(null) !== null);
    expect(hand.some(({ value }) => value !== 0)).toBe(true);
    expectAgreement(metric, hand, await computed(world, metric), { zeros: false });

    const sandless = new Map(
      (await dailyIndices('sandless')).map(({ unit, day, index }) => [`${unit} ${day}`, index]),
    );
    const without = all.flatMap(({ unit, day }) => {
      const verdict = counts(sandless.get(`${unit} ${day}`) ?? null);
      return verdict === null ? [] : [{ unit, day, value: Number(verdict) }];
    });
    expect(without).not.toEqual(verdicts);
    const names: Record<string, string> = { period: 'sand_adjusted', ytd: 'sand_adjusted_ytd' };
    const adjusted = countedPeriods(without, arrived, counts(null) !== null).map((row) => ({
      ...row,
      basis: names[row.basis] ?? '',
    }));
    const own = await computed(world, metric, Object.values(names));
    expectAgreement(metric, adjusted, own, { zeros: false });
  });
});

interface UnitDay {
  unit: number;
  day: string;
  index: number | null;
}

type Kind = 'whole' | 'sandless';
const indices = new Map<Kind, Promise<UnitDay[]>>();
/**
 * AQI of every unit's day by the pure calculus, from the hand-written concentrations; `sandless` with particulates of the
 * rows alone that are under no sand.
 */
function dailyIndices(kind: Kind = 'whole'): Promise<UnitDay[]> {
  const known = indices.get(kind) ?? readIndices(kind);
  indices.set(kind, known);
  return known;
}

async function readIndices(kind: Kind): Promise<UnitDay[]> {
  const values = new Map<string, Partial<Record<string, number>>>();
  const items = { so2: 0, no2: 1, co: 2, o3: 3, pm10: 4, pm25: 5 } as const;
  for (const of of POLLUTANTS) {
    const isParticulate = of === 'pm10' || of === 'pm25';
    const from =
      of === 'o3' ? ozoneDays : days(of, kind === 'sandless' && isParticulate ? 'sand_flag = 0' : undefined);
    const rows = await byHand(
      world,
      `SELECT unit AS region, '' AS freq, '' AS basis, toString(day) AS start, x AS value FROM ${from} AS u`,
    );
    for (const { region, start, value } of rows) {
      const key = `${region} ${start}`;
      const known = values.get(key) ?? {};
      // As the warehouse stores it: ten digits after the point.
      if (value !== null) known[DAILY_ITEMS[items[of]] ?? ''] = Number(value.toFixed(10));
      values.set(key, known);
    }
  }
  return [...values].map(([key, concentrations]) => {
    const [unit, day = ''] = key.split(' ');
    return { unit: Number(unit), day, index: aqi(concentrations, '2012', DAILY_ITEMS).aqi };
  });
}

/**
 * Days, their sums by month, year and up to each month and each day that arrived, from a unit's first on; the province is
 * the mean of the cities that have one, where invalid days are counted as such (`judgesMissing`) of those with a valid day.
 */
function countedPeriods(
  verdicts: readonly { unit: number; day: string; value: number }[],
  arrived: readonly string[],
  judgesMissing: boolean,
): HandRow[] {
  const totals = new Map<string, number>();
  const add = (unit: number, freq: string, basis: string, start: string, value: number) => {
    const key = [unit, freq, basis, start].join('|');
    totals.set(key, (totals.get(key) ?? 0) + value);
  };
  // 累计 goes on for every unit as far as anything of the air arrived.
  let lastMonth = 0;
  for (const { day } of verdicts) lastMonth = Math.max(lastMonth, Number(day.slice(5, 7)));
  for (const { unit, day, value } of verdicts) {
    add(unit, 'D', 'period', day, value);
    add(unit, 'M', 'period', `${day.slice(0, 7)}-01`, value);
    add(unit, 'A', 'period', '2025-01-01', value);
    for (let month = Number(day.slice(5, 7)); month <= lastMonth; month += 1)
      add(unit, 'M', 'ytd', `2025-${String(month).padStart(2, '0')}-01`, value);
    for (const later of arrived) if (later >= day) add(unit, 'D', 'ytd', later, value);
  }
  const rows = [...totals].map(([key, value]) => {
    const [region, freq = '', basis = '', start = ''] = key.split('|');
    return { region: Number(region), freq, basis, start, value, dim: '', dim_value: '' };
  });
  const cities = new Map<string, number[]>();
  for (const { region, freq, basis, start, value } of rows) {
    const key = [freq, basis, start].join('|');
    const isNone = judgesMissing && value === 0 && !(freq === 'D' && basis === 'period');
    if (region % 100 === 0 && !isNone) cities.set(key, [...(cities.get(key) ?? []), value]);
  }
  const province = [...cities].map(([key, values]) => {
    const [freq = '', basis = '', start = ''] = key.split('|');
    const value = values.reduce((a, b) => a + b, 0) / values.length;
    return { region: 140000, freq, basis, start, value, dim: '', dim_value: '' };
  });
  return [...rows, ...province];
}

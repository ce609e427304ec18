import { z } from 'zod';
import {
  type AqiItem,
  aqiStandardAt,
  BREAKPOINTS,
  IAQI_LEVELS,
} from '@/metrics/calculus/environment/air-standard';
import type { Stores } from '@/server/context';

/** Why a published AQI differs from the computed one. */
export const DIFFERENCES = {
  equal: '一致',
  rounded_to_nearest: '公布值四舍五入取整,本系统按 HJ 633 向上进位取整',
  not_computed: '有缺项且其余分指数不超过 100,按缺项规则不出 AQI',
  not_published: '来源未公布 AQI',
  other: '原因不明',
} as const;
export type Difference = keyof typeof DIFFERENCES;

/** Readings of the real-time rule that could stand behind published hourly values. */
export const RULES = {
  hour_up: '颗粒物用 1 小时浓度,向上进位',
  hour_nearest: '颗粒物用 1 小时浓度,四舍五入',
  moving_up: '颗粒物用 24 小时滑动均值,向上进位',
  moving_nearest: '颗粒物用 24 小时滑动均值,四舍五入',
} as const;
export type Rule = keyof typeof RULES;

export interface AqiAgreement {
  /** Hours with a published and a computed value. */
  compared: number;
  equal: number;
  equalShare: number;
  withinOneShare: number;
  differences: Record<Difference, number>;
  /** Of the hours with all six items (and both moving means): how often a rule gives exactly what was published. */
  rules: Record<Rule, { hours: number; equal: number }>;
  /** Computed days beside the mean of the published hours of the day; the standard has no such mean, so this only shows the distance. */
  days: { compared: number; meanAbsoluteDifference: number };
}

const row = z.object({
  at_s: z.coerce.number(),
  published: z.coerce.number().nullable(),
  computed: z.coerce.number().nullable(),
  so2: z.coerce.number().nullable(),
  no2: z.coerce.number().nullable(),
  co: z.coerce.number().nullable(),
  o3: z.coerce.number().nullable(),
  pm10: z.coerce.number().nullable(),
  pm25: z.coerce.number().nullable(),
  pm10_24h: z.coerce.number().nullable(),
  pm25_24h: z.coerce.number().nullable(),
});
type Row = z.infer<typeof row>;

/** A moving mean over 24 hours counts from 20 hours on, as a day does. */
const SQL = `
SELECT toUnixTimestamp(h.data_ts) - 3600 AS at_s, h.aqi_published AS published, o.aqi AS computed,
  toFloat64(so2) AS so2, toFloat64(no2) AS no2, toFloat64(co) AS co, toFloat64(o3) AS o3, toFloat64(pm10) AS pm10, toFloat64(pm25) AS pm25,
  pm10_24h, pm25_24h
FROM (
  SELECT *, if(count(pm10) OVER day >= 20, avg(toFloat64(pm10)) OVER day, NULL) AS pm10_24h,
    if(count(pm25) OVER day >= 20, avg(toFloat64(pm25)) OVER day, NULL) AS pm25_24h
  FROM air_quality_hour FINAL
  WHERE station_kind = 'city' AND flag = 'valid'
  WINDOW day AS (PARTITION BY region_code ORDER BY toUnixTimestamp(data_ts) RANGE BETWEEN 82800 PRECEDING AND CURRENT ROW)
) AS h
LEFT JOIN (
  SELECT region, toDateTime(period, 'Asia/Shanghai') AS hour, argMax((value,), (vintage, recorded_at)).1 AS aqi
  FROM observation WHERE metric = 'aqi' AND freq = 'H' AND basis = 'period' AND measure = 'level' AND slice = ''
  GROUP BY region, hour
) AS o ON o.region = h.region_code AND o.hour = h.data_ts - INTERVAL 1 HOUR
ORDER BY h.region_code, h.data_ts`;

/** Compares the computed hourly AQI of cities with the published column of their series. Nothing is written. */
export async function aqiAgreement(stores: Stores): Promise<AqiAgreement> {
  const rows = await stores.warehouse.jobs.rows({
    name: 'aqi_agreement',
    sql: SQL,
    settings: { join_use_nulls: 1, max_execution_time: 600 },
    row,
  });
  const report: AqiAgreement = {
    compared: 0,
    equal: 0,
    equalShare: 0,
    withinOneShare: 0,
    differences: { equal: 0, rounded_to_nearest: 0, not_computed: 0, not_published: 0, other: 0 },
    rules: {
      hour_up: { hours: 0, equal: 0 },
      hour_nearest: { hours: 0, equal: 0 },
      moving_up: { hours: 0, equal: 0 },
      moving_nearest: { hours: 0, equal: 0 },
    },
    days: await dayDistance(stores),
  };
  let withinOne = 0;
  for (const one of rows) {
    report.differences[differenceOf(one)] += 1;
    if (one.published === null) continue;
    judgeRules(one, one.published, report.rules);
    if (one.computed === null) continue;
    report.compared += 1;
    if (one.computed === one.published) report.equal += 1;
    if (Math.abs(one.computed - one.published) <= 1) withinOne += 1;
  }
  report.equalShare = report.compared === 0 ? 0 : report.equal / report.compared;
  report.withinOneShare = report.compared === 0 ? 0 : withinOne / report.compared;
  return report;
}

function differenceOf(one: Row): Difference {
  if (one.published === null) return 'not_published';
  if (one.computed === null) return 'not_computed';
  if (one.published === one.computed) return 'equal';
  return exactIndex(one, false)?.nearest === one.published ? 'rounded_to_nearest' : 'other';
}

function judgeRules(one: Row, published: number, rules: AqiAgreement['rules']): void {
  const [hourly, moving] = [exactIndex(one, false), exactIndex(one, true)];
  if (!hourly || !moving) return;
  const answers: Record<Rule, number> = {
    hour_up: hourly.up,
    hour_nearest: hourly.nearest,
    moving_up: moving.up,
    moving_nearest: moving.nearest,
  };
  for (const rule of Object.keys(RULES) as Rule[]) {
    rules[rule].hours += 1;
    if (answers[rule] === published) rules[rule].equal += 1;
  }
}

/** Largest index before rounding, as upward and nearest whole numbers; null when an item is missing. */
function exactIndex(one: Row, moving: boolean): { up: number; nearest: number } | null {
  const values: [AqiItem, number | null][] = [
    ['so2_1h', one.so2],
    ['no2_1h', one.no2],
    ['co_1h', one.co],
    ['o3_1h', one.o3],
    ['pm10', moving ? one.pm10_24h : one.pm10],
    ['pm25', moving ? one.pm25_24h : one.pm25],
  ];
  let [up, nearest] = [0, 0];
  for (const [item, value] of values) {
    if (value === null) return null;
    const index = indexOf(item, value, one.at_s * 1000);
    up = Math.max(up, Math.ceil(index));
    nearest = Math.max(nearest, Math.floor(index + 0.5));
  }
  return { up, nearest };
}

/** Interpolated index of a concentration as it is, free of the noise of binary fractions. */
function indexOf(item: AqiItem, value: number, atMs: number): number {
  const points = BREAKPOINTS[aqiStandardAt(atMs)][item];
  for (let band = 1; band < points.length; band += 1) {
    const [low = 0, high = 0] = [points[band - 1], points[band]];
    const [from = 0, to = 0] = [IAQI_LEVELS[band - 1], IAQI_LEVELS[band]];
    if (value <= high) return Number((from + ((value - low) * (to - from)) / (high - low)).toFixed(6));
  }
  return IAQI_LEVELS[points.length - 1] ?? 0;
}

async function dayDistance(stores: Stores): Promise<AqiAgreement['days']> {
  const [found] = await stores.warehouse.jobs.rows({
    name: 'aqi_agreement_days',
    sql: `SELECT count() AS compared, ifNull(avg(abs(computed - published)), 0) AS distance
      FROM (
        SELECT region_code AS region, toDate(data_ts - 1) AS day, avg(aqi_published) AS published
        FROM air_quality_hour FINAL WHERE station_kind = 'city' AND isNotNull(aqi_published)
        GROUP BY region, day HAVING count() >= 20
      ) AS p
      INNER JOIN (
        SELECT region, toDate(period) AS day, toFloat64(argMax((value,), (vintage, recorded_at)).1) AS computed
        FROM observation WHERE metric = 'aqi' AND freq = 'D' AND basis = 'period' AND measure = 'level' AND slice = ''
        GROUP BY region, day
      ) AS c USING (region, day)
      WHERE isNotNull(computed)`,
    row: z.object({ compared: z.coerce.number(), distance: z.coerce.number() }),
  });
  return { compared: found?.compared ?? 0, meanAbsoluteDifference: found?.distance ?? 0 };
}

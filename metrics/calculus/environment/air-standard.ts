import { instantOf } from '@/metrics/time/zone';

/** Versions of the AQI rule: HJ 633-2012, and HJ 633-2026 in force from 2026-03-01. */
export type AqiStandard = '2012' | '2026';

/** Pollutant and averaging time of one sub-index. */
export type AqiItem =
  | 'so2_24h'
  | 'so2_1h'
  | 'no2_24h'
  | 'no2_1h'
  | 'co_24h'
  | 'co_1h'
  | 'o3_1h'
  | 'o3_8h'
  | 'pm10'
  | 'pm25';

/** The six of a daily report, in the customary order. */
export const DAILY_ITEMS = ['so2_24h', 'no2_24h', 'co_24h', 'o3_8h', 'pm10', 'pm25'] as const;
/** The six of an hourly report. PM hourly means use the 24 h breakpoints in HJ 633-2026. */
export const HOURLY_ITEMS = ['so2_1h', 'no2_1h', 'co_1h', 'o3_1h', 'pm10', 'pm25'] as const;

/** Upper IAQI of each band; concentrations below are for the same positions. */
export const IAQI_LEVELS = [0, 50, 100, 150, 200, 300, 400, 500] as const;

const COMMON = {
  so2_24h: [0, 50, 150, 475, 800, 1600, 2100, 2620],
  so2_1h: [0, 150, 500, 650, 800],
  no2_24h: [0, 40, 80, 180, 280, 565, 750, 940],
  no2_1h: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
  co_24h: [0, 2, 4, 14, 24, 36, 48, 60],
  co_1h: [0, 5, 10, 35, 60, 90, 120, 150],
  o3_1h: [0, 160, 200, 300, 400, 800, 1000, 1200],
  o3_8h: [0, 100, 160, 215, 265, 800],
} as const;

/** Breakpoints (calculus.md §18): CO in mg/m³, all others μg/m³. */
export const BREAKPOINTS: Readonly<Record<AqiStandard, Readonly<Record<AqiItem, readonly number[]>>>> = {
  '2012': {
    ...COMMON,
    pm10: [0, 50, 150, 250, 350, 420, 500, 600],
    pm25: [0, 35, 75, 115, 150, 250, 350, 500],
  },
  '2026': {
    ...COMMON,
    pm10: [0, 50, 120, 250, 350, 420, 500, 600],
    pm25: [0, 35, 60, 115, 150, 250, 350, 500],
  },
};

const IN_FORCE_2026_MS = instantOf(2026, 3, 1);
const STAGE_2031_MS = instantOf(2031, 1, 1);

/** The AQI rule for data of an instant. */
export function aqiStandardAt(ms: number): AqiStandard {
  return ms < IN_FORCE_2026_MS ? '2012' : '2026';
}

export type Pollutant = 'so2' | 'no2' | 'co' | 'o3' | 'pm10' | 'pm25';
export const POLLUTANTS = ['so2', 'no2', 'co', 'o3', 'pm10', 'pm25'] as const;

export const LIMIT_STAGES = ['2012', '2026', '2031'] as const;
export type LimitStage = (typeof LIMIT_STAGES)[number];
export type AveragingTime = 'annual' | 'daily' | 'hourly';

/**
 * Class II limits of GB 3095: 2012; 2026 transition (2026-03-01–2030-12-31); 2031 on. CO has a daily and O3 an 8 h limit in
 * place of an annual one: the composite index uses those. Absent where the standard sets none.
 */
export const LIMITS: Readonly<
  Record<LimitStage, Readonly<Record<AveragingTime, Readonly<Partial<Record<Pollutant, number>>>>>>
> = {
  '2012': {
    annual: { so2: 60, no2: 40, pm10: 70, pm25: 35 },
    daily: { so2: 150, no2: 80, co: 4, o3: 160, pm10: 150, pm25: 75 },
    hourly: { so2: 500, no2: 200, co: 10, o3: 200 },
  },
  '2026': {
    annual: { so2: 60, no2: 40, pm10: 60, pm25: 30 },
    daily: { so2: 150, no2: 80, co: 4, o3: 160, pm10: 120, pm25: 60 },
    hourly: { so2: 500, no2: 200, co: 10, o3: 200 },
  },
  '2031': {
    annual: { so2: 20, no2: 30, pm10: 50, pm25: 25 },
    daily: { so2: 50, no2: 50, co: 4, o3: 160, pm10: 100, pm25: 50 },
    hourly: { so2: 150, no2: 200, co: 10, o3: 200 },
  },
};

/** Stage of GB 3095 limits for data of an instant. */
export function limitStageAt(ms: number): LimitStage {
  if (ms < IN_FORCE_2026_MS) return '2012';
  return ms < STAGE_2031_MS ? '2026' : '2031';
}

/** lim(污染物, 时段): the class II limit, null where there is none. For `daily` O3 it is the 8 h limit. */
export function airLimit(stage: LimitStage, pollutant: Pollutant, time: AveragingTime): number | null {
  return LIMITS[stage][time][pollutant] ?? null;
}

/** Divisors of the composite index: annual limits, with CO's daily and O3's 8 h limit (calculus.md §19). */
export function compositeLimits(stage: LimitStage): Record<Pollutant, number> {
  const { annual, daily } = LIMITS[stage];
  const of = (pollutant: Pollutant) => annual[pollutant] ?? daily[pollutant] ?? Number.NaN;
  return {
    so2: of('so2'),
    no2: of('no2'),
    co: of('co'),
    o3: of('o3'),
    pm10: of('pm10'),
    pm25: of('pm25'),
  };
}

/** Evaluated concentrations are rounded half-even before they meet a limit: CO to 0.1 mg/m³, others to 1 μg/m³. */
export function concentrationPrecision(item: AqiItem | Pollutant): number {
  return item.startsWith('co') ? 1 : 0;
}

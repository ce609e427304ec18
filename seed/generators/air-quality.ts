import { DAY_MS, HOUR_MS } from '@/metrics/time/zone';
import { type DayFacts, dayFacts, hourIndex, seasonal, timeText } from './day';
import { type Generator, type GeneratorOptions, line, type Window } from './model';
import { CITY_CODES, COUNTIES, type County } from './places';
import { hash32, smoothNormal, unit } from './random';
import { sandAt } from './sand';

/**
 * Hourly air quality: one state-controlled station a county. Level = annual mean × city × month × hour of day ×
 * log-normal weather that the whole province shares to six tenths (stagnant air makes all cities worse at once).
 * Calibrated to the bulletins of 2023: PM2.5 37, PM10 74, SO2 12, NO2 31 μg/m³, CO-95 1.4 mg/m³, O3-8h-90 168 μg/m³.
 */
const PM25_2023 = 37;
const YEARLY_DECLINE = 0.975;
const PM25_MONTHS = [1.75, 1.4, 1.1, 0.85, 0.75, 0.65, 0.6, 0.58, 0.7, 0.95, 1.25, 1.42];
/** PM2.5 as a share of PM10 without sand. */
const FINE_SHARE_MONTHS = [0.62, 0.6, 0.48, 0.42, 0.43, 0.47, 0.52, 0.53, 0.52, 0.53, 0.59, 0.62];
const SO2_MONTHS = [1.7, 1.45, 1.05, 0.85, 0.75, 0.65, 0.6, 0.6, 0.75, 0.95, 1.2, 1.45];
const NO2_MONTHS = [1.35, 1.1, 1.05, 0.9, 0.8, 0.7, 0.65, 0.7, 0.9, 1.15, 1.35, 1.35];
const CO_MONTHS = [1.5, 1.3, 1.0, 0.85, 0.75, 0.75, 0.75, 0.8, 0.85, 0.95, 1.15, 1.35];
/** Afternoon peak of ozone by month, μg/m³. */
const OZONE_PEAK_MONTHS = [58, 74, 98, 122, 148, 168, 152, 144, 122, 90, 64, 52];
const TEMPERATURE_MONTHS = [-6, -2, 5, 13, 19, 23, 24.5, 22.5, 17, 10.5, 2.5, -4];

/** Two peaks, 8–10 and 21–24; index = hour of day, mean 1. */
const PARTICLE_HOURS = shape((hour) => 1 + 0.16 * bump(hour, 9, 2.2) + 0.2 * bump(hour, 22.5, 2.8));
const NO2_HOURS = shape((hour) => 0.85 + 0.3 * bump(hour, 8, 2) + 0.5 * bump(hour, 20.5, 3));
const OZONE_HOURS = Array.from({ length: 24 }, (_, hour) => 0.22 + 0.78 * bump(hour, 15.5, 4));

const WEATHER_SPREAD = 0.5;
const SHARED = Math.sqrt(0.6);
const OWN = Math.sqrt(0.4);

const COLUMNS = [
  'station_id',
  'station_kind',
  'region_code',
  'data_ts',
  'pm25',
  'pm10',
  'so2',
  'no2',
  'o3',
  'co',
  'temp',
  'rh',
  'ws',
  'wd',
  'pressure',
  'flag',
  'audit_status',
  'sand_flag',
] as const;

/** Review replaces the raw values after three days. */
const REVIEW_DAYS = 3;

export const airQualityGenerator: Generator = {
  dataset: 'air_quality_hour',
  columns: COLUMNS,
  rows: function* (options, window) {
    yield* hours(options, firstHour(window), window.toMs);
  },
  // A new hour, and the review of the same hour three days ago.
  changes: function* (options, window) {
    yield* hours(options, firstHour(window), window.toMs);
    const back = REVIEW_DAYS * DAY_MS;
    yield* hours(options, firstHour(window) - back, window.toMs - back);
  },
};

/** `data_ts` is the end of the averaged hour, so the window's own start belongs to the hour before it. */
function firstHour(window: Window): number {
  return Math.floor(window.fromMs / HOUR_MS) * HOUR_MS + HOUR_MS;
}

function* hours(options: GeneratorOptions, fromMs: number, toMs: number): Iterable<string> {
  let block = '';
  for (let ms = fromMs; ms <= toMs; ms += HOUR_MS) {
    const air = provinceAir(options.seed, ms);
    const sparse = ms <= (options.sparseBeforeMs ?? Number.NEGATIVE_INFINITY);
    for (const county of COUNTIES) if (county.core || !sparse) block += stationRow(options, county, ms, air);
    if ((hourIndex(ms) + 8) % 24 === 0) {
      yield block;
      block = '';
    }
  }
  if (block) yield block;
}

/** What all stations of an hour share; computed once, since there are a million rows. */
interface ProvinceAir {
  hour: number;
  hourOfDay: number;
  timeText: string;
  month: number;
  trend: number;
  firework: number;
  particles: number;
  fineShare: number;
  so2: number;
  no2: number;
  co: number;
  ozone: number;
  temperature: number;
  winter: boolean;
  humid: number;
  chill: number;
  pressure: number;
  stagnation: ReadonlyMap<number, CityAir>;
}

interface CityAir {
  stagnation: number;
  sunny: number;
  windDirection: number;
}

function provinceAir(seed: number, ms: number): ProvinceAir {
  // The hour's mean describes the hour before its time stamp.
  const day = dayFacts(ms - HOUR_MS);
  const hour = hourIndex(ms);
  const hourOfDay = (hour + 7) % 24;
  const trend = YEARLY_DECLINE ** (day.year + (day.month - 0.5) / 12 - 2023.5);
  const pm25Month = seasonal(PM25_MONTHS, day);
  const province = weather(seed, 1, hour);
  const chill = 3.2 * smoothNormal(seed, 9, hour, 72);
  return {
    hour,
    hourOfDay,
    timeText: timeText(ms),
    month: day.month,
    trend,
    firework: isFireworkHour(day, hourOfDay) ? 2.4 : 1,
    particles: PM25_2023 * trend * pm25Month * (PARTICLE_HOURS[hourOfDay] ?? 1),
    fineShare: seasonal(FINE_SHARE_MONTHS, day),
    so2: 11.9 * trend * seasonal(SO2_MONTHS, day),
    no2: 31 * trend * seasonal(NO2_MONTHS, day) * (NO2_HOURS[hourOfDay] ?? 1),
    co: 0.68 * trend * seasonal(CO_MONTHS, day),
    ozone: 1.04 * seasonal(OZONE_PEAK_MONTHS, day) * (OZONE_HOURS[hourOfDay] ?? 1),
    temperature:
      seasonal(TEMPERATURE_MONTHS, day) + 5.5 * Math.sin(((hourOfDay - 9) / 24) * 2 * Math.PI) + chill,
    winter: pm25Month > 1,
    humid: day.month >= 7 && day.month <= 9 ? 66 : 52,
    chill,
    pressure: Math.round(925 + 3 * smoothNormal(seed, 11, hour, 48)),
    stagnation: new Map(
      CITY_CODES.map((city) => [
        city,
        {
          stagnation: SHARED * province + 0.8 * OWN * weather(seed, city, hour),
          sunny: Math.exp(0.26 * smoothNormal(seed, city + 50, hour, 60) - 0.03),
          windDirection: Math.floor(unit(seed, city, Math.floor(hour / 5), 8) * 360),
        },
      ]),
    ),
  };
}

function weather(seed: number, series: number, hour: number): number {
  return 0.83 * smoothNormal(seed, series, hour, 30) + 0.56 * smoothNormal(seed, series, hour, 9);
}

const CALM: CityAir = { stagnation: 0, sunny: 1, windDirection: 0 };

function stationRow(options: GeneratorOptions, county: County, ms: number, air: ProvinceAir): string {
  const { seed } = options;
  const { hour } = air;
  const fault = unit(seed, county.code, hour, 7);
  // A delivery in a few hundred is missing altogether: gaps are part of the picture.
  if (fault < 0.003) return '';
  const city = air.stagnation.get(county.city) ?? CALM;
  const stagnation = city.stagnation + 0.6 * OWN * smoothNormal(seed, county.code, hour, 6);
  const mixing = Math.exp(WEATHER_SPREAD * stagnation - (WEATHER_SPREAD * WEATHER_SPREAD) / 2);
  const mild = Math.exp(0.35 * stagnation - 0.06);
  const noise = quickNormals(seed, county.code, hour);

  const pm25 = air.particles * county.pm25 * county.local * mixing * air.firework * (1 + 0.06 * noise[0]);
  const sand = sandAt(seed, county, ms, air.month);
  const pm10 = (pm25 / air.fineShare) * (1 + 0.08 * noise[1]) + sand;
  const so2 = air.so2 * mild * county.local * (1 + 0.2 * noise[2]);
  const no2 = air.no2 * county.no2 * mild;
  const co = air.co * Math.sqrt(mixing) * mild * county.local;
  const o3 = air.ozone * city.sunny * (1 + 0.05 * noise[3]) + 4;
  const humidity = Math.min(98, Math.max(12, air.humid + 9 * stagnation - 1.1 * air.chill));
  const wind = Math.max(0.2, 1.9 * Math.exp(-0.45 * stagnation) + sand / 120);

  const flag =
    fault < 0.006 ? 'RM' : fault < 0.01 ? 'C' : fault < 0.014 ? 'B' : fault < 0.018 ? 'H' : 'valid';
  const blind = flag === 'RM' || flag === 'C';
  const reviewed = options.knownAtMs - ms >= REVIEW_DAYS * DAY_MS;
  return line([
    `N${county.code}A`,
    'national',
    county.code,
    air.timeText,
    blind ? null : Math.max(1, Math.round(Math.min(pm25, pm10 * 0.95))),
    blind ? null : Math.max(2, Math.round(pm10)),
    blind ? null : Math.max(1, Math.round(so2)),
    blind ? null : Math.max(1, Math.round(no2)),
    blind ? null : Math.round(o3),
    blind ? null : tenth(Math.max(0.1, co)),
    tenth(air.temperature + county.winterCelsius * (air.winter ? 1 : 0.4)),
    Math.round(humidity),
    tenth(wind),
    city.windDirection,
    air.pressure,
    flag,
    reviewed ? 'reviewed' : 'raw',
    sand > 0 ? 1 : 0,
  ]);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Four values that are near enough to normal for measurement noise: each a sum of the bytes of one hash. */
function quickNormals(seed: number, place: number, hour: number): readonly [number, number, number, number] {
  return [
    quickNormal(seed, place, hour, 1),
    quickNormal(seed, place, hour, 2),
    quickNormal(seed, place, hour, 3),
    quickNormal(seed, place, hour, 4),
  ];
}

function quickNormal(seed: number, place: number, hour: number, series: number): number {
  const h = hash32(seed, place, hour, series);
  return ((h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24) - 510) / 147.8;
}

/** 除夕 22:00 to 初一 02:00. */
function isFireworkHour(day: DayFacts, hourOfDay: number): boolean {
  return (day.festivalOffset === -1 && hourOfDay >= 22) || (day.festivalOffset === 0 && hourOfDay < 2);
}

function bump(hour: number, centre: number, width: number): number {
  const distance = Math.min(Math.abs(hour - centre), 24 - Math.abs(hour - centre));
  return Math.exp(-(distance * distance) / (2 * width * width));
}

function shape(value: (hour: number) => number): number[] {
  const hours = Array.from({ length: 24 }, (_, hour) => value(hour));
  const mean = hours.reduce((sum, v) => sum + v, 0) / 24;
  return hours.map((v) => v / mean);
}

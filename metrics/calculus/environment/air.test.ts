import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from '@/metrics/format/rounding';
import { instantOf } from '@/metrics/time/zone';
import { airComposite, provinceAirComposite } from './air-composite';
import {
  type AqiItem,
  airLimit,
  aqiStandardAt,
  BREAKPOINTS,
  compositeLimits,
  HOURLY_ITEMS,
  limitStageAt,
} from './air-standard';
import { annualMean, cityHour, dailyMean, monthlyMean, o3DailyMax8h } from './air-validity';
import { aqi, gradeOf } from './aqi';
import { cityDayAqi } from './city-day';
import { iaqi } from './iaqi';
import { percentile } from './percentile';

describe('IAQI (T37)', () => {
  it.each([
    ['pm25', '60.5', 100, 82],
    ['pm25', '61.5', 102, 84],
    ['pm25', 75, 114, 100],
    ['pm25', 600, 500, 500],
    ['pm10', 85, 75, 68],
    ['pm10', 150, 112, 100],
    ['o3_8h', 900, 300, 300],
    ['o3_1h', 1000, 400, 400],
    ['so2_1h', 900, 200, 200],
    ['co_24h', '1.25', 30, 30],
    ['no2_24h', 55, 69, 69],
    ['pm25', 0, 0, 0],
  ] as const)('%s %s', (item, c, in2026, in2012) => {
    expect([iaqi(item, c, '2026'), iaqi(item, c, '2012')]).toEqual([in2026, in2012]);
  });

  it('is exact on breakpoints and never falls as concentration rises', () => {
    const items = Object.keys(BREAKPOINTS['2026']) as AqiItem[];
    for (const item of items) {
      BREAKPOINTS['2026'][item].forEach((c, k) => {
        expect(iaqi(item, c, '2026'), `${item} ${c}`).toBe([0, 50, 100, 150, 200, 300, 400, 500][k]);
      });
    }
    fc.assert(
      fc.property(fc.constantFrom(...items), fc.nat(30_000), fc.nat(500), (item, tenths, step) => {
        const low = iaqi(item, tenths / 10, '2026') ?? -1;
        expect(iaqi(item, (tenths + step) / 10, '2026')).toBeGreaterThanOrEqual(low);
      }),
    );
  });

  it('has no index for missing or negative values', () => {
    expect([iaqi('pm25', null, '2026'), iaqi('pm25', -1, '2026')]).toEqual([null, null]);
  });
});

describe('AQI', () => {
  const WINTER = { so2_24h: 12, no2_24h: 55, co_24h: '1.5', o3_8h: 88, pm10: 138, pm25: 82 };

  it('is the largest sub-index (T38, T39), by the standard of the date', () => {
    const result = aqi(WINTER, aqiStandardAt(instantOf(2026, 3, 1)));
    expect(result).toMatchObject({
      aqi: 120,
      grade: '轻度污染',
      primary: ['pm25'],
      exceeding: ['pm10', 'pm25'],
      iaqi: { so2_24h: 12, no2_24h: 69, co_24h: 38, o3_8h: 44, pm10: 107, pm25: 120 },
      missing: [],
    });
    expect(aqi(WINTER, aqiStandardAt(instantOf(2026, 3, 1) - 1)).aqi).toBe(109);
  });

  it('is NA when an item lacks, unless a known one exceeds 100 (T32)', () => {
    expect(aqi({ pm25: 40 }, '2026')).toMatchObject({
      aqi: null,
      grade: null,
      primary: [],
      iaqi: { pm25: 60 },
    });
    expect(aqi({ pm25: 80 }, '2026')).toMatchObject({ aqi: 119, primary: ['pm25'] });
    expect(aqi({}, '2026').aqi).toBeNull();
  });

  it('names no primary pollutant at 50 or below, and all that tie above', () => {
    const clean = { so2_24h: 50, no2_24h: 40, co_24h: 1, o3_8h: 50, pm10: 50, pm25: 35 };
    expect(aqi(clean, '2026')).toMatchObject({ aqi: 50, grade: '优', primary: [] });
    expect(aqi({ ...clean, pm10: 120, pm25: 60 }, '2026').primary).toEqual(['pm10', 'pm25']);
  });

  it('grades at the limits and takes hourly items for the hourly report', () => {
    expect([50, 51, 100, 150, 200, 300, 301].map(gradeOf)).toEqual([
      '优',
      '良',
      '良',
      '轻度污染',
      '中度污染',
      '重度污染',
      '严重污染',
    ]);
    const hour = { so2_1h: 10, no2_1h: 20, co_1h: 1, o3_1h: 191, pm10: 20, pm25: 10 };
    expect(aqi(hour, '2026', HOURLY_ITEMS)).toMatchObject({ aqi: 89, primary: ['o3_1h'] });
  });
});

describe('city day', () => {
  const flat = (value: number | null) => Array.from({ length: 24 }, () => value);
  const clean = { so2: flat(10), no2: flat(10), co: flat(1), o3: flat(50), pm10: flat(50) };

  it('averages stations before the index, not their indices (T40)', () => {
    const day = cityDayAqi(
      [
        { ...clean, pm25: flat(40) },
        { ...clean, pm25: flat(80) },
      ],
      '2026',
    );
    expect(day).toMatchObject({ aqi: 100, primary: ['pm25'], concentrations: { pm25: '60' } });
  });

  it('has no daily value below 20 hours and ignores a station without data', () => {
    const nineteen = flat(40).map((v, h) => (h < 19 ? v : null));
    expect(cityDayAqi([{ ...clean, pm25: nineteen }], '2026')).toMatchObject({
      aqi: null,
      missing: ['pm25'],
    });
    expect(cityHour([40, null, -9])?.toString()).toBe('40');
  });
});

describe('validity', () => {
  const hours = (valid: number, value = 40) =>
    Array.from({ length: 24 }, (_, h) => (h < valid ? value : null));

  it('needs 20 hours, 27 (25) days, 324 days', () => {
    expect(dailyMean(hours(20))?.toString()).toBe('40');
    expect(dailyMean(hours(19))).toBeNull();
    const days = (n: number) => Array.from({ length: n }, () => 1);
    expect(monthlyMean(days(26), 3)).toBeNull();
    expect(monthlyMean(days(27), 3)).not.toBeNull();
    expect(monthlyMean(days(25), 2)).not.toBeNull();
    expect(annualMean(days(323))).toBeNull();
    expect(annualMean(days(324))).not.toBeNull();
  });

  it('needs 14 eight-hour windows for O3, unless the largest already exceeds 160', () => {
    // Windows end at 08:00 … 24:00. With n leading hours, windows up to the label n + 2 keep six valid hours.
    expect(o3DailyMax8h(hours(19, 100))?.toString()).toBe('100'); // ends 8…21: 14 windows
    expect(o3DailyMax8h(hours(18, 100))).toBeNull(); // ends 8…20: 13 windows
    expect(o3DailyMax8h(hours(18, 170))?.toString()).toBe('170');
    expect(o3DailyMax8h(hours(18, 160))).toBeNull();
    expect(o3DailyMax8h(hours(0))).toBeNull();
    expect(() => o3DailyMax8h([1, 2])).toThrow(RangeError);
  });

  it('finds the window with the largest mean', () => {
    // 10 everywhere but 90 in the eight hours to 17:00.
    const day = Array.from({ length: 24 }, (_, h) => (h >= 9 && h < 17 ? 90 : 10));
    expect(o3DailyMax8h(day)?.toString()).toBe('90');
  });
});

describe('composite index', () => {
  const of = (so2: number, no2: number, co: string, o3: number, pm10: number, pm25: number) => ({
    so2,
    no2,
    co,
    o3,
    pm10,
    pm25,
  });

  it('adds sub-indices rounded half-even to two places (T43–T46)', () => {
    const limits = compositeLimits('2012');
    const taiyuan = airComposite(of(11, 40, '1.5', 178, 78, 41), limits);
    expect(taiyuan.value).toBe('4.95');
    expect(Object.values(taiyuan.loadShares).map((s) => roundTo(s, 1)?.toFixed(1))).toEqual([
      '3.6',
      '20.2',
      '7.7',
      '22.4',
      '22.4',
      '23.6',
    ]);
    // 37/40 = 0.925 decides between half-up (4.83) and half-even (4.82, as published).
    expect(airComposite(of(11, 37, '1.4', 191, 75, 39), limits).value).toBe('4.82');
    expect(airComposite(of(12, 40, '1.2', 86, 81, 40), compositeLimits('2026')).value).toBe('4.72');
  });

  it('needs all six, takes weights, and is averaged over cities for the province', () => {
    const concentrations = { ...of(11, 40, '1.5', 178, 78, 41), co: null };
    expect(airComposite(concentrations, compositeLimits('2012'))).toMatchObject({
      value: null,
      flags: ['operand_missing'],
    });
    const weights = { so2: 1, no2: 2, co: 1, o3: 2, pm10: 1, pm25: 3 };
    // 0.18 + 2·1.00 + 0.38 + 2·1.11 + 1.11 + 3·1.17 = 9.40
    expect(airComposite(of(11, 40, '1.5', 178, 78, 41), compositeLimits('2012'), weights).value).toBe('9.4');
    expect(provinceAirComposite(['4.4', '4.6', null], 11)).toMatchObject({
      value: '4.5',
      flags: ['partial'],
    });
  });

  it('takes the limits of the date', () => {
    expect(limitStageAt(instantOf(2026, 2, 28))).toBe('2012');
    expect(limitStageAt(instantOf(2026, 3, 1))).toBe('2026');
    expect(limitStageAt(instantOf(2031))).toBe('2031');
    expect(compositeLimits('2031')).toEqual({ so2: 20, no2: 30, co: 4, o3: 160, pm10: 50, pm25: 25 });
    expect(airLimit('2026', 'pm25', 'daily')).toBe(60);
    expect(airLimit('2026', 'pm25', 'hourly')).toBeNull();
  });
});

describe('percentile of HJ 663 (T41)', () => {
  it('interpolates at k = 1 + (n − 1)p', () => {
    expect(percentile([102, 88, 131, 95, 160, 142, 118, 171, 109, 126], '0.9')?.toString()).toBe('161.1');
    expect(
      percentile(['0.6', '0.9', '1.2', '0.8', '1.5', '1.1', '0.7', '1.9', '1.0', '1.3'], '0.95')?.toString(),
    ).toBe('1.72');
    expect(percentile([5, null], 1)?.toString()).toBe('5');
    expect(percentile([], '0.9')).toBeNull();
    expect(() => percentile([1], 90)).toThrow(RangeError);
  });
});

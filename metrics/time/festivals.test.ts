import { describe, expect, it } from 'vitest';
import { dayKey } from './calendar';
import { alignedDay, FESTIVALS, festivalDay, SPRING_FESTIVAL } from './festivals';
import { instantOf } from './zone';

const aligned = (year: number, month: number, day: number) => {
  const found = alignedDay(instantOf(year, month, day));
  return found && [found.festival, dayKey(found.dayMs)];
};

describe('days aligned with a festival that moves', () => {
  it('stand as far from 春节 as a year before', () => {
    // 2024-02-12 is 初三, 2024-02-09 除夕; 初一 of 2023 was 22 January.
    expect(aligned(2024, 2, 12)).toEqual(['春节', '2023-01-24']);
    expect(aligned(2024, 2, 9)).toEqual(['春节', '2023-01-21']);
  });

  it('and from 清明, 端午 and 中秋, for three days to either side', () => {
    expect(aligned(2024, 4, 4)).toEqual(['清明', '2023-04-05']);
    expect(aligned(2024, 4, 6)).toEqual(['清明', '2023-04-07']);
    // 端午: 10 June 2024, 22 June 2023.
    expect(aligned(2024, 6, 7)).toEqual(['端午', '2023-06-19']);
    expect(aligned(2024, 6, 13)).toEqual(['端午', '2023-06-25']);
    expect(aligned(2024, 6, 14)).toBeNull();
    // 中秋: 10 September 2022, 21 September 2021.
    expect(aligned(2022, 9, 12)).toEqual(['中秋', '2021-09-23']);
  });

  it('do not compare a 中秋 of three days with one inside the week of the National Day', () => {
    // 2023 it was on 29 September with a holiday up to 6 October, 2025 on 6 October.
    expect(aligned(2023, 9, 29)).toBeNull();
    expect(aligned(2024, 9, 17)).toBeNull();
    expect(aligned(2025, 10, 6)).toBeNull();
    expect(aligned(2026, 9, 25)).toBeNull();
  });

  it('are none outside the windows and in unknown years', () => {
    expect(aligned(2024, 5, 1)).toBeNull();
    expect(aligned(2017, 1, 28)).toBeNull();
    expect(aligned(2027, 6, 9)).toBeNull();
    expect(festivalDay(SPRING_FESTIVAL, 2040)).toBeNull();
    expect(festivalDay(SPRING_FESTIVAL, 2026)).toBe(instantOf(2026, 2, 17));
  });
});

describe('the dates of the festivals', () => {
  const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
  });

  it.each([
    ['春节', '1/1'],
    ['端午', '5/5'],
    ['中秋', '8/15'],
  ])('of %s agree with the Chinese calendar of the ICU data', (name, lunar) => {
    const festival = FESTIVALS.find((one) => one.name === name);
    // The new moon of 2027-02-06 falls at 23:56 in China; ICU's approximation puts it into the next day.
    const years = Object.keys(festival?.dates ?? {}).filter((year) => year !== '2027');
    expect(years.length).toBeGreaterThan(9);
    for (const year of years) {
      const day = festival && festivalDay(festival, Number(year));
      expect(day && chinese.format(day), year).toBe(lunar);
    }
  });

  it('of 清明 are those of the sun at 15°', () => {
    const festival = FESTIVALS.find(({ name }) => name === '清明');
    for (const [year, text] of Object.entries(festival?.dates ?? {})) {
      const day = instantOf(Number(year), 4, Number(text.slice(3)));
      expect(longitude(day), year).toBeLessThan(15);
      expect(longitude(day + 86_400_000), year).toBeGreaterThan(15);
    }
  });
});

/** Apparent longitude of the sun in degrees, good to a hundredth (Meeus, Astronomical Algorithms, chapter 25). */
function longitude(ms: number): number {
  const t = (ms / 86_400_000 + 2440587.5 + 69 / 86_400 - 2451545) / 36_525;
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const m = rad(357.52911 + 35999.05029 * t);
  const centre =
    (1.914602 - 0.004817 * t) * Math.sin(m) + 0.019993 * Math.sin(2 * m) + 0.000289 * Math.sin(3 * m);
  const apparent =
    280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * Math.sin(rad(125.04 - 1934.136 * t));
  return ((apparent % 360) + 360) % 360;
}

import { describe, expect, it } from 'vitest';
import { annualWaterClass, belowDetection, riverQuality, waterClass, waterItemClass } from './water-class';
import { WATER_ITEMS, WATER_LIMITS, type WaterClass } from './water-standard';
import { mainPollutantsFlag, mainPollutantsOfFlag, mainPollutantsText, waterClassText } from './water-text';

describe('water class (GB 3838-2002)', () => {
  const T47 = { do: '5.6', codmn: '5.1', cod: 22, bod5: '4.2', nh3n: '1.2', tp: '0.15', f: '1.1' };

  it('is the worst single item, with the main pollutants by excess over class Ⅲ (T47)', () => {
    const verdict = waterClass(T47);
    expect(verdict.class).toBe(4);
    expect(verdict.items).toEqual({ do: 3, codmn: 3, cod: 4, bod5: 4, nh3n: 4, tp: 3, f: 4 });
    expect(verdict.main).toEqual([
      { item: 'nh3n', class: 4, excess: '0.2' },
      { item: 'cod', class: 4, excess: '0.1' },
      { item: 'f', class: 4, excess: '0.1' },
    ]);
  });

  it('is worded as bulletins word it', () => {
    const { class: verdict, main } = waterClass(T47);
    expect(waterClassText(verdict)).toBe('Ⅳ类');
    expect(mainPollutantsText(main)).toBe('氨氮(0.20)、化学需氧量(0.10)、氟化物(0.10)');
    expect(mainPollutantsText(waterClass({ do: 1 }).main)).toBe('溶解氧');
    expect(waterClassText(null)).toBe('未评价');
  });

  it('travels with an observation as a flag and is read back in words', () => {
    const flag = mainPollutantsFlag(waterClass({ ...T47, do: '2.5' }).main);
    expect(flag).toBe('main_pollutants:do=,nh3n=0.2,cod=0.1');
    expect(mainPollutantsOfFlag(flag)).toBe('主要污染指标:溶解氧、氨氮(0.20)、化学需氧量(0.10)');
    expect(mainPollutantsOfFlag('partial')).toBeUndefined();
  });

  it('gives a value on the limit the better class (T48)', () => {
    expect(waterItemClass('nh3n', '1.0')).toBe(3);
    expect(waterItemClass('do', '5.0')).toBe(3);
    expect(waterItemClass('tp', '0.41')).toBe(6);
    expect(waterItemClass('cod', 15)).toBe(1);
    expect(waterItemClass('ph', '9.0')).toBe(1);
    expect(waterItemClass('ph', '9.01')).toBe(6);
    expect(waterItemClass('tp', null)).toBeNull();
  });

  it('puts a worse class before a larger excess, and gives oxygen and pH no multiple', () => {
    const { main } = waterClass({ do: '1.5', nh3n: '1.4', cod: 45, ph: 10 });
    expect(main).toEqual([
      { item: 'cod', class: 6, excess: '1.25' },
      { item: 'ph', class: 6, excess: null },
      { item: 'do', class: 6, excess: null },
    ]);
  });

  it('has no verdict without data and no main pollutant at Ⅲ or better', () => {
    expect(waterClass({})).toEqual({ class: null, items: {}, main: [] });
    expect(waterClass({ nh3n: 1 }).main).toEqual([]);
  });

  it('classes a year by mean concentrations, not by mean class', () => {
    // Ammonia 0.2 (Ⅱ) and 2.4 (劣Ⅴ): the mean 1.3 is Ⅳ.
    expect(annualWaterClass([{ nh3n: '0.2' }, { nh3n: '2.4' }]).class).toBe(4);
    expect(annualWaterClass([{ nh3n: '0.2' }, { nh3n: null }]).class).toBe(2);
    expect(belowDetection('0.025')?.toString()).toBe('0.0125');
  });

  it('evaluates 21 items, phosphorus once for rivers and once for lakes', () => {
    expect(WATER_ITEMS.filter((item) => item !== 'tp_lake')).toHaveLength(21);
    expect(WATER_LIMITS.tp_lake).toEqual([0.01, 0.025, 0.05, 0.1, 0.2]);
  });
});

describe('river quality', () => {
  const sections = (good: number, fair: number, bad: number): WaterClass[] => [
    ...Array.from({ length: good }, () => 3 as const),
    ...Array.from({ length: fair }, () => 4 as const),
    ...Array.from({ length: bad }, () => 6 as const),
  ];
  it.each([
    [81, 12, 0, '良好'], // T49: 87.1 %
    [9, 1, 0, '优'],
    [75, 25, 0, '良好'],
    [74, 26, 0, '轻度污染'],
    [60, 20, 20, '中度污染'],
    [40, 20, 40, '重度污染'],
  ] as const)('%d good, %d fair, %d bad', (good, fair, bad, expected) => {
    expect(riverQuality(sections(good, fair, bad))).toBe(expected);
  });

  it('is not said of fewer than five sections', () => {
    expect(riverQuality(sections(4, 0, 0))).toBeNull();
  });
});

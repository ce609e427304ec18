import { describe, expect, it } from 'vitest';
import { annualWaterClass, waterClass, waterItemClass } from './water-class';
import { WATER_ITEMS, WATER_LIMITS } from './water-standard';
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

  it('rounds a mean to the digits of its item before it is judged (§1)', () => {
    // 1.004 → 1.00 on the limit of Ⅲ; 1.005 ties to the even 1.00, 1.006 → 1.01; 6.05 ties to 6.0, 6.051 → 6.1.
    const classes = (item: 'nh3n' | 'codmn' | 'do' | 'tp' | 'ph', values: readonly string[]) =>
      values.map((value) => waterClass({ [item]: value }).class);
    expect(classes('nh3n', ['1.004', '1.005', '1.006', '1.015'])).toEqual([3, 3, 4, 4]);
    expect(classes('codmn', ['6.0333', '6.05', '6.051'])).toEqual([3, 3, 4]);
    expect(classes('do', ['4.95', '4.94'])).toEqual([3, 4]);
    expect(classes('tp', ['0.2004', '0.2006'])).toEqual([3, 4]);
    expect(classes('ph', ['9.4', '9.51', '5.4'])).toEqual([1, 6, 6]);
    // (1.06 − 1) / 1: of the rounded value.
    expect(waterClass({ nh3n: '1.0604' }).main).toEqual([{ item: 'nh3n', class: 4, excess: '0.06' }]);
    // 0.0000024 of mercury would vanish: it stays 0.000002, which is Ⅰ; oxygen of 0.04 is no 0 either, and 劣Ⅴ.
    expect(waterClass({ hg: '0.0000024' }).class).toBe(1);
    expect(waterClass({ do: '0.04' }).class).toBe(6);
  });

  it('names cyanide and heavy metals before whatever else fails', () => {
    const { main } = waterClass({ cod: 45, nh3n: '1.4', tp: '0.5', cn: '0.21', pb: '0.06' });
    // Lead is Ⅴ (0.06 > 0.05) and cyanide 劣Ⅴ (0.21 > 0.2); the phosphorus of 1.5 times over comes third.
    expect(main.map(({ item, excess }) => [item, excess])).toEqual([
      ['cn', '0.05'],
      ['pb', '0.2'],
      ['tp', '1.5'],
    ]);
  });

  it('averages pH by its hydrogen ions', () => {
    // 10^-5 and 10^-7.5: their mean is 5.016e-6, pH 5.3, which rounds to 5; the mean of the numbers would be 6.25.
    expect(annualWaterClass([{ ph: 5 }, { ph: '7.5' }]).class).toBe(6);
    expect(annualWaterClass([{ ph: '6.5' }, { ph: '7.5' }, { ph: null }]).class).toBe(1);
  });

  it('has no verdict without data and no main pollutant at Ⅲ or better', () => {
    expect(waterClass({})).toEqual({ class: null, items: {}, main: [] });
    expect(waterClass({ nh3n: 1 }).main).toEqual([]);
  });

  it('classes a year by mean concentrations, not by mean class', () => {
    // Ammonia 0.2 (Ⅱ) and 2.4 (劣Ⅴ): the mean 1.3 is Ⅳ.
    expect(annualWaterClass([{ nh3n: '0.2' }, { nh3n: '2.4' }]).class).toBe(4);
    expect(annualWaterClass([{ nh3n: '0.2' }, { nh3n: null }]).class).toBe(2);
  });

  it('evaluates 21 items, phosphorus once for rivers and once for lakes', () => {
    expect(WATER_ITEMS.filter((item) => item !== 'tp_lake')).toHaveLength(21);
    expect(WATER_LIMITS.tp_lake).toEqual([0.01, 0.025, 0.05, 0.1, 0.2]);
  });
});

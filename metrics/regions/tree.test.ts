import { describe, expect, it } from 'vitest';
import {
  allRegions,
  ancestorsOf,
  childrenOf,
  fullNameOf,
  isWithin,
  knownRegion,
  levelOf,
  parentOf,
  regionByCode,
  regionsOfLevel,
} from './tree';

describe('region tree of Shanxi', () => {
  it('has one province, 11 cities and 117 counties, as published for 2019 and later', () => {
    expect(childrenOf(100000).map((region) => region.code)).toEqual([140000]);
    expect(childrenOf(140000)).toHaveLength(11);
    expect(regionsOfLevel('county')).toHaveLength(117);
    const perCity = childrenOf(140000).map((city) => childrenOf(city.code).length);
    // 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
    expect(perCity).toEqual([10, 10, 5, 12, 6, 6, 11, 13, 14, 17, 13]);
  });

  it('counts 26 districts, 11 county-level cities and 80 counties', () => {
    const endings = regionsOfLevel('county').map((region) => region.name.slice(-1));
    const count = (ending: string) => endings.filter((own) => own === ending).length;
    expect([count('区'), count('市'), count('县')]).toEqual([26, 11, 80]);
  });

  it('keeps names, short names, levels and parents', () => {
    expect(regionByCode(140105)).toMatchObject({
      name: '小店区',
      shortName: '小店',
      level: 'county',
      parent: 140100,
    });
    expect(regionByCode(140727)?.shortName).toBe('祁县');
    expect(regionByCode(140302)?.shortName).toBe('城区');
    expect(levelOf(140000)).toBe('province');
    expect(levelOf(140100)).toBe('city');
    expect(levelOf(100000)).toBe('nation');
    expect(levelOf(110000)).toBeUndefined();
    expect(parentOf(140000)).toBe(100000);
    expect(parentOf(100000)).toBeNull();
    expect(fullNameOf(140105)).toBe('山西省太原市小店区');
  });

  it('answers as of an instant: 太谷县 before, 太谷区 from 2019-12-09 Asia/Shanghai', () => {
    const midnightMs = Date.UTC(2019, 11, 8, 16);
    expect(regionByCode(140726, midnightMs - 1)?.name).toBe('太谷县');
    expect(regionByCode(140703, midnightMs - 1)).toBeUndefined();
    expect(regionByCode(140726, midnightMs)).toBeUndefined();
    expect(regionByCode(140703, midnightMs)?.name).toBe('太谷区');
    expect(regionByCode(140726)).toBeUndefined();
    expect(knownRegion(140726)?.successors).toEqual([140703]);
  });

  it('had 119 counties before the changes of 2018', () => {
    expect(regionsOfLevel('county', Date.UTC(2018, 0, 1))).toHaveLength(119);
    expect(childrenOf(140400, Date.UTC(2018, 0, 1)).map((region) => region.name)).toContain('长治县');
  });

  it('names as successors only codes that are current counties of the same city', () => {
    const abolished = allRegions().filter((region) => region.validToMs !== undefined);
    expect(abolished.map((region) => region.code)).toEqual([
      140202, 140203, 140211, 140227, 140402, 140411, 140421, 140424, 140481, 140624, 140726,
    ]);
    for (const region of abolished) {
      expect(region.successors.length).toBeGreaterThan(0);
      for (const code of region.successors) expect(regionByCode(code)?.parent).toBe(region.parent);
    }
  });

  it('walks up to the nation and fails closed for unknown codes', () => {
    expect(ancestorsOf(140105)).toEqual([140100, 140000, 100000]);
    expect(isWithin(140105, 140100)).toBe(true);
    expect(isWithin(140105, 140105)).toBe(true);
    expect(isWithin(140105, 140200)).toBe(false);
    expect(isWithin(140100, 140105)).toBe(false);
    expect(isWithin(140227, 140200)).toBe(true);
    expect(isWithin(149999, 140000)).toBe(false);
    expect(isWithin(149999, 149999)).toBe(false);
  });
});

import type { RegionCode } from '@/metrics/model/cell';
import type { Region, RegionResolution } from '@/metrics/model/region';
import { PROVINCE, STATISTICAL_ZONES } from './shanxi';
import { allRegions, fullNameOf, knownRegion, NATION_CODE, regionByCode } from './tree';

const INVISIBLE = /[\s\u200b-\u200d\u2060\ufeff]/g;

/** Full-width digits and all white space are typing habits, not different regions. */
function normalise(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '');
}

function labelOf(code: RegionCode): string {
  return `${code} ${fullNameOf(code)}`;
}

/** Every spelling of a name with or without its province and city, long or short → the codes it may mean. */
function buildNameIndex(): Map<string, Set<RegionCode>> {
  const index = new Map<string, Set<RegionCode>>();
  const add = (name: string, code: RegionCode) => {
    const codes = index.get(name) ?? new Set<RegionCode>();
    index.set(name, codes.add(code));
  };
  for (const region of allRegions()) {
    for (const prefix of prefixesOf(region))
      for (const own of ownNamesOf(region)) add(prefix + own, region.code);
  }
  for (const name of ['全国', '中国']) add(name, NATION_CODE);
  add('全省', PROVINCE.code);
  return index;
}

function prefixesOf(region: Region): string[] {
  const provinces = ['', PROVINCE.name, PROVINCE.shortName];
  if (region.level === 'city') return provinces;
  if (region.level !== 'county') return [''];
  const city = region.parent === null ? undefined : knownRegion(region.parent);
  const cities = city ? ['', city.name, city.shortName] : [''];
  return provinces.flatMap((province) => cities.map((name) => province + name));
}

/** Abolished counties answer to their full name only: 大同 and 长治 mean the cities, not the former counties. */
function ownNamesOf(region: Region): string[] {
  return region.validToMs === undefined ? [region.name, region.shortName] : [region.name];
}

let nameIndex: Map<string, Set<RegionCode>> | undefined;

function fromCode(code: RegionCode, note?: string): RegionResolution {
  const region = knownRegion(code);
  if (region && regionByCode(code)) return { ok: true, code, ...(note ? { note } : {}) };
  if (region) {
    const [only, ...others] = region.successors;
    const candidates = region.successors.map(labelOf).join('、');
    if (only !== undefined && others.length === 0) {
      const mapped = `${labelOf(code)}已撤销,按${labelOf(only)}入库:${region.changeNote ?? ''}`;
      return { ok: true, code: only, note: note ? `${note};${mapped}` : mapped };
    }
    return {
      ok: false,
      error: `${labelOf(code)}已撤销,其区域分属多个现行区县:${candidates}`,
      proposal: '按实际所在地改用其中之一',
    };
  }
  const cityCode = Math.floor(code / 100) * 100;
  const city = regionByCode(cityCode);
  const zone = STATISTICAL_ZONES[code];
  if (zone !== undefined) {
    return {
      ok: false,
      error: `${code} ${zone}是统计用区划代码,不是 GB/T 2260 的行政区`,
      proposal: `改用实际所在县(市、区)的代码,或用${labelOf(cityCode)}`,
    };
  }
  return {
    ok: false,
    error: `区划代码 ${code} 不存在`,
    proposal: city
      ? `核对代码;市本级用${labelOf(cityCode)}`
      : '使用六位 GB/T 2260 代码,如 140105(太原市小店区)',
  };
}

function fromDigits(digits: string): RegionResolution {
  if (digits.length === 6) return fromCode(Number(digits));
  // Codes of the statistical system go on to township (9) and village (12); the county is the first six digits.
  if (digits.length === 9 || digits.length === 12) {
    const code = digits.slice(0, 6);
    const own = /^0+$/.test(digits.slice(6));
    return fromCode(Number(code), own ? undefined : `${digits} 为乡镇或村级代码,取到县级 ${code}`);
  }
  const padded = Number(digits.padEnd(6, '0'));
  const proposal =
    (digits.length === 2 || digits.length === 4) && regionByCode(padded)
      ? `是否为${labelOf(padded)}`
      : '使用六位 GB/T 2260 代码,如 140105(太原市小店区)';
  return { ok: false, error: `区划代码“${digits}”有 ${digits.length} 位,应为 6 位`, proposal };
}

function fromName(name: string): RegionResolution {
  nameIndex ??= buildNameIndex();
  const codes = [...(nameIndex.get(name) ?? [])];
  const [only, ...others] = codes;
  if (only === undefined) {
    const near = allRegions()
      .filter(
        (region) =>
          region.validToMs === undefined && name.includes(region.shortName) && region.level !== 'nation',
      )
      .reverse()
      .slice(0, 3)
      .map((region) => labelOf(region.code));
    return {
      ok: false,
      error: `不认识的地区“${name}”`,
      proposal: near.length > 0 ? `是否为${near.join('、')}` : '使用六位代码,或“太原市小店区”这样的全称',
    };
  }
  if (others.length === 0) return fromCode(only);
  const candidates = codes.map(labelOf).join('、');
  return {
    ok: false,
    error: `“${name}”不止一处:${candidates}`,
    proposal: `写明所属市(如“${fullNameOf(only).replace(PROVINCE.name, '')}”)或使用六位代码`,
  };
}

/**
 * Reads a region from a foreign cell: a GB/T 2260 code (current, or abolished with one successor), a code of the
 * statistical system (9 or 12 digits), or a Chinese name with or without its city. Never guesses between candidates.
 */
export function resolveRegion(text: string): RegionResolution {
  const value = normalise(text);
  if (value === '') return { ok: false, error: '地区为空', proposal: '填写六位代码或地区全称' };
  return /^\d+$/.test(value) ? fromDigits(value) : fromName(value);
}

import type { RegionCode } from '@/metrics/model/cell';
import type { Region, RegionLevel } from '@/metrics/model/region';
import { CITY_NAMES, COUNTIES_BY_CITY, DIVISION_CHANGES, PROVINCE } from './shanxi';

export const NATION_CODE: RegionCode = 100000;
export const PROVINCE_CODE: RegionCode = PROVINCE.code;

/** 太原市 → 太原, 小店区 → 小店; 祁县, 城区, 郊区 stay whole: one character would name nothing. */
function shortNameOf(name: string): string {
  return name.length > 2 ? name.slice(0, -1) : name;
}

function chinaMidnightMs(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`);
}

function buildRegions(): Map<RegionCode, Region> {
  const regions = new Map<RegionCode, Region>();
  const add = (region: Omit<Region, 'shortName'> & { shortName?: string }) =>
    regions.set(region.code, { ...region, shortName: region.shortName ?? shortNameOf(region.name) });
  add({ code: NATION_CODE, name: '全国', shortName: '全国', level: 'nation', parent: null, successors: [] });
  add({ ...PROVINCE, level: 'province', parent: NATION_CODE, successors: [] });
  for (const [city, name] of Object.entries(CITY_NAMES)) {
    add({ code: Number(city), name, level: 'city', parent: PROVINCE.code, successors: [] });
  }
  for (const [city, counties] of Object.entries(COUNTIES_BY_CITY)) {
    for (const entry of counties.split(' ')) {
      const code = Number(city) + Number(entry.slice(0, 2));
      add({ code, name: entry.slice(2), level: 'county', parent: Number(city), successors: [] });
    }
  }
  for (const change of DIVISION_CHANGES) {
    const atMs = chinaMidnightMs(change.date);
    for (const { code, name, successors } of change.abolished) {
      const parent = Math.floor(code / 100) * 100;
      add({ code, name, level: 'county', parent, validToMs: atMs, successors, changeNote: change.basis });
    }
    for (const code of change.established) {
      const region = regions.get(code);
      if (!region) throw new Error(`division change ${change.date}: ${code} is not in the county list`);
      regions.set(code, { ...region, validFromMs: atMs, changeNote: change.basis });
    }
  }
  return new Map([...regions].sort(([a], [b]) => a - b));
}

const REGIONS = buildRegions();

function inForce(region: Region, atMs: number | undefined): boolean {
  if (atMs === undefined) return region.validToMs === undefined;
  return (
    (region.validFromMs === undefined || region.validFromMs <= atMs) &&
    (region.validToMs === undefined || atMs < region.validToMs)
  );
}

/** The unit in force at the instant; without one, in force in the current tree. */
export function regionByCode(code: RegionCode, atMs?: number): Region | undefined {
  const region = REGIONS.get(code);
  return region && inForce(region, atMs) ? region : undefined;
}

/** Any unit we know, abolished ones too: for naming and converting historical figures. */
export function knownRegion(code: RegionCode): Region | undefined {
  return REGIONS.get(code);
}

/** Every unit of a level in force at the instant (default: current), by code. */
export function regionsOfLevel(level: RegionLevel, atMs?: number): Region[] {
  return [...REGIONS.values()].filter((region) => region.level === level && inForce(region, atMs));
}

/** Every unit known, abolished ones too, by code. */
export function allRegions(): Region[] {
  return [...REGIONS.values()];
}

/** Direct subordinate units in force at the instant (default: current), by code. */
export function childrenOf(code: RegionCode, atMs?: number): Region[] {
  return [...REGIONS.values()].filter((region) => region.parent === code && inForce(region, atMs));
}

/** null for the nation and for unknown codes. Abolished codes keep the parent they had. */
export function parentOf(code: RegionCode): RegionCode | null {
  return REGIONS.get(code)?.parent ?? null;
}

/** undefined for codes that are in no tree of ours. */
export function levelOf(code: RegionCode): RegionLevel | undefined {
  return REGIONS.get(code)?.level;
}

/** From the parent up to the nation: 140105 → [140100, 140000, 100000]. Empty for the nation and unknown codes. */
export function ancestorsOf(code: RegionCode): RegionCode[] {
  const ancestors: RegionCode[] = [];
  for (let parent = parentOf(code); parent !== null; parent = parentOf(parent)) ancestors.push(parent);
  return ancestors;
}

/** True when the unit is the scope or lies in it. An unknown code is within nothing: access fails closed. */
export function isWithin(code: RegionCode, scopeCode: RegionCode): boolean {
  if (!REGIONS.has(code)) return false;
  return code === scopeCode || ancestorsOf(code).includes(scopeCode);
}

/** 山西省太原市小店区; the province alone is 山西省. For messages where a bare name would be ambiguous. */
export function fullNameOf(code: RegionCode): string {
  const own = REGIONS.get(code);
  if (!own) return String(code);
  const names = ancestorsOf(code)
    .filter((ancestor) => ancestor !== NATION_CODE)
    .map((ancestor) => REGIONS.get(ancestor)?.name ?? '');
  return [...names.reverse(), own.name].join('');
}

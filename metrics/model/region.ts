import type { RegionCode } from './cell';

/** Levels of the administrative tree that figures are published for. */
export const REGION_LEVELS = ['nation', 'province', 'city', 'county'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

const NATION: RegionCode = 100000;

/** Codes covered by a GB/T 2260 code: the digits carry the hierarchy (14 省, 1401 市, 140105 县). Inclusive bounds. */
export function regionRange(code: RegionCode): [number, number] {
  if (code === NATION) return [0, 999999];
  if (code % 10000 === 0) return [code, code + 9999];
  if (code % 100 === 0) return [code, code + 99];
  return [code, code];
}

/** One unit of GB/T 2260 over the time it existed under this code. */
export interface Region {
  code: RegionCode;
  /** Official name: 太原市, 小店区. Names repeat (城区, 矿区, 郊区): key by code, show names. */
  name: string;
  /** 简称, for labels where the level is plain: 太原, 小店; two-character names keep their last character (祁县). */
  shortName: string;
  level: RegionLevel;
  /** null only for the nation. */
  parent: RegionCode | null;
  /** First instant in force, Asia/Shanghai midnight as epoch milliseconds; absent when older than our records. */
  validFromMs?: number;
  /** First instant no longer in force; absent while the code is current. */
  validToMs?: number;
  /** Codes that took over the area; several when it was divided. Empty for current codes. */
  successors: readonly RegionCode[];
  /** What the dates rest on, in Chinese, for the passport of a converted figure. */
  changeNote?: string;
}

/** Outcome of reading a region from foreign text; messages are in Chinese, for the operator who mends the row. */
export type RegionResolution =
  | { ok: true; code: RegionCode; note?: string }
  | { ok: false; error: string; proposal: string };

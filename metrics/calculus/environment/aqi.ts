import type { NumberLike } from '@/metrics/format/decimal';
import { type AqiItem, type AqiStandard, DAILY_ITEMS } from './air-standard';
import { iaqi } from './iaqi';

export type AqiGrade = '优' | '良' | '轻度污染' | '中度污染' | '重度污染' | '严重污染';

/** Grades with their upper AQI and the colour the standard prescribes. */
export const AQI_GRADES: readonly { grade: AqiGrade; upTo: number; colour: string }[] = [
  { grade: '优', upTo: 50, colour: '#00E400' },
  { grade: '良', upTo: 100, colour: '#FFFF00' },
  { grade: '轻度污染', upTo: 150, colour: '#FF7E00' },
  { grade: '中度污染', upTo: 200, colour: '#FF0000' },
  { grade: '重度污染', upTo: 300, colour: '#99004C' },
  { grade: '严重污染', upTo: Number.POSITIVE_INFINITY, colour: '#7E0023' },
];

export interface Aqi {
  /** Null (NA) when items are missing and the known ones do not exceed 100. */
  aqi: number | null;
  grade: AqiGrade | null;
  /** Items with the largest IAQI above 50; ties are all primary. */
  primary: AqiItem[];
  /** Items with IAQI above 100. */
  exceeding: AqiItem[];
  iaqi: Partial<Record<AqiItem, number>>;
  missing: AqiItem[];
  standard: AqiStandard;
}

/**
 * AQI of a set of concentrations: the largest IAQI (T38, T39). When one of `required` is missing the AQI is published
 * only if a known item exceeds 100, else it is NA and only sub-indices are (HJ 633-2026 5.3.1, T32).
 */
export function aqi(
  concentrations: Partial<Record<AqiItem, NumberLike>>,
  standard: AqiStandard,
  required: readonly AqiItem[] = DAILY_ITEMS,
): Aqi {
  const known: Partial<Record<AqiItem, number>> = {};
  const missing: AqiItem[] = [];
  for (const item of required) {
    const index = iaqi(item, concentrations[item], standard);
    if (index === null) missing.push(item);
    else known[item] = index;
  }
  const items = required.filter((item) => known[item] !== undefined);
  const largest = Math.max(-1, ...items.map((item) => known[item] ?? -1));
  const published = largest >= 0 && (missing.length === 0 || largest > 100);
  return {
    aqi: published ? largest : null,
    grade: published ? gradeOf(largest) : null,
    primary: published && largest > 50 ? items.filter((item) => known[item] === largest) : [],
    exceeding: items.filter((item) => (known[item] ?? 0) > 100),
    iaqi: known,
    missing,
    standard,
  };
}

/** Grade of an AQI value. */
export function gradeOf(value: number): AqiGrade {
  return AQI_GRADES.find(({ upTo }) => value <= upTo)?.grade ?? '严重污染';
}

import type { Freq } from '@/metrics/model/cell';
import { type PeriodParts, periodOf } from './period';
import { DAY_MS } from './zone';

export interface ParsedPeriod {
  freq: Freq;
  startMs: number;
  /** Said by the text itself: 1-2月, 上半年 and '01~08' are cumulative, 年末 is a point. Otherwise unknown. */
  basis?: 'ytd' | 'point';
}

type Reading = { freq: Freq; basis?: 'ytd' | 'point' } & PeriodParts;
type Rule = { pattern: RegExp; read: (group: (index: number) => string) => Reading | null };

/** Longer texts name no period; reading one with thousands of blanks would take minutes. */
const MAX_LENGTH = 64;

const QUARTERS: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, '1': 1, '2': 2, '3': 3, '4': 4 };
const QUARTER = '([一二三四1-4])';

/** Tried in order; every pattern is anchored, so at most the first match of a shape speaks. */
const RULES: readonly Rule[] = [
  { pattern: /^(\d{4})(?:-A1)?年?(?:度|全年)?$/, read: (g) => ({ freq: 'A', year: int(g(1)) }) },
  { pattern: /^(\d{4})年[末底]$/, read: (g) => ({ freq: 'A', year: int(g(1)), basis: 'point' }) },
  {
    pattern: /^(\d{4})(?:年|[-.])?Q([1-4])$/,
    read: (g) => ({ freq: 'Q', year: int(g(1)), quarter: int(g(2)) }),
  },
  {
    pattern: /^(\d{4})-?Q1~Q?([1-4])$/,
    read: (g) => ({ freq: 'Q', year: int(g(1)), quarter: int(g(2)), basis: 'ytd' }),
  },
  {
    pattern: new RegExp(`^(\\d{4})年第?${QUARTER}季度(末?)$`),
    read: (g) => ({
      freq: 'Q',
      year: int(g(1)),
      quarter: QUARTERS[g(2)] ?? 0,
      ...(g(3) && { basis: 'point' }),
    }),
  },
  {
    pattern: new RegExp(`^(\\d{4})年前${QUARTER}个?季度$`),
    read: (g) => ({ freq: 'Q', year: int(g(1)), quarter: QUARTERS[g(2)] ?? 0, basis: 'ytd' }),
  },
  {
    pattern: /^(\d{4})(?:年上半年|-[SH]1)$/,
    read: (g) => ({ freq: 'Q', year: int(g(1)), quarter: 2, basis: 'ytd' }),
  },
  {
    // A stretch that does not begin in January is no cumulative period and is refused.
    pattern: /^(\d{4})(?:年|[-.])0?1月?~(\d{1,2})月?份?(?:累计)?$/,
    read: (g) => ({ freq: 'M', year: int(g(1)), month: int(g(2)), basis: 'ytd' }),
  },
  {
    pattern: /^(\d{4})年(?:1-)?(\d{1,2})月份?累计$|^(\d{4})年1-(\d{1,2})月份?$/,
    read: (g) => ({ freq: 'M', year: int(g(1) || g(3)), month: int(g(2) || g(4)), basis: 'ytd' }),
  },
  {
    pattern: /^(\d{4})年(\d{1,2})月(?:份)?([末底]?)$/,
    read: (g) => ({ freq: 'M', year: int(g(1)), month: int(g(2)), ...(g(3) && { basis: 'point' }) }),
  },
  { pattern: /^(\d{4})[-/.]M?(\d{1,2})$/, read: (g) => ({ freq: 'M', year: int(g(1)), month: int(g(2)) }) },
  { pattern: /^(\d{4})(\d{2})$/, read: (g) => ({ freq: 'M', year: int(g(1)), month: int(g(2)) }) },
  { pattern: /^(\d{4})(\d{2})(\d{2})$/, read: day },
  { pattern: /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, read: (g) => day((i) => g(i === 1 ? 1 : i + 1)) },
  { pattern: /^(\d{4})年(\d{1,2})月(\d{1,2})日$/, read: day },
  {
    // Two-digit years only in the year/month/day order customary in China, and only with slashes.
    pattern: /^(\d{2})\/(\d{1,2})\/(\d{1,2})$/,
    read: (g) => ({ ...day(g), year: 2000 + int(g(1)) }),
  },
  { pattern: /^(\d{4})年(\d{1,2})月(\d{1,2})日(\d{1,2})[时点]$/, read: hour },
  { pattern: /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2})$/, read: hour },
  {
    pattern: /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::00)?$/,
    read: (g) => ({ ...hour(g), freq: 'N', minute: int(g(5)) }),
  },
];

/**
 * Reads a period from SDMX text or from the forms found in bulletins and spreadsheets: '2024-Q1', '2024年1-2月',
 * '2024.1' (January), '2023-01~08' and '2023-Q1~Q3' (cumulative), '2024年上半年', '2024年末', '24/1/5'.
 * Full-width digits, blanks around and any dash of a range are accepted. A minute reading on the hour stays a
 * minute. Returns null when the text names no single period (下半年, 3-5月, impossible dates).
 */
export function parsePeriod(text: string): ParsedPeriod | null {
  if (text.length > MAX_LENGTH) return null;
  const normal = normalise(text);
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(normal);
    if (!match) continue;
    const reading = read((index) => match[index] ?? '');
    if (!reading) return null;
    const { freq, basis, ...parts } = reading;
    try {
      return { freq, startMs: periodOf(freq, parts), ...(basis && { basis }) };
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }
  return null;
}

/**
 * Day of an Excel date serial (1900 system), e.g. 45292 → 2024-01-01. Kept apart from {@link parsePeriod}:
 * only the caller knows that a bare number came from a date column. Null outside 1949–2100.
 */
export function excelSerialDay(serial: number): ParsedPeriod | null {
  if (!Number.isInteger(serial)) return null;
  const date = new Date(Date.UTC(1899, 11, 30) + serial * DAY_MS);
  if (Number.isNaN(date.getTime())) return null;
  return parsePeriod(date.toISOString().slice(0, 10));
}

function normalise(text: string): string {
  const half = text
    .normalize('NFKC')
    .replace(/[\u200b\ufeff]/g, '')
    .trim();
  // Between month names every kind of dash is the same range; a plain hyphen stays, it also separates dates.
  return half
    .replace(/\s*[~∼〜–—―至到]+\s*/g, '~')
    .replace(/年1月?-(\d{1,2})月/, '年1-$1月')
    .replace(/\s+(?=[年月日])/g, '')
    .replace(/([年月日])\s+/g, '$1');
}

function day(g: (index: number) => string): Reading {
  return { freq: 'D', year: int(g(1)), month: int(g(2)), day: int(g(3)) };
}

function hour(g: (index: number) => string): Reading {
  return { ...day(g), freq: 'H', hour: int(g(4)) };
}

function int(text: string): number {
  return Number.parseInt(text, 10);
}

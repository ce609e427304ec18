import type { DatasetColumn } from '@/metrics/model/dataset';
import { excelSerialDay, parsePeriod } from '@/metrics/time/parse-period';
import { civilOf, daysInMonth, instantOf } from '@/metrics/time/zone';
import { strip, toHalfWidth } from './clean';
import { type CellReader, type CellResult, missing, problem, value } from './result';

/** What a clock that was never set, an empty spreadsheet cell or "for ever" look like. */
const PLACEHOLDER_YEARS = new Set(['0000', '0001', '1899', '1900', '1970', '9999']);
/** The engine's DateTime and Date: an earlier day would be stored as 1970-01-01. */
const FIRST_YEAR = 1970;
/** Its Date32. */
const FIRST_LONG_YEAR = 1949;
const LAST_YEAR = 2105;
/** Farthest zones of the world. */
const MAX_ZONE_HOURS = 14;

const CANONICAL = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/;
const COMMON =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;

export interface TimeLimits {
  /** Canonical text of the last instant that may be: now + 10 min. */
  latest: string;
}

/**
 * Dates and times of Asia/Shanghai. A time with a zone (ISO text in UTC) is converted. 24:00 is the next day's 00:00.
 * `mayBeFuture` for deadlines, `isLong` for dates that may lie before 1970.
 */
export function timeReader(
  column: DatasetColumn,
  limits: TimeLimits,
  { mayBeFuture, isLong }: { mayBeFuture: boolean; isLong: boolean },
): CellReader {
  const width = column.type === 'date' ? 10 : 19;
  const latest = limits.latest.slice(0, width);
  return (raw) => {
    const read = canonicalTime(raw, column.type === 'date');
    if (typeof read !== 'string') return read;
    const fixed = read === raw.trim() || `${raw.trim()}:00` === read ? undefined : 'time_fixed';
    if (PLACEHOLDER_YEARS.has(read.slice(0, 4)))
      return column.nullable
        ? missing('placeholder_time')
        : problem('placeholder_time', `“${raw}”是占位日期,不是真实时间`);
    const year = Number(read.slice(0, 4));
    if (year < (isLong ? FIRST_LONG_YEAR : FIRST_YEAR) || year > LAST_YEAR)
      return problem('out_of_range', `“${raw}”的年份超出范围`);
    if (!mayBeFuture && read > latest) return problem('future_time', `${read} 晚于现在(允许误差 10 分钟)`);
    return value(read, fixed);
  };
}

function canonicalTime(raw: string, dateOnly: boolean): string | CellResult {
  const exact = CANONICAL.exec(raw);
  if (
    exact &&
    (exact[4] !== undefined) === !dateOnly &&
    isReal(exact[1], exact[2], exact[3], exact[4], exact[5], exact[6])
  )
    return raw;
  const text = toHalfWidth(strip(raw)).trim();
  const parts = COMMON.exec(text);
  if (parts) {
    const [, year, , month, day, hour, minute, second, zone] = parts;
    return assemble(raw, dateOnly, { year, month, day, hour, minute, second, zone });
  }
  const compact = COMPACT.exec(text);
  if (compact) {
    const [, year, month, day, hour, minute, second] = compact;
    return assemble(raw, dateOnly, { year, month, day, hour, minute, second });
  }
  return spreadsheetTime(raw, text, dateOnly);
}

interface Parts {
  year?: string;
  month?: string;
  day?: string;
  hour?: string;
  minute?: string;
  second?: string;
  zone?: string;
}

function assemble(raw: string, dateOnly: boolean, p: Parts): string | CellResult {
  const next = p.hour === '24' && Number(p.minute ?? 0) === 0 && Number(p.second ?? 0) === 0;
  const hour = next ? '0' : (p.hour ?? '0');
  if (!isReal(p.year, p.month, p.day, hour, p.minute ?? '0', p.second ?? '0'))
    return problem('bad_time', `“${raw}”不是存在的日期或时间`);
  if (dateOnly && !p.zone && !next) return dateText(p);
  if (p.hour === undefined && !dateOnly) return problem('time_missing', `“${raw}”只有日期,缺少时间`);
  if (p.zone && Math.abs(zoneMinutes(p.zone)) > MAX_ZONE_HOURS * 60)
    return problem('bad_time', `“${raw}”的时区不存在`);
  let ms = instantOf(
    Number(p.year),
    Number(p.month),
    Number(p.day) + (next ? 1 : 0),
    Number(hour),
    Number(p.minute ?? 0),
  );
  ms += Number(p.second ?? 0) * 1000;
  if (p.zone) ms += (8 * 60 - zoneMinutes(p.zone)) * 60_000;
  return civilText(ms).slice(0, dateOnly ? 10 : 19);
}

/** Excel serial days and the Chinese forms of a date; only where they name one day, or one minute. */
function spreadsheetTime(raw: string, text: string, dateOnly: boolean): string | CellResult {
  if (/^\d{5}$/.test(text) && dateOnly) {
    const day = excelSerialDay(Number(text));
    if (day) return civilText(day.startMs).slice(0, 10);
  }
  const period = parsePeriod(text);
  const fits = dateOnly ? period?.freq === 'D' : period?.freq === 'H' || period?.freq === 'N';
  if (period && fits) return civilText(period.startMs).slice(0, dateOnly ? 10 : 19);
  if (period && !dateOnly && period.freq === 'D') return problem('time_missing', `“${raw}”只有日期,缺少时间`);
  return problem(
    'bad_time',
    `“${raw}”不是${dateOnly ? '日期' : '时间'},应如 ${dateOnly ? '2026-01-31' : '2026-01-31 09:00:00'}`,
  );
}

/** Milliseconds since the epoch as civil text of Asia/Shanghai, `YYYY-MM-DD hh:mm:ss`. */
export function civilText(ms: number): string {
  const c = civilOf(ms);
  const seconds = Math.floor(ms / 1000) % 60;
  return `${String(c.year).padStart(4, '0')}-${two(c.month)}-${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(seconds)}`;
}

function dateText(p: Parts): string {
  return `${p.year}-${(p.month ?? '').padStart(2, '0')}-${(p.day ?? '').padStart(2, '0')}`;
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

function isReal(year = '', month = '', day = '', hour = '0', minute = '0', second = '0'): boolean {
  const m = Number(month);
  const d = Number(day);
  if (m < 1 || m > 12 || d < 1 || d > daysInMonth(Number(year), m)) return false;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

/** Minutes east of UTC. */
function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone[0] === '-' ? -minutes : minutes;
}

import { dayKey } from './calendar';
import { DAY_MS, daysInMonth } from './zone';

/** Days as an announcement names them, ready for a holiday table; order of the text, each day once. */
export interface NoticeDays {
  off: string[];
  work: string[];
  /** Days of other years: they belong into the tables of those. */
  otherYears: string[];
}

const DATE = String.raw`(?:(?:(\d{4})[年/-])?(\d{1,2})[月/-])?(\d{1,2})日?`;
/** A full date, then perhaps the end of a stretch, whose month and year may be left out. */
const STRETCH = new RegExp(
  String.raw`(?:(\d{4})[年/-])?(\d{1,2})[月/-](\d{1,2})日?(?:(?:至|到|~|—+|–)${DATE})?`,
  'g',
);
const WORKED = /上班/;
const FREE = /放假|补休/;

/**
 * Reads the days of a holiday notice: sentences that say 上班 name make-up working days, those that say 放假 or 补休
 * days off. Remarks in brackets (weekdays, lunar dates) are passed over, and so is every sentence that says neither.
 */
export function readHolidayNotice(text: string, year: number): NoticeDays {
  const plain = text.normalize('NFKC').replace(/\([^()]*\)/g, '');
  const found = { off: new Set<string>(), work: new Set<string>() };
  for (const sentence of plain.split(/[。;\n]/)) {
    if (WORKED.test(sentence)) for (const day of daysIn(sentence, year)) found.work.add(day);
    else if (FREE.test(sentence)) for (const day of daysIn(sentence, year)) found.off.add(day);
  }
  const ofYear = (day: string) => day.startsWith(`${year}-`);
  return {
    off: [...found.off].filter(ofYear),
    work: [...found.work].filter(ofYear),
    otherYears: [...found.off, ...found.work].filter((day) => !ofYear(day)),
  };
}

/** Days and stretches of days in a text, one after the other; whatever is no date is passed over. */
export function daysIn(text: string, year: number): string[] {
  return [...text.normalize('NFKC').replace(/\s/g, ' ').matchAll(STRETCH)].flatMap((match) => {
    const from = civil(match[1], match[2], match[3], year);
    if (!from) return [];
    if (match[6] === undefined) return [from.key];
    const to = civil(match[4], match[5] ?? String(from.month), match[6], Number(match[1] ?? year));
    return to ? stretch(from.at, to.at) : [from.key];
  });
}

interface CivilDay {
  at: number;
  key: string;
  month: number;
}

function civil(
  yearText: string | undefined,
  monthText: string | undefined,
  dayText: string | undefined,
  defaultYear: number,
): CivilDay | null {
  const [year, month, day] = [Number(yearText ?? defaultYear), Number(monthText), Number(dayText)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  // Noon in Shanghai, so that a day added is the next day whatever the offset.
  const at = Date.UTC(year, month - 1, day, 4);
  return { at, key: dayKey(at), month };
}

/** Longest holiday worth believing; a typing error must not fill a year. */
const MAX_STRETCH_DAYS = 31;

function stretch(fromMs: number, toMs: number): string[] {
  const days = Math.round((toMs - fromMs) / DAY_MS) + 1;
  if (days < 1 || days > MAX_STRETCH_DAYS) return [dayKey(fromMs)];
  return Array.from({ length: days }, (_, index) => dayKey(fromMs + index * DAY_MS));
}

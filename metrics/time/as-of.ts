import { parsePeriod } from './parse-period';
import { civilOf } from './zone';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * The instant that an `asOf` names: a date means what was known at its end, a date-time without zone (what a browser's
 * date control gives) is China's. Null for anything else.
 */
export function parseAsOf(text: string): number | null {
  const ms = DATE.test(text)
    ? Date.parse(`${text}T23:59:59.999+08:00`)
    : LOCAL.test(text)
      ? Date.parse(`${text}+08:00`)
      : ZONED.test(text)
        ? Date.parse(text)
        : Number.NaN;
  // `Date.parse` reads 30 February as 1 March.
  return Number.isNaN(ms) || parsePeriod(text.slice(0, 10)) === null ? null : ms;
}

/** Instant as a browser's date control writes it, on China's clock: 2021-03-31T12:00. */
export function localMinute(ms: number): string {
  const { year, month, day, hour, minute } = civilOf(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

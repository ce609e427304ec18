import { parsePeriod } from '@/metrics/time/parse-period';
import { AppError } from '@/server/errors';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * The instant of a page's `asOf`: a date means what was known at its end, a date-time without zone (what a browser's
 * date control gives) is China's.
 * @throws AppError `bad_input`.
 */
export function asOfInstant(text: string): number {
  const ms = DATE.test(text)
    ? Date.parse(`${text}T23:59:59.999+08:00`)
    : LOCAL.test(text)
      ? Date.parse(`${text}+08:00`)
      : ZONED.test(text)
        ? Date.parse(text)
        : Number.NaN;
  // `Date.parse` reads 30 February as 1 March.
  if (Number.isNaN(ms) || parsePeriod(text.slice(0, 10)) === null) {
    throw new AppError('bad_input', `“${text}”不是可识别的时刻,应为 2021-03-31 或 2021-03-31T12:00`, {
      place: 'asOf',
    });
  }
  return ms;
}

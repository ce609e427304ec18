import { parsePeriod } from '@/metrics/time/parse-period';
import { nextPeriod } from '@/metrics/time/period';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { knownInstantOf } from '@/server/services/observations/known-instant';

const EXAMPLES = '如 2024、2024-Q1、2024-03、2024-03-05、2024-03-05T08';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** First instant of the named period. */
export function fromMsOf(text: string): number {
  return parsed(text, 'from').startMs;
}

/** End of the named period: `to` includes it, as SDMX's endPeriod does. */
export function toMsOf(text: string): number {
  const { freq, startMs } = parsed(text, 'to');
  return nextPeriod(freq, startMs);
}

/** An ISO instant with its zone, or a date, which means what was known at its end in China; none to come. */
export function asOfMsOf(ctx: Context, text: string): number {
  // In a query string a plus sign that was not encoded arrives as a blank.
  const repaired = text.trim().replace(/ (\d{2}:\d{2})$/, '+$1');
  const ms = DATE.test(repaired)
    ? Date.parse(`${repaired}T23:59:59.999+08:00`)
    : INSTANT.test(repaired)
      ? Date.parse(repaired)
      : Number.NaN;
  // `Date.parse` reads 30 February as 1 March.
  if (Number.isNaN(ms) || parsePeriod(repaired.slice(0, 10)) === null) {
    throw new AppError(
      'bad_input',
      `“${text}”不是可识别的时刻,应为日期(2024-03-05)或带时区的时刻(2024-03-05T08:00:00+08:00)`,
      { place: 'asOf' },
    );
  }
  return knownInstantOf(ctx, repaired, ms);
}

function parsed(text: string, place: string) {
  const period = parsePeriod(text);
  if (!period) throw new AppError('bad_input', `“${text}”不是可识别的时期,${EXAMPLES}`, { place });
  return period;
}

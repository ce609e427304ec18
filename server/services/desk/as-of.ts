import { parseAsOf } from '@/metrics/time/as-of';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { knownInstantOf } from '@/server/services/observations/known-instant';

/**
 * The instant of a page's `asOf`.
 * @throws AppError `bad_input` for what is none, and for one to come.
 */
export function asOfInstant(ctx: Context, text: string): number {
  const ms = parseAsOf(text);
  if (ms === null) {
    throw new AppError('bad_input', `“${text}”不是可识别的时刻,应为 2021-03-31 或 2021-03-31T12:00`, {
      place: 'asOf',
    });
  }
  return knownInstantOf(ctx, text, ms);
}

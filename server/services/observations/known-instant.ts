import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';

/** How far a clock elsewhere may be ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/**
 * The instant to read as of, never after now: what will be known later is not known.
 * @throws AppError `bad_input` for an instant to come.
 */
export function knownInstant(ctx: Context, asOfMs: number, toleranceMs = CLOCK_TOLERANCE_MS): number {
  const nowMs = ctx.clock.nowMs();
  if (asOfMs - nowMs >= toleranceMs) throw new AppError('bad_input', '截至时刻还没有到', { place: 'asOf' });
  return Math.min(asOfMs, nowMs);
}

/**
 * The same for what somebody wrote: a date means its end, and of today, which has not ended, what is known now.
 * @throws AppError `bad_input` for an instant to come.
 */
export function knownInstantOf(ctx: Context, text: string, asOfMs: number): number {
  return knownInstant(ctx, asOfMs, text.includes('T') ? CLOCK_TOLERANCE_MS : DAY_MS);
}

import { parseAsOf } from '@/metrics/time/as-of';

export interface AddressedInstant {
  /** Undefined is now. */
  asOfMs: number | undefined;
  /** Why the address is not followed, for people. */
  problem: string | null;
}

/** The instant that the address names. What cannot be followed is shown as now and said, never silently. */
export function instantOfAddress(asOf: string | undefined, nowMs: number): AddressedInstant {
  if (asOf === undefined) return { asOfMs: undefined, problem: null };
  const asOfMs = parseAsOf(asOf);
  if (asOfMs === null) return { asOfMs: undefined, problem: `“${asOf}”不是可识别的时刻,画面为实时` };
  if (asOfMs <= nowMs) return { asOfMs, problem: null };
  // A date means its end, and today has not ended yet: what is known now is all that is known today.
  const today = asOfMs - nowMs < DAY_MS && !asOf.includes('T');
  return { asOfMs: undefined, problem: today ? null : `${asOf} 还没有到,画面为实时` };
}

const DAY_MS = 86_400_000;

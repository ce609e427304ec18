import type { Freq } from '@/metrics/model/cell';
import { type Fragment, param, sql, text } from './fragment';

/** Civil time of every period. */
export const ZONE = 'Asia/Shanghai';

/** An instant given in epoch milliseconds, at second precision. */
export function instant(ms: number): Fragment {
  return sql`toDateTime(${param(Math.floor(ms / 1000), 'Int64')}, ${text(ZONE)})`;
}

/** A day as the first instant of its civil day. */
export function dayStart(day: Fragment): Fragment {
  return sql`toDateTime(${day}, ${text(ZONE)})`;
}

/** Exclusive end of the period that starts at the instant `start`. */
export function periodEnd(freq: Freq, start: Fragment): Fragment {
  if (freq === 'N') return sql`(${start} + INTERVAL 1 MINUTE)`;
  if (freq === 'H') return sql`(${start} + INTERVAL 1 HOUR)`;
  if (freq === 'D') return sql`(${start} + INTERVAL 1 DAY)`;
  if (freq === 'M') return sql`(${start} + INTERVAL 1 MONTH)`;
  if (freq === 'Q') return sql`(${start} + INTERVAL 1 QUARTER)`;
  return sql`(${start} + INTERVAL 1 YEAR)`;
}

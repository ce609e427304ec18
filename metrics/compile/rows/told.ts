import type { DatasetContract } from '@/metrics/model/dataset';
import { type Fragment, ident, sql } from '../sql/fragment';
import { dayStart, instant } from '../sql/time';
import type { Window } from '../types';
import { ITEM_FUNCTIONS } from './items';
import type { RowMetric } from './resolve';

/**
 * A share whose denominator counts things: where rows came and none of them belongs to it, nothing was due, and that is
 * known (calculus.md §24). Of a mean and of a quotient of sums nothing is known there: the rows may lack their values.
 */
export function isShareOfCounted({ definition: { fn, ...of }, denominator, byCity }: RowMetric): boolean {
  if (denominator === undefined || byCity) return false;
  return fn !== undefined || of.denominator?.agg === 'count' || of.denominator?.agg === 'distinct';
}

/** What is asked of a pass over rows to say where others of its dataset came. */
interface Pass {
  contract: DatasetContract;
  time: string;
  window: Window;
  nowMs: number;
  metrics: readonly RowMetric[];
}

/**
 * Counties and days that rows tell of, whatever places them in the pass: of rows in their latest state their business
 * time; of a register that is delivered as events every month from a county's first event to the newest one (as
 * server/compute/stocks.ts counts its stocks), by its first day. Undefined where the pass itself sees them all, or has no
 * share that asks.
 */
export function toldElsewhere({ contract, time, window, nowMs, metrics }: Pass): Fragment | undefined {
  if (time === contract.businessTime || !metrics.some(isShareOfCounted)) return undefined;
  const at = ident(contract.businessTime);
  const rows = sql`SELECT ${ident(contract.regionColumn)} AS rc, toDate(${at}) AS told_day, is_demo FROM ${ident(contract.name)} FINAL`;
  const within = (day: Fragment) =>
    sql`${dayStart(day)} >= ${instant(window.fromMs)} AND ${dayStart(day)} < ${instant(window.toMs)}`;
  const isPast = (day: Fragment) => sql`${dayStart(day)} <= ${instant(nowMs)}`;
  const isRegister = metrics.some(({ definition: { fn } }) => fn && ITEM_FUNCTIONS.includes(fn.name));
  if (!isRegister)
    return sql`SELECT rc, told_day AS gathered, is_demo AS row_demo FROM (${rows}) WHERE ${within(sql`told_day`)} AND ${isPast(sql`told_day`)}`;
  return sql`
    SELECT rc, gathered, row_demo FROM (
      SELECT rc, row_demo, arrayJoin(arrayMap(i -> addMonths(first, i), range(toUInt32(dateDiff('month', first, newest) + 1)))) AS gathered
      FROM (
        SELECT rc, toStartOfMonth(min(told_day)) AS first, max(is_demo) AS row_demo,
          max(max(told_day)) OVER (PARTITION BY intDiv(rc, 10000)) AS newest
        FROM (${rows}) WHERE ${isPast(sql`told_day`)} GROUP BY rc
      )
    )
    WHERE ${within(sql`gathered`)}`;
}

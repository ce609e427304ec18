import type { NodeOutcome } from './deadlines';
import { nodeOutcome } from './deadlines';
import type { Result } from './result';
import { rate } from './share';

export interface DueItem {
  deadlineMs: number;
  doneMs: number | null;
}

/**
 * 办结率 of a half-open statistical period, percent: on time / **due** (deadline inside the period). Items not yet due
 * are in no denominator, whenever they were assigned (T59). Also counts what is overdue and still open at `nowMs`.
 */
export function dueRate(
  items: readonly DueItem[],
  period: { fromMs: number; toMs: number },
  nowMs: number,
): { rate: Result; due: number; onTime: number; late: number; overdueOpen: number } {
  // A deadline of midnight ends the day before it: the last day of a period belongs to that period.
  const due = items.filter(
    ({ deadlineMs }) => deadlineMs > period.fromMs && deadlineMs <= period.toMs && deadlineMs <= nowMs,
  );
  const outcomes = due.map(({ deadlineMs, doneMs }) => nodeOutcome(deadlineMs, doneMs, nowMs));
  const count = (outcome: NodeOutcome) => outcomes.filter((o) => o === outcome).length;
  const onTime = count('on_time');
  return {
    rate: rate(onTime, due.length),
    due: due.length,
    onTime,
    late: count('late'),
    overdueOpen: count('overdue'),
  };
}

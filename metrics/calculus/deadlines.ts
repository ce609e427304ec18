import {
  addWorkingDays,
  type CalendarBasis,
  WEEKDAYS_ONLY,
  type WorkCalendar,
} from '@/metrics/time/calendar';
import { civilOf, DAY_MS, daysInMonth, HOUR_MS, instantOf } from '@/metrics/time/zone';

/** Nodes of the 13710 system: deploy in 1 day, feed back in 3, settle in 7 (general) or within a month (complex). */
export type DeadlineNode = 'd1' | 'd3' | 'd7' | 'm1';

export interface DeadlineConfig {
  calendar: 'natural' | 'workday';
  /** Reads "1" as 当天 instead of 1 天内. */
  d1SameDay: boolean;
  /** Days given up at each hand-over to the level below. */
  bufferDays: number;
}

export const DEADLINE_CONFIG: DeadlineConfig = { calendar: 'natural', d1SameDay: false, bufferDays: 1 };

const DAYS: Readonly<Record<Exclude<DeadlineNode, 'm1'>, number>> = { d1: 1, d3: 3, d7: 7 };

export interface Deadline {
  /** First instant that is too late: done before it is on time. */
  deadlineMs: number;
  /** For working-day deadlines: whether holiday tables covered the stretch. */
  basis: CalendarBasis | 'natural';
}

/**
 * Deadline of a node: the assignment day is day 0 and day n counts until its 24:00 (T57, T58). A month later is the same
 * day of the next month, or its last. The month is always a calendar month, also in the working-day variant.
 */
export function deadline(
  assignedMs: number,
  node: DeadlineNode,
  config: Partial<DeadlineConfig> = {},
  workCalendar: WorkCalendar = WEEKDAYS_ONLY,
): Deadline {
  const { calendar, d1SameDay } = { ...DEADLINE_CONFIG, ...config };
  const { year, month, day } = civilOf(assignedMs);
  if (node === 'm1') {
    const last = Math.min(day, daysInMonth(year, month + 1));
    return { deadlineMs: instantOf(year, month + 1, last + 1), basis: 'natural' };
  }
  const days = node === 'd1' && d1SameDay ? 0 : DAYS[node];
  if (calendar === 'natural') return { deadlineMs: instantOf(year, month, day + days + 1), basis: 'natural' };
  const { dayMs, basis } = addWorkingDays(workCalendar, assignedMs, days);
  const end = civilOf(dayMs);
  return { deadlineMs: instantOf(end.year, end.month, end.day + 1), basis };
}

/** Deadline for the level below: earlier by the buffer for each hand-over. */
export function handedOnDeadline(deadlineMs: number, bufferDays = DEADLINE_CONFIG.bufferDays): number {
  const { year, month, day, hour, minute } = civilOf(deadlineMs);
  return instantOf(year, month, day - bufferDays, hour, minute);
}

/**
 * Deadline after extensions: each one counts only when approved before the deadline then in force; approval after
 * the fact does not undo the overdue node.
 */
export function extendedDeadline(
  originalMs: number,
  extensions: readonly { approvedMs: number; deadlineMs: number }[],
): number {
  return [...extensions]
    .sort((a, b) => a.approvedMs - b.approvedMs)
    .reduce((current, e) => (e.approvedMs < current ? e.deadlineMs : current), originalMs);
}

export type NodeOutcome = 'on_time' | 'late' | 'open' | 'overdue';

/** Outcome of a node at an instant; a node done after `nowMs` is not done yet. */
export function nodeOutcome(deadlineMs: number, doneMs: number | null, nowMs: number): NodeOutcome {
  if (doneMs !== null && doneMs <= nowMs) return doneMs < deadlineMs ? 'on_time' : 'late';
  return nowMs < deadlineMs ? 'open' : 'overdue';
}

export type TaskLamp = 'green' | 'yellow' | 'red' | 'grey';

/** Lamp of a task: grey done, red overdue, yellow within 24 h (7-day node) or 3 days (1-month node), else green. */
export function taskLamp(
  node: 'd7' | 'm1',
  deadlineMs: number,
  doneMs: number | null,
  nowMs: number,
): TaskLamp {
  const outcome = nodeOutcome(deadlineMs, doneMs, nowMs);
  if (outcome === 'on_time' || outcome === 'late') return 'grey';
  if (outcome === 'overdue') return 'red';
  return deadlineMs - nowMs <= (node === 'd7' ? 24 * HOUR_MS : 3 * DAY_MS) ? 'yellow' : 'green';
}

import type { Freq } from '@/metrics/model/cell';
import { addWorkingDays, type CalendarBasis, type WorkCalendar } from './calendar';
import { nextPeriod } from './period';
import { civilOf, DAY_MS, daysInMonth, HOUR_MS, instantOf, MINUTE_MS } from './zone';

/** One promise of a release lag; alternatives for different frequencies are several of these. */
export type LagRule =
  | { kind: 'realtime'; withinMs: number }
  /** Day of the month following the period's month (`month`) or the period's quarter (`quarter`). */
  | { kind: 'day_after'; unit: 'month' | 'quarter'; fromDay: number; toDay: number }
  /** Days after the period's last day; with an hour, due at that hour, otherwise at the end of the day. */
  | { kind: 'next_day'; days: number; hour?: number }
  /** Months of the period's own year (0) or the next one (1); with days, from and to these, otherwise whole months. */
  | {
      kind: 'in_year';
      yearOffset: 0 | 1;
      fromMonth: number;
      toMonth: number;
      fromDay?: number;
      toDay?: number;
    }
  /** Elapsed time after the end of the period. */
  | { kind: 'elapsed'; afterMs: number };

type Rule = { pattern: RegExp; read: (n: (index: number) => number) => LagRule };

const RULES: readonly Rule[] = [
  { pattern: /^实时$/, read: () => ({ kind: 'realtime', withinMs: 0 }) },
  { pattern: /^实时\(小时\)$/, read: () => ({ kind: 'realtime', withinMs: HOUR_MS }) },
  { pattern: /^实时\(分钟\)$/, read: () => ({ kind: 'realtime', withinMs: MINUTE_MS }) },
  { pattern: /^实时\((\d+)分钟\)$/, read: (n) => ({ kind: 'realtime', withinMs: n(1) * MINUTE_MS }) },
  {
    pattern: /^([月季])后(\d+)(?:-(\d+))?日$/,
    read: (n) => ({
      kind: 'day_after',
      unit: n(1) === 0 ? 'month' : 'quarter',
      fromDay: n(2),
      toDay: n(3) || n(2),
    }),
  },
  {
    pattern: /^次日(?:(\d+)时)?$/,
    read: (n) => ({ kind: 'next_day', days: 1, ...(n(1) && { hour: n(1) }) }),
  },
  {
    pattern: /^当日(?:(\d+)时)?$/,
    read: (n) => ({ kind: 'next_day', days: 0, ...(n(1) && { hour: n(1) }) }),
  },
  { pattern: /^次年$/, read: () => ({ kind: 'in_year', yearOffset: 1, fromMonth: 1, toMonth: 12 }) },
  {
    pattern: /^次年(\d+)(?:-(\d+))?月$/,
    read: (n) => ({ kind: 'in_year', yearOffset: 1, fromMonth: n(1), toMonth: n(2) || n(1) }),
  },
  {
    pattern: /^学年初报表\((\d+)月\)$/,
    read: (n) => ({ kind: 'in_year', yearOffset: 0, fromMonth: n(1), toMonth: n(1) }),
  },
  {
    // 中旬 is the 11th to the 20th.
    pattern: /^(\d+)月中旬$/,
    read: (n) => ({
      kind: 'in_year',
      yearOffset: 0,
      fromMonth: n(1),
      toMonth: n(1),
      fromDay: 11,
      toDay: 20,
    }),
  },
  { pattern: /^(?:初报)?(\d+)小时$/, read: (n) => ({ kind: 'elapsed', afterMs: n(1) * HOUR_MS }) },
  { pattern: /^(?:核报)?(\d+)日$/, read: (n) => ({ kind: 'elapsed', afterMs: n(1) * DAY_MS }) },
];

/**
 * Reads a catalogue `release_lag` ("月后18-22日", "次年2-3月", "实时(小时)", "次年4月/月后20日" …). Null when
 * any part is not understood: an unread promise must not silently become another one.
 */
export function parseReleaseLag(text: string): LagRule[] | null {
  const rules: LagRule[] = [];
  for (const part of text.normalize('NFKC').replace(/\s/g, '').split('/')) {
    const rule = RULES.find(({ pattern }) => pattern.test(part));
    const match = rule?.pattern.exec(part);
    if (!rule || !match) return null;
    rules.push(rule.read((index) => numberOf(match[index])));
  }
  return rules;
}

export interface ExpectedRelease {
  /** First instant of the customary window; equals dueMs's day for a single date. */
  fromMs: number;
  /** Instant by which the figure is promised (exclusive end of the last promised day). */
  dueMs: number;
}

/**
 * When the figure of a period is promised. Of several alternatives the one that speaks of this frequency
 * counts (次年 for years, 月后 and 季后 for months and quarters, the rest for days and finer); failing that
 * the latest one. Null when the lag is not understood.
 */
export function expectedRelease(
  lag: string | readonly LagRule[],
  freq: Freq,
  startMs: number,
): ExpectedRelease | null {
  const rules = typeof lag === 'string' ? parseReleaseLag(lag) : lag;
  if (!rules || rules.length === 0) return null;
  const fitting = rules.filter((rule) => speaksOf(rule, freq));
  const windows = (fitting.length > 0 ? fitting : rules).map((rule) => windowOf(rule, freq, startMs));
  return windows.reduce((latest, window) => (window.dueMs > latest.dueMs ? window : latest));
}

/** Grace after the promised release before a missing figure shows as 逾期未报 (calculus.md §25). */
export const OVERDUE_GRACE_WORKING_DAYS = 2;

/** Instant from which a missing figure is overdue: the end of the second working day after the due day. */
export function overdueFrom(
  calendar: WorkCalendar,
  dueMs: number,
  graceWorkingDays = OVERDUE_GRACE_WORKING_DAYS,
): { overdueMs: number; basis: CalendarBasis } {
  // A due instant at midnight is the end of the day before it.
  const { dayMs, basis } = addWorkingDays(calendar, dueMs - 1, graceWorkingDays);
  const { year, month, day } = civilOf(dayMs);
  return { overdueMs: instantOf(year, month, day + 1), basis };
}

/** `pending`: promised, not yet due. `late`: past the promise, within grace. `overdue`: 逾期未报. */
export type ReleaseState = 'pending' | 'late' | 'overdue';

/** State of a figure that has not arrived, at an instant. */
export function missingReleaseState(calendar: WorkCalendar, dueMs: number, nowMs: number): ReleaseState {
  if (nowMs < dueMs) return 'pending';
  return nowMs < overdueFrom(calendar, dueMs).overdueMs ? 'late' : 'overdue';
}

function windowOf(rule: LagRule, freq: Freq, startMs: number): ExpectedRelease {
  const endMs = nextPeriod(freq, startMs);
  const last = civilOf(endMs - 1);
  switch (rule.kind) {
    case 'realtime':
      return { fromMs: endMs, dueMs: endMs + rule.withinMs };
    case 'elapsed':
      return { fromMs: endMs, dueMs: endMs + rule.afterMs };
    case 'next_day': {
      const dayMs = instantOf(last.year, last.month, last.day + rule.days);
      const dueMs =
        rule.hour === undefined
          ? instantOf(last.year, last.month, last.day + rule.days + 1)
          : dayMs + rule.hour * HOUR_MS;
      return { fromMs: Math.max(Math.min(endMs, dueMs), dayMs), dueMs };
    }
    case 'day_after': {
      const month = rule.unit === 'month' ? last.month + 1 : Math.ceil(last.month / 3) * 3 + 1;
      const length = daysInMonth(last.year, month);
      return {
        fromMs: instantOf(last.year, month, Math.min(rule.fromDay, length)),
        dueMs: instantOf(last.year, month, Math.min(rule.toDay, length) + 1),
      };
    }
    case 'in_year': {
      const year = last.year + rule.yearOffset;
      return {
        fromMs: instantOf(year, rule.fromMonth, rule.fromDay ?? 1),
        dueMs:
          rule.toDay === undefined
            ? instantOf(year, rule.toMonth + 1)
            : instantOf(year, rule.toMonth, rule.toDay + 1),
      };
    }
  }
}

function speaksOf(rule: LagRule, freq: Freq): boolean {
  if (freq === 'A') return rule.kind === 'in_year';
  if (freq === 'Q' || freq === 'M') return rule.kind === 'day_after';
  return rule.kind === 'realtime' || rule.kind === 'next_day' || rule.kind === 'elapsed';
}

/** Group as a number; 月 is 0 and 季 is 1, an absent group 0. */
function numberOf(group: string | undefined): number {
  if (group === undefined || group === '月') return 0;
  return group === '季' ? 1 : Number(group);
}

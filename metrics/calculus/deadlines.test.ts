import { describe, expect, it } from 'vitest';
import { workCalendar } from '@/metrics/time/calendar';
import { instantOf } from '@/metrics/time/zone';
import { deadline, extendedDeadline, handedOnDeadline, nodeOutcome, taskLamp } from './deadlines';
import { dueRate } from './due-rate';

const ASSIGNED = instantOf(2026, 3, 6, 16, 20);

describe('13710 deadlines', () => {
  it('counts natural days to 24:00, the assignment day being day 0 (T58)', () => {
    expect(deadline(ASSIGNED, 'd1').deadlineMs).toBe(instantOf(2026, 3, 8));
    expect(deadline(ASSIGNED, 'd3').deadlineMs).toBe(instantOf(2026, 3, 10));
    expect(deadline(ASSIGNED, 'd7')).toEqual({ deadlineMs: instantOf(2026, 3, 14), basis: 'natural' });
    expect(deadline(ASSIGNED, 'd1', { d1SameDay: true }).deadlineMs).toBe(instantOf(2026, 3, 7));
  });

  it('counts working days in that variant, by holiday tables where there are any', () => {
    const workday = { calendar: 'workday' } as const;
    expect(deadline(ASSIGNED, 'd7', workday)).toEqual({
      deadlineMs: instantOf(2026, 3, 18),
      basis: 'weekday',
    });
    const calendar = workCalendar([
      { year: 2026, off: ['2026-03-09'], work: ['2026-03-08'], source: 'test' },
    ]);
    expect(deadline(ASSIGNED, 'd1', workday, calendar)).toEqual({
      deadlineMs: instantOf(2026, 3, 9),
      basis: 'table',
    });
  });

  it('takes the last day of a shorter month (T57)', () => {
    expect(deadline(instantOf(2026, 1, 31, 9), 'm1').deadlineMs).toBe(instantOf(2026, 3, 1));
    expect(deadline(instantOf(2026, 12, 15), 'm1').deadlineMs).toBe(instantOf(2027, 1, 16));
    expect(deadline(instantOf(2024, 1, 30), 'm1').deadlineMs).toBe(instantOf(2024, 3, 1));
  });

  it('is on time at 23:59 and late at 00:00', () => {
    const deadlineMs = instantOf(2026, 3, 14);
    const now = instantOf(2026, 3, 20);
    expect(nodeOutcome(deadlineMs, instantOf(2026, 3, 13, 23, 59), now)).toBe('on_time');
    expect(nodeOutcome(deadlineMs, deadlineMs, now)).toBe('late');
    expect(nodeOutcome(deadlineMs, null, deadlineMs - 1)).toBe('open');
    expect(nodeOutcome(deadlineMs, null, deadlineMs)).toBe('overdue');
    expect(nodeOutcome(deadlineMs, now + 1, now)).toBe('overdue');
  });

  it('moves only by extensions approved in time, and shrinks when handed on', () => {
    const original = instantOf(2026, 3, 14);
    const later = instantOf(2026, 4, 1);
    expect(extendedDeadline(original, [{ approvedMs: original - 1, deadlineMs: later }])).toBe(later);
    expect(extendedDeadline(original, [{ approvedMs: original, deadlineMs: later }])).toBe(original);
    expect(handedOnDeadline(original)).toBe(instantOf(2026, 3, 13));
  });

  it('lights yellow a day (three for the month) ahead, red overdue, grey done', () => {
    const at = instantOf(2026, 3, 14);
    expect(taskLamp('d7', at, null, instantOf(2026, 3, 12, 23))).toBe('green');
    expect(taskLamp('d7', at, null, instantOf(2026, 3, 13))).toBe('yellow');
    expect(taskLamp('m1', at, null, instantOf(2026, 3, 11))).toBe('yellow');
    expect(taskLamp('m1', at, null, instantOf(2026, 3, 10, 23))).toBe('green');
    expect(taskLamp('d7', at, null, at)).toBe('red');
    expect(taskLamp('d7', at, at - 1, at)).toBe('grey');
  });
});

describe('dueRate', () => {
  it('divides by what fell due, not by what was assigned (T59)', () => {
    const march = { fromMs: instantOf(2026, 3), toMs: instantOf(2026, 4) };
    const now = instantOf(2026, 4, 2);
    const due = instantOf(2026, 3, 20);
    const items = [
      ...Array.from({ length: 46 }, () => ({ deadlineMs: due, doneMs: due - 1 })),
      ...Array.from({ length: 3 }, () => ({ deadlineMs: due, doneMs: due + 1 })),
      { deadlineMs: due, doneMs: null },
      // In progress, due in April: in no denominator.
      { deadlineMs: instantOf(2026, 4, 5), doneMs: null },
    ];
    expect(dueRate(items, march, now)).toMatchObject({
      rate: { value: '92' },
      due: 50,
      onTime: 46,
      late: 3,
      overdueOpen: 1,
    });
  });

  it('counts the last day of a period, whose midnight is the next one', () => {
    const march = { fromMs: instantOf(2026, 3), toMs: instantOf(2026, 4) };
    const lastDay = [{ deadlineMs: instantOf(2026, 4), doneMs: null }];
    const firstDayBefore = [{ deadlineMs: instantOf(2026, 3), doneMs: null }];
    expect(dueRate(lastDay, march, instantOf(2026, 5)).due).toBe(1);
    expect(dueRate(firstDayBefore, march, instantOf(2026, 5)).due).toBe(0);
    expect(dueRate([], march, instantOf(2026, 5)).rate.flags).toEqual(['div0']);
  });
});

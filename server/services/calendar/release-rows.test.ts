import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { workCalendar } from '@/metrics/time/calendar';
import { SHIPPED_HOLIDAYS } from '@/metrics/time/holidays';
import { instantOf } from '@/metrics/time/zone';
import { releasesOf } from '@/server/services/calendar/release-rows';

const calendar = workCalendar(SHIPPED_HOLIDAYS);
const monthly = {
  period_rule: 'MC',
  release: { lag: '月后18-22日', rules: [{ type: 'after_period', period: 'month', days: [18, 22] }] },
} as unknown as MetricDefinition;
const figure = (periodMs: number, more: Partial<Observation> = {}) =>
  ({
    freq: 'M',
    periodMs,
    basis: 'ytd',
    vintageMs: instantOf(2026, 10, 20),
    value: '1',
    ...more,
  }) as Observation;

const brief = (rows: ReturnType<typeof releasesOf>) =>
  rows.map(({ periodLabel, state, missing }) => [periodLabel, state, missing]);

describe('the release calendar of one metric', () => {
  it('holds the newest figure while recent, and what is promised within sixty days', () => {
    const rows = releasesOf(monthly, figure(instantOf(2026, 9)), {
      asOfMs: instantOf(2026, 11, 10),
      calendar,
    });
    // October is promised for 18–22 November, November for 18–22 December; December, for 18 January, is 69 days ahead.
    expect(brief(rows)).toEqual([
      ['2026年1-9月', 'arrived', 1],
      ['2026年1-10月', 'pending', 1],
      ['2026年1-11月', 'pending', 1],
    ]);
    expect(rows[1]).toMatchObject({
      fromMs: instantOf(2026, 11, 18),
      dueMs: instantOf(2026, 11, 23),
      arrivedMs: null,
    });
    expect(rows[0]?.arrivedMs).toBe(instantOf(2026, 10, 20));
  });

  it('tells of a silent metric once: the first missing period and how many there are', () => {
    const rows = releasesOf(monthly, figure(instantOf(2026, 6)), {
      asOfMs: instantOf(2026, 11, 24),
      calendar,
    });
    // July, August, September and October are due (October since the 23rd, still within its grace).
    expect(brief(rows)).toEqual([
      ['2026年1-7月', 'overdue', 4],
      ['2026年1-11月', 'pending', 1],
      ['2026年1-12月', 'pending', 1],
    ]);
  });

  it('asks for no month of a year that was published whole, and says which are told by years alone', () => {
    const year = figure(instantOf(2025), { freq: 'A', basis: 'period' });
    const rows = releasesOf(
      monthly,
      figure(instantOf(2024, 10)),
      { asOfMs: instantOf(2026, 5, 26), calendar },
      year,
      [year, figure(instantOf(2024), { freq: 'A', basis: 'period' })],
    );
    // November and December 2024 and the eleven figures of 2025 (no January); of 2026 those to February, March and April are due.
    expect(brief(rows)[0]).toEqual(['2026年1-2月', 'overdue', 3]);
    expect(rows[0]?.covered).toEqual({
      lastLabel: '2024年1-10月',
      periods: 13,
      by: 'A',
      untilLabel: '2025年',
      found: ['2024年', '2025年'],
      lacking: [],
    });
    expect(rows.slice(1).map(({ covered }) => covered)).toEqual(rows.slice(1).map(() => null));
  });

  it('names the years that never came either, where the newest one alone stands for the months', () => {
    const year = (of: number, value: string | null = '1') =>
      figure(instantOf(of), { freq: 'A', basis: 'period', value });
    const at = { asOfMs: instantOf(2026, 5, 26), calendar };
    const known = [year(2025), year(2023), year(2024, null)];
    const [first] = releasesOf(monthly, figure(instantOf(2022, 10)), at, year(2025), known);
    expect(first?.covered).toMatchObject({ found: ['2023年', '2025年'], lacking: ['2022年', '2024年'] });
  });

  it('gives two working days of grace, not counted across a holiday', () => {
    const at = (day: number) =>
      brief(
        releasesOf(monthly, figure(instantOf(2026, 9)), { asOfMs: instantOf(2026, 11, day), calendar }),
      )[0];
    // Due until Sunday 22 November: Monday and Tuesday are the grace.
    expect(at(24)).toEqual(['2026年1-10月', 'late', 1]);
    expect(at(25)).toEqual(['2026年1-10月', 'overdue', 1]);
  });

  it('never expects January of a merged rule, and says where 2027 is judged by weekdays', () => {
    const rows = releasesOf(monthly, figure(instantOf(2026, 12)), {
      asOfMs: instantOf(2027, 2, 1),
      calendar,
    });
    expect(rows.map(({ periodLabel, byWeekday }) => [periodLabel, byWeekday])).toEqual([
      ['2026年1-12月', true],
      ['2027年1-2月', true],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { workCalendar } from '@/metrics/time/calendar';
import { SHIPPED_HOLIDAYS } from '@/metrics/time/holidays';
import { instantOf } from '@/metrics/time/zone';
import { followedSeries, releasesOf } from '@/server/services/calendar/release-rows';

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

describe('the figures a metric is followed by', () => {
  const nowMs = instantOf(2026, 11, 24);
  const of = (freq: string, kind: string) =>
    ({ code: 'x', period_rule: 'MC', freq, kind }) as unknown as MetricDefinition;
  it('are of its own frequency, else of the finest it has; a computed month under way does not count', () => {
    const year = figure(instantOf(2025), { freq: 'A', basis: 'period' });
    const october = figure(instantOf(2026, 10));
    const alone = figure(instantOf(2026, 10), { basis: 'period' });
    const running = figure(instantOf(2026, 11));
    expect(followedSeries(of('M', 'aggregated'), [year, alone, october, running], nowMs)).toBe(october);
    expect(followedSeries(of('M', 'reported'), [year, october, running], nowMs)).toBe(running);
    expect(followedSeries(of('Q', 'reported'), [year], nowMs)).toBe(year);
    expect(followedSeries(of('M', 'reported'), [{ ...october, value: null }], nowMs)).toBeUndefined();
  });
});

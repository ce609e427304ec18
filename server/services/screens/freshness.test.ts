import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { WEEKDAYS_ONLY, workCalendar } from '@/metrics/time/calendar';
import { SHIPPED_HOLIDAYS } from '@/metrics/time/holidays';
import { instantOf } from '@/metrics/time/zone';
import { freshnessInPeriod, freshnessOf } from '@/server/services/screens/freshness';

const calendar = workCalendar(SHIPPED_HOLIDAYS);
/** The words contradict the rule on purpose: the structured rule decides. */
const definition = {
  period_rule: 'M',
  release: {
    lag: '月后1日',
    rules: [{ type: 'after_period', period: 'month', days: [30, 30] }],
  },
} as unknown as MetricDefinition;
const july = {
  metric: 'x',
  region: 140000,
  slice: '',
  freq: 'M',
  periodMs: instantOf(2026, 7),
  basis: 'period',
  measure: 'level',
} as const;

describe('a figure that has not come', () => {
  // August 2026 is due until the end of 30 September. The 1st to the 7th of October are holidays, so the two working
  // days of grace are Thursday the 8th and Friday the 9th.
  it.each([
    [instantOf(2026, 9, 30, 23), 'current', '最新一期;2026年8月应于 2026-09-30 前到达'],
    [instantOf(2026, 10, 9, 23), 'late', '2026年8月应于 2026-09-30 前到达,尚未收到'],
    [instantOf(2026, 10, 10), 'overdue', '2026年8月应于 2026-09-30 前到达,逾期未报'],
  ])('is overdue after two working days of the holiday table', (asOfMs, state, text) => {
    expect(freshnessOf(definition, july, { asOfMs, calendar })).toMatchObject({ state, text });
  });

  it('is judged by weekdays where the year has no table, and says so', () => {
    const moment = { asOfMs: instantOf(2026, 10, 3), calendar: WEEKDAYS_ONLY };
    expect(freshnessOf(definition, july, moment)).toMatchObject({
      state: 'overdue',
      text: '2026年8月应于 2026-09-30 前到达,逾期未报(当年无放假安排,工作日按周一至周五计)',
    });
  });
});

it('a rate of months in which nothing was due is followed by what is known of them, not by a lack', () => {
  const rate = {
    ...definition,
    kind: 'aggregated',
    freq: 'M',
    fn: { name: 'due_rate', args: {} },
  } as unknown as MetricDefinition;
  const october = { ...july, periodMs: instantOf(2026, 10), value: null, flags: ['div0'] };
  const known = [{ ...july, value: '50', flags: [] }, october] as unknown as Observation[];
  // November is due until the end of 30 December.
  expect(freshnessOf(rate, july, { asOfMs: instantOf(2026, 12, 5), calendar, known })).toMatchObject({
    state: 'current',
    text: '其后至2026年10月无到期件;2026年11月应于 2026-12-30 前到达',
  });
});

it('single months of a merged rule have no February to be overdue', () => {
  const merged = { ...definition, period_rule: 'MC' } as MetricDefinition;
  const december = { ...july, periodMs: instantOf(2025, 12) };
  const moment = { asOfMs: instantOf(2026, 4, 10), calendar };
  expect(freshnessOf(merged, december, moment)).toMatchObject({
    state: 'current',
    text: '最新一期;2026年3月应于 2026-04-30 前到达',
  });
  expect(freshnessOf(merged, { ...december, basis: 'ytd' }, moment)).toMatchObject({
    state: 'overdue',
    text: '2026年1-2月应于 2026-03-30 前到达,逾期未报',
  });
});

describe('a period beside others', () => {
  it('says up to when it is, and is not late for being older', () => {
    const moment = { asOfMs: instantOf(2026, 11, 27), calendar };
    expect(freshnessInPeriod(definition, july, true, moment)).toMatchObject({
      state: 'current',
      text: '截至 2026年7月',
    });
    // August and September are due by then: who has no July has none, and is not asked for it any more.
    expect(freshnessInPeriod(definition, july, false, moment)).toMatchObject({
      state: 'unknown',
      text: '2026年7月没有数',
    });
  });

  // July is due until the end of 30 August, a Sunday; the two working days are Monday and Tuesday.
  it.each([
    [instantOf(2026, 8, 20), 'current', '待发布,应于 2026-08-30 前到达'],
    [instantOf(2026, 9, 1), 'late', '应于 2026-08-30 前到达,尚未收到'],
    [instantOf(2026, 9, 2), 'overdue', '应于 2026-08-30 前到达,逾期未报'],
  ])('that has not come is promised, late or overdue by the calendar', (asOfMs, state, text) => {
    expect(freshnessInPeriod(definition, july, false, { asOfMs, calendar })).toMatchObject({ state, text });
  });
});

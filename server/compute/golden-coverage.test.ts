import { describe, expect, it } from 'vitest';
import { AGGREGATIONS, PERIOD_RULES, ROLLUP_METHODS } from '@/metrics/model/definition-vocabulary';
import { NAMED_FUNCTIONS } from '@/metrics/model/named-function';
import { readGoldenCases } from '@/tests/support/golden';

/** The worked example of metrics/golden that shows each word of the language at its plainest. */
const AGGREGATION_IN: Readonly<Record<string, string>> = {
  count: 'count',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  last: 'last',
  quantile: 'quantile',
  distinct: 'distinct',
  distinct_sketch: 'distinct-sketch',
  time_weighted_avg: 'time-weighted-avg',
};
const ROLLUP_IN: Readonly<Record<string, string>> = {
  sum: 'sum',
  ratio_of_sums: 'ratio-of-sums',
  weighted_mean: 'weighted-mean',
  mean_of_cities: 'mean-of-cities',
  max_of_sum: 'max-of-sum',
  max: 'max',
  recompute: 'quantile',
  recompute_distinct: 'distinct',
  none: 'water-class',
};
const PERIOD_RULE_IN: Readonly<Record<string, string>> = {
  Y: 'period-year',
  YE: 'as-of-year-end',
  SY: 'as-of-school-year',
  QC: 'period-quarter-cumulative',
  QP: 'period-quarter-single',
  MC: 'period-mc',
  MC12: 'period-mc12',
  M: 'period-month',
  ME: 'as-of-month-end',
  M_noJanFeb: 'period-no-jan-feb',
  D: 'count',
  H: 'hourly-flow',
  RT: 'period-minute',
  PTD: 'period-ptd',
};
const FUNCTION_IN: Readonly<Record<string, string>> = {
  air_mean: 'air-hour',
  stock_balance: 'stock-balance',
  water_class: 'water-class',
  water_class_share: 'water-class-share',
  ears_signals: 'ears-signals',
  due_rate: 'due-rate',
  settled_rate: 'settled-rate',
  supervised_open: 'supervised-open',
  supervised_overdue: 'supervised-overdue',
};

/** Compared with published figures of real days instead (server/compute/parity-air, aqi-agreement). */
const ELSEWHERE = ['air_mda8', 'air_day_count'];

const cases = new Map(readGoldenCases().map((golden) => [golden.name, golden]));

/** A case that is answered; a left-out slice does not spoil it. */
function answered(name: string | undefined) {
  const golden = cases.get(name ?? '');
  if (!golden) throw new Error(`no golden case ${name}`);
  expect(golden.refused.filter((code) => !code.startsWith('slice_'))).toEqual([]);
  expect(Object.keys(golden.expect).length).toBeGreaterThan(0);
  if (golden.metric.kind !== 'aggregated') throw new Error(`${name} is not aggregated`);
  return golden.metric;
}

describe('every word of the language that rows can answer has a worked example', () => {
  it.each(AGGREGATIONS)('aggregation %s', (aggregation) => {
    const { measure, numerator, denominator } = answered(AGGREGATION_IN[aggregation]);
    expect([measure, numerator, denominator].map((one) => one?.agg)).toContain(aggregation);
  });

  // What is only published follows from no rows (golden case refused-published-only).
  it.each(ROLLUP_METHODS.filter((method) => method !== 'published_only'))('rollup %s', (method) => {
    expect(answered(ROLLUP_IN[method]).rollup).toBe(method);
  });

  it.each(PERIOD_RULES)('period rule %s', (rule) => {
    expect(answered(PERIOD_RULE_IN[rule]).period_rule).toBe(rule);
  });

  it.each(
    Object.entries(NAMED_FUNCTIONS)
      .filter(([name, { usedBy }]) => usedBy === 'aggregated' && !ELSEWHERE.includes(name))
      .map(([name]) => name),
  )('function %s', (name) => {
    expect(answered(FUNCTION_IN[name]).fn?.name).toBe(name);
  });
});

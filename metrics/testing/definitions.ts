import type { MetricDefinition } from '@/metrics/model/definition';
import { parseDefinition } from '@/metrics/model/definition';

const COMMON = {
  code: 'sample',
  domain: 'economy',
  definition: '测试用口径。',
  unit: '件',
  precision: 0,
  rounding: 'half_up',
  freq: 'M',
  period_rule: 'M',
  accumulation: 'flow',
  additive_over_regions: true,
  rollup: 'sum',
  direction: 'neutral',
  yoy: 'value_ratio',
  mom: 'value_ratio',
  owner: '省统计局',
  source_system: '测试系统',
  release: { lag: '月后10日', rules: [{ type: 'after_period', period: 'month', days: [10, 10] }] },
  levels: ['province'],
  story: '',
} as const;

const RATE = {
  ...COMMON,
  unit: '%',
  precision: 1,
  accumulation: 'rate',
  additive_over_regions: false,
  rollup: 'ratio_of_sums',
  yoy: 'pp_diff',
  mom: 'pp_diff',
} as const;

type Members = Record<string, unknown>;

/** Names of their own, so that no two samples of a catalogue are namesakes. */
function named({ code = COMMON.code }: Members): Members {
  return { name: `样例 ${code}`, name_en: `Sample ${code}` };
}

/** Sound definitions for tests; the argument overrides members, also with wrong ones. */
export const sample = {
  reported: (members: Members = {}): MetricDefinition =>
    parseDefinition({ kind: 'reported', ...COMMON, ...named(members), ...members }),
  aggregated: (members: Members = {}): MetricDefinition =>
    parseDefinition({
      kind: 'aggregated',
      ...COMMON,
      ...named(members),
      dataset: 'hotline_ticket',
      measure: { agg: 'count' },
      ...members,
    }),
  derived: (members: Members = {}): MetricDefinition =>
    parseDefinition({ kind: 'derived', ...RATE, ...named(members), formula: 'a / b * 100', ...members }),
  composite: (members: Members = {}): MetricDefinition =>
    parseDefinition({
      kind: 'composite',
      ...RATE,
      ...named(members),
      unit: '分',
      rollup: 'recompute',
      yoy: 'abs_diff',
      mom: 'abs_diff',
      parts: [
        { metric: 'a', score: [0, 100], weight: 0.6 },
        { metric: 'b', score: [0, 100], weight: 0.4 },
      ],
      missing: { reweight_if_at_least: 0.7 },
      ...members,
    }),
};

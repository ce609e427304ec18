import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { TEST_CONTRACTS } from '@/metrics/testing/contracts';
import { sample } from '@/metrics/testing/definitions';
import { validateCatalogue, validateDefinition } from './validate';

/** Operands for formulas: two counts and a rate. */
const OTHERS = [
  sample.reported({ code: 'a' }),
  sample.reported({ code: 'b' }),
  sample.reported({ code: 'money', unit: '亿元' }),
  sample.derived({ code: 'share', direction: 'higher_better' }),
];

const check = (definition: MetricDefinition) =>
  validateDefinition(definition, OTHERS, TEST_CONTRACTS).map((f) => [f.severity, f.code, f.path, f.proposal]);

describe('sound definitions have no finding', () => {
  it.each([
    ['reported', sample.reported()],
    ['aggregated', sample.aggregated()],
    ['derived', sample.derived()],
    ['composite', sample.composite()],
  ])('%s', (_, definition) => {
    expect(check(definition)).toEqual([]);
  });
});

const RATE = {
  accumulation: 'rate',
  additive_over_regions: false,
  unit: '%',
  yoy: 'pp_diff',
  mom: 'pp_diff',
};
const RATIO = { ...RATE, rollup: 'ratio_of_sums', measure: undefined, factor: 100 };

describe('each rule reports what it is for, with path and proposal', () => {
  it.each<[string, MetricDefinition, unknown[]]>([
    [
      'no owner',
      sample.reported({ owner: ' ', source_system: '' }),
      [
        ['error', 'missing_owner', 'owner', undefined],
        ['error', 'missing_source', 'source_system', undefined],
      ],
    ],
    [
      'unknown code in a formula',
      sample.derived({ formula: 'money / monney * 100' }),
      [['error', 'unknown_name', 'formula', 'money']],
    ],
    [
      'money added to a count',
      sample.derived({ formula: '(money + a) / money' }),
      [
        ['error', 'unit_clash', 'formula', undefined],
        ['warning', 'unit_scale', 'formula', '乘以 100'],
      ],
    ],
    [
      'formula of another unit',
      sample.derived({ formula: 'money / a' }),
      [['error', 'unit_clash', 'formula', undefined]],
    ],
    [
      'approximation in words alone',
      sample.derived({ definition: '上年占比×本年增速(近似法)。' }),
      [['warning', 'approximate', 'approximate', 'approximate: true']],
    ],
    [
      'approximation that no words explain',
      sample.derived({ approximate: true }),
      [['warning', 'approximate', 'definition', undefined]],
    ],
    ['rate summed', sample.derived({ rollup: 'sum' }), [['error', 'rate_summed', 'rollup', 'ratio_of_sums']]],
    [
      'rate called additive',
      sample.derived({ additive_over_regions: true }),
      [['error', 'rate_summed', 'additive_over_regions', 'false']],
    ],
    [
      'flow summed though not additive',
      sample.reported({ additive_over_regions: false }),
      [['error', 'rollup_accumulation', 'rollup', 'recompute_distinct 或 published_only']],
    ],
    [
      'flow averaged by weight',
      sample.reported({
        additive_over_regions: false,
        rollup: 'weighted_mean',
        rollup_weight: { by: 'formula', formula: 'a' },
      }),
      [['error', 'rollup_accumulation', 'rollup', 'sum']],
    ],
    [
      'recompute of a reported figure',
      sample.reported({ ...RATE, rollup: 'recompute' }),
      [['error', 'rollup_accumulation', 'rollup', undefined]],
    ],
    [
      'distinct rollup of a plain count',
      sample.aggregated({ additive_over_regions: false, rollup: 'recompute_distinct' }),
      [['error', 'rollup_accumulation', 'rollup', 'measure: { agg: distinct, column: … }']],
    ],
    [
      'ratio without denominator (reported)',
      sample.reported({ ...RATE, rollup: 'ratio_of_sums' }),
      [['error', 'missing_denominator', 'rollup_weight', undefined]],
    ],
    [
      'ratio without denominator (derived)',
      sample.derived({ formula: 'share - 1' }),
      [['error', 'missing_denominator', 'rollup_weight', undefined]],
    ],
    [
      'ratio without denominator (aggregated)',
      sample.aggregated({ ...RATIO, numerator: { agg: 'count' } }),
      [
        ['error', 'missing_denominator', 'denominator', undefined],
        ['error', 'missing_denominator', 'rollup_weight', undefined],
      ],
    ],
    [
      'published only, yet computed',
      sample.derived({ rollup: 'published_only' }),
      [['error', 'published_formula', 'rollup', 'kind: reported']],
    ],
    [
      'published, yet with a formula',
      sample.reported({ formula: 'a + b' }),
      [['error', 'published_formula', 'formula', '删除 formula']],
    ],
    [
      'unknown weight',
      sample.reported({
        ...RATE,
        rollup: 'weighted_mean',
        rollup_weight: { by: 'formula', formula: 'mony' },
      }),
      [['error', 'unknown_name', 'rollup_weight.formula', 'money']],
    ],
    [
      'weights do not sum to 1',
      sample.composite({
        parts: [
          { metric: 'a', score: [0, 9], weight: 0.5 },
          { metric: 'b', score: [0, 9], weight: 0.4 },
        ],
      }),
      [['error', 'weight_sum', 'parts', undefined]],
    ],
    [
      'no rule for missing parts',
      sample.composite({ missing: undefined }),
      [['error', 'missing_rule', 'missing', '{ reweight_if_at_least: 0.7, min_denominator: 30 }']],
    ],
    [
      'neither parts nor function',
      sample.composite({ parts: undefined }),
      [['error', 'composite_form', 'parts', undefined]],
    ],
    [
      'unknown, repeated, empty and inverse parts',
      sample.composite({
        parts: [
          { metric: 'monye', score: [0, 9], weight: 0.25 },
          { metric: 'a', score: [1, 1], weight: 0.25 },
          { metric: 'a', score: [0, 9], weight: 0.25 },
          { metric: 'share', score: [9, 0], weight: 0.25 },
        ],
      }),
      [
        ['error', 'unknown_name', 'parts.0.metric', 'money'],
        ['error', 'score_range', 'parts.1.score', undefined],
        ['error', 'part_twice', 'parts.2.metric', undefined],
        ['warning', 'score_direction', 'parts.3.score', '[0, 9]'],
      ],
    ],
    [
      'period rule of another frequency',
      sample.reported({ period_rule: 'QC' }),
      [['error', 'period_rule', 'period_rule', undefined]],
    ],
    [
      'stock cumulated',
      sample.reported({ accumulation: 'stock', period_rule: 'MC' }),
      [['error', 'period_rule', 'period_rule', 'ME']],
    ],
    [
      'points of difference of a flow',
      sample.reported({ yoy: 'pp_diff' }),
      [['error', 'comparison_rule', 'yoy', 'value_ratio']],
    ],
    [
      'index rule for a flow',
      sample.reported({ yoy: 'index_minus_100' }),
      [['error', 'comparison_rule', 'yoy', undefined]],
    ],
    [
      'relative change of a percentage',
      sample.derived({ mom: 'value_ratio' }),
      [['warning', 'comparison_rule', 'mom', 'pp_diff']],
    ],
    [
      'rounding against the domain',
      sample.reported({ rounding: 'half_even' }),
      [['warning', 'rounding', 'rounding', 'half_up']],
    ],
  ])('%s', (_, definition, expected) => {
    expect(check(definition)).toEqual(expected);
  });

  const thresholds = (rules: unknown[], members: Record<string, unknown> = {}) =>
    sample.reported({
      direction: 'higher_better',
      thresholds: { text: 't', sets: [{ source: 'default', measure: 'value', rules, ...members }] },
    });
  const below = (colour: string, limit: number) => ({ type: 'compare', colour, op: 'lt', limit });

  it('wants limits to grow with severity', () => {
    expect(check(thresholds([below('yellow', 90), below('orange', 95)]))).toEqual([
      ['error', 'threshold_order', 'thresholds.sets.0', undefined],
    ]);
    expect(check(thresholds([below('red', 80), below('yellow', 95), below('orange', 90)]))).toEqual([]);
  });

  it('notices a limit on the favourable side, a standard without number, an interval the wrong way', () => {
    expect(check(thresholds([{ type: 'compare', colour: 'red', op: 'gt', limit: 1 }]))[0]?.[1]).toBe(
      'threshold_side',
    );
    expect(check(thresholds([below('red', 1)], { source: 'standard' }))[0]?.[1]).toBe('threshold_standard');
    const interval = { valid_from: '2031-01-01', valid_to: '2026-03-01' };
    expect(check(thresholds([below('red', 1)], interval))[0]?.[1]).toBe('threshold_validity');
  });

  it('wants units of judgement to be a county and a slice of the metric', () => {
    const wrong = [['error', 'threshold_unit', 'thresholds.sets.0.by', undefined]];
    expect(check(thresholds([below('red', 1)], { by: ['county', 'topic'] }))).toEqual(wrong);
    expect(check(thresholds([below('red', 1)], { only: { values: ['x'], source: 'y' } }))).toEqual(wrong);
    expect(
      check(thresholds([{ type: 'equals', colour: 'red', equals: ['C3'] }], { measure: 'ears' })),
    ).toEqual(wrong);
  });
});

describe('rules over the whole catalogue', () => {
  it('finds a cycle at each metric on it, with the way round', () => {
    const ring = [
      sample.derived({ code: 'x', formula: 'y / z * 100' }),
      sample.derived({ code: 'y', formula: 'x / z * 100' }),
      sample.reported({ code: 'z' }),
      sample.derived({ code: 'self', formula: 'self / z * 100' }),
    ];
    const cycles = validateCatalogue(ring).filter((f) => f.code === 'cycle');
    expect(cycles.map((f) => f.message)).toEqual([
      '循环引用:x → y → x',
      '循环引用:y → x → y',
      '循环引用:self → self',
    ]);
  });

  it('reports a code used twice at the second place only', () => {
    const twice = [sample.reported({ code: 'x' }), sample.reported({ code: 'x', name: '另一个' })];
    expect(validateCatalogue(twice).map((f) => [f.code, f.metric])).toEqual([['duplicate_code', 'x']]);
  });

  it('does not call a new version of a metric a duplicate of the old one', () => {
    expect(validateDefinition(sample.reported({ precision: 2 }), [sample.reported()])).toEqual([]);
  });

  it('gives the place inside the text of an expression', () => {
    const [found] = validateDefinition(sample.derived({ formula: 'a / bb * 100' }), [
      sample.reported({ code: 'a' }),
    ]);
    expect(found?.span).toEqual({ start: 4, end: 6 });
  });
});

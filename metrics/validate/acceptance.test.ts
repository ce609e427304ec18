import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { TEST_CONTRACTS } from '@/metrics/testing/contracts';
import { sample } from '@/metrics/testing/definitions';
import { validateDefinition } from './validate';

const RATE = { accumulation: 'rate', additive_over_regions: false, rollup: 'published_only' } as const;
const CONCENTRATION = {
  ...RATE,
  dataset: 'air_quality_hour',
  unit: 'μg/m³',
  domain: 'environment',
  rounding: 'half_even',
  rollup: 'mean_of_cities',
  yoy: 'value_ratio',
  measure: undefined,
};
const PM25 = { name: 'air_mean', args: { pollutant: 'pm25' } };
const OTHERS = [
  sample.reported({ code: 'a' }),
  sample.reported({ code: 'b' }),
  sample.reported({ code: 'still', yoy: 'none', mom: 'none' }),
  sample.reported({ code: 'stock', accumulation: 'stock', period_rule: 'ME' }),
  sample.aggregated({ code: 'pm25', ...CONCENTRATION, fn: PM25 }),
];
const check = (definition: MetricDefinition, others = OTHERS) =>
  validateDefinition(definition, others, TEST_CONTRACTS).map((f) => [f.code, f.path]);
const derived = (formula: string, members = {}) => sample.derived({ formula, ...members });
const judged = (rules: unknown[], set = {}, members = {}) =>
  sample.reported({
    thresholds: { text: 'x', sets: [{ source: 'default', measure: 'value', rules, ...set }] },
    ...members,
  });
const limit = (op: string, value: number) => ({ type: 'compare', colour: 'yellow', op, limit: value });
const released = (rule: unknown, members = {}) =>
  sample.reported({ release: { lag: 'x', rules: [rule] }, ...members });

describe('a formula reads what there is', () => {
  it.each([
    ['growth of what has none', derived('yoy(still)', { rollup: 'recompute' }), [['operand', 'formula']]],
    [
      'month on month of what has none',
      derived('mom(still) + yoy(a)', { rollup: 'recompute' }),
      [['operand', 'formula']],
    ],
    ['累计 of a stock', derived('ytd(stock) / a * 100'), [['operand', 'formula']]],
    [
      'a percentile of months',
      derived('pctl(a, 90)', { unit: '件', rollup: 'recompute' }),
      [['operand', 'formula']],
    ],
    ['a percentile within a formula', derived('pctl(pm25, 90) / pm25 * 100'), [['operand', 'formula']]],
    [
      'a percentile between two',
      derived('pctl(pm25, 99.5)', { unit: 'μg/m³', rollup: 'recompute' }),
      [['operand', 'formula']],
    ],
    ['a percentile of days', derived('pctl(pm25, 95)', { unit: 'μg/m³', rollup: 'recompute' }), []],
    ['no metric at all', derived('5', { rollup: 'recompute' }), [['no_operand', 'formula']]],
  ])('%s', (_, definition, expected) => {
    expect(check(definition)).toEqual(expected);
  });

  it('a part of an index, too', () => {
    const parts = [{ metric: 'still', measure: 'yoy', score: [0, 1], weight: 1 }];
    expect(check(sample.composite({ parts }))).toEqual([['operand', 'parts.0.measure']]);
  });

  it('AQI takes the metric of each pollutant', () => {
    const args = Object.fromEntries(['pm25', 'pm10', 'so2', 'no2', 'co', 'o3'].map((one) => [one, 'pm25']));
    const found = check(
      sample.composite({ parts: undefined, missing: undefined, fn: { name: 'aqi', args } }),
    );
    expect(found).toEqual(
      ['pm10', 'so2', 'no2', 'co', 'o3'].map((one) => ['wrong_argument', `fn.args.${one}`]),
    );
  });

  it('a stock goes on from a stock of its unit, signals read the cases of the same rows', () => {
    const balance = (opening: string) =>
      sample.aggregated({
        dataset: 'market_entity_event',
        accumulation: 'stock',
        measure: undefined,
        fn: {
          name: 'stock_balance',
          args: { opening, distinct: 'uscc', plus: "event = 'establish'", minus: "event = 'cancel'" },
        },
      });
    expect(check(balance('stock'))).toEqual([]);
    expect(check(balance('a'))).toEqual([['wrong_argument', 'fn.args.opening']]);
    const signals = (cases: string) =>
      sample.aggregated({
        measure: undefined,
        fn: { name: 'ears_signals', args: { cases, unit: 'topic', merge_days: 7 } },
      });
    expect(check(signals('a'))).toEqual([['wrong_argument', 'fn.args.cases']]);
    expect(check(signals('tickets'), [...OTHERS, sample.aggregated({ code: 'tickets' })])).toEqual([]);
  });

  it('eight hour means are of ozone alone', () => {
    const fn = { name: 'air_mda8', args: { pollutant: 'pm25' } };
    expect(check(sample.aggregated({ ...CONCENTRATION, fn }))).toEqual([
      ['wrong_argument', 'fn.args.pollutant'],
    ]);
  });

  it('a weight is not made of what it weighs', () => {
    const weighed = sample.reported({
      ...RATE,
      code: 'w',
      rollup: 'weighted_mean',
      rollup_weight: { by: 'formula', formula: 'd' },
    });
    const others = [...OTHERS, derived('w / a * 100', { code: 'd' })];
    const found = validateDefinition(weighed, others).filter(({ code }) => code === 'cycle');
    expect(found.map(({ message }) => message)).toEqual(['循环引用:w → d → w']);
  });
});

describe('a release that can be kept', () => {
  it.each([
    [
      'a month promised by the year',
      released({ type: 'after_period', period: 'year', months: [1, 2] }),
      [['release_period', 'release.rules']],
    ],
    [
      'a month promised in a month of the year',
      released({ type: 'in_year', month: 9 }),
      [['release_period', 'release.rules']],
    ],
    [
      'from 12 to 9',
      released({ type: 'after_period', period: 'month', days: [12, 9] }),
      [['release_days', 'release.rules.0.days']],
    ],
    [
      'day 40',
      released({ type: 'after_period', period: 'month', days: [1, 40] }),
      [['release_days', 'release.rules.0.days']],
    ],
    [
      'the second month after',
      released({ type: 'after_period', period: 'month', months: [2, 2] }),
      [['release_days', 'release.rules.0.months']],
    ],
    [
      '30 February',
      released({ type: 'in_year', month: 2, days: [30, 30] }, { freq: 'A', period_rule: 'Y' }),
      [['release_days', 'release.rules.0.days']],
    ],
    [
      '29 February',
      released({ type: 'in_year', month: 2, days: [29, 29] }, { freq: 'A', period_rule: 'Y' }),
      [],
    ],
  ])('%s', (_, definition, expected) => {
    expect(check(definition)).toEqual(expected);
  });
});

describe('a threshold that can be judged', () => {
  it.each([
    [
      'growth of what has none',
      judged([limit('lt', 1)], { measure: 'yoy' }, { yoy: 'none' }),
      'threshold_measure',
    ],
    ['a week of months', judged([limit('lt', 1)], { measure: 'wow' }), 'threshold_measure'],
    ['a day of months', judged([limit('lt', 1)], { measure: 'day_value' }), 'threshold_measure'],
    ['a flow less 100', judged([limit('lt', 1)], { measure: 'value-100' }), 'threshold_measure'],
    ['sides that cross', judged([limit('lt', 104), limit('gt', 100)]), 'threshold_crossing'],
    ['neither colour nor label', judged([{ type: 'compare', op: 'lt', limit: 1 }]), 'threshold_colour'],
    ['an empty band', judged([{ type: 'range', label: '良', from: 5, to: 4 }]), 'threshold_range'],
    [
      'bands that overlap',
      judged([
        { type: 'range', label: '优', from: 0, to: 50 },
        { type: 'range', label: '良', from: 50 },
      ]),
      'threshold_range',
    ],
  ])('%s', (_, definition, code) => {
    expect(check(definition).map(([found]) => found)).toEqual([code]);
  });

  it('passes sides that leave a middle, and bands of a standard', () => {
    expect(check(judged([limit('lt', 100), limit('gt', 104)]))).toEqual([]);
    expect(
      check(
        judged([
          { type: 'range', label: '优', from: 0, to: 50 },
          { type: 'range', label: '良', from: 51 },
        ]),
      ),
    ).toEqual([]);
  });

  it('judges a measure by one set at a time', () => {
    const set = (valid: object) => ({
      source: 'default',
      measure: 'value',
      rules: [limit('lt', 1)],
      ...valid,
    });
    const both = (a: object, b: object) =>
      check(sample.reported({ thresholds: { text: 'x', sets: [set(a), set(b)] } }));
    expect(both({}, {})).toEqual([['threshold_twice', 'thresholds.sets.1']]);
    expect(both({ valid_to: '2026-03-01' }, { valid_from: '2026-03-01' })).toEqual([]);
  });
});

describe('names, intervals and lists', () => {
  it.each([
    [
      'a namesake',
      sample.reported({ code: 'c', name: '样例 a', name_en: 'Sample a' }),
      [
        ['duplicate_name', 'name'],
        ['duplicate_name', 'name_en'],
      ],
    ],
    ['a slice twice', sample.aggregated({ slices: ['topic', 'topic'] }), [['listed_twice', 'slices.1']]],
    ['an interval without its direction', sample.reported({ band: [1, 2] }), [['band', 'band']]],
    ['an interval the wrong way', sample.reported({ band: [2, 1], direction: 'band' }), [['band', 'band']]],
    [
      'a reduction of what is better higher',
      sample.reported({ five_year: 'reduction', direction: 'higher_better' }),
      [['five_year', 'five_year']],
    ],
    [
      'publishers of another basis than rows that there are none of',
      sample.reported({ published_basis: 'sand_adjusted' }),
      [['published_basis', 'published_basis']],
    ],
    [
      'a basis of its own that the usual figures are by as well',
      sample.derived({ published_basis: 'sand_adjusted', slices: ['sand_adjusted'] }),
      [['published_basis', 'published_basis']],
    ],
    ['publishers of another basis than rows', sample.aggregated({ published_basis: 'sand_adjusted' }), []],
  ])('%s', (_, definition, expected) => {
    expect(check(definition)).toEqual(expected);
  });
});

describe('what a change breaks in metrics made of it', () => {
  const money = sample.reported({ code: 'money', unit: '亿元' });
  const share = derived('money / all * 100', { code: 'share', name: '占比' });
  const others = [
    money,
    sample.reported({ code: 'all', unit: '亿元' }),
    share,
    derived('share / gone', { code: 'old' }),
  ];

  it('is said with the name of each, and nothing that was wrong before', () => {
    const found = validateDefinition(sample.reported({ code: 'money', unit: '万人' }), others);
    // 万人 over 亿元 is no share any more.
    expect(found.map(({ code, metric, message }) => [code, metric, message])).toEqual([
      ['unit_clash', 'share', '用到它的“占比”:公式得到人/元,指标单位是“%”'],
    ]);
    expect(
      validateDefinition(sample.reported({ code: 'money', unit: '亿元', precision: 1 }), others),
    ).toEqual([]);
  });

  it('of another scale, as a warning', () => {
    const found = validateDefinition(sample.reported({ code: 'money', unit: '万元' }), others);
    expect(found.map(({ code, metric, severity }) => [code, metric, severity])).toEqual([
      ['unit_scale', 'share', 'warning'],
    ]);
  });
});

describe('a frequency that there are values of', () => {
  it('needs an operand that is as fine', () => {
    const daily = { freq: 'D', period_rule: 'D' } as const;
    const release = { lag: '次日', rules: [{ type: 'continuous' }] };
    const of = (formula: string) => check(derived(formula, { ...daily, release }));
    expect(of('a / b * 100')).toEqual([['period_rule', 'freq']]);
    // A month's figure may stand below a day's.
    const others = [...OTHERS, sample.reported({ code: 'day', ...daily, release })];
    expect(check(derived('day / a * 100', { ...daily, release }), others)).toEqual([]);
  });

  it('needs an instant for hours', () => {
    const hours = { freq: 'H', period_rule: 'H', release: { lag: '实时', rules: [{ type: 'continuous' }] } };
    expect(check(sample.aggregated(hours))).toEqual([]);
    expect(check(sample.aggregated({ ...hours, dataset: 'market_entity_event' }))).toEqual([
      ['period_rule', 'freq'],
    ]);
  });

  it('adds up no means, extremes or percentiles', () => {
    const mean = {
      measure: { agg: 'avg', column: 'revisit_sat' },
      unit: '分',
      rollup: 'recompute',
      additive_over_regions: false,
    };
    expect(check(sample.aggregated(mean))).toEqual([['flow_aggregation', 'measure.agg']]);
    expect(check(sample.aggregated({ ...mean, accumulation: 'rate' }))).toEqual([]);
  });
});

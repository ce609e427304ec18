import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { TEST_CONTRACTS } from '@/metrics/testing/contracts';
import { sample } from '@/metrics/testing/definitions';
import { UNCONNECTED_CONTRACTS } from '@/metrics/testing/unconnected';
import { validateDefinition } from './validate';

const check = (definition: MetricDefinition) =>
  validateDefinition(definition, [], [...TEST_CONTRACTS, ...UNCONNECTED_CONTRACTS]).map((f) => [
    f.severity,
    f.code,
    f.path,
    f.proposal,
  ]);

const RATIO = {
  accumulation: 'rate',
  additive_over_regions: false,
  unit: '%',
  yoy: 'pp_diff',
  mom: 'pp_diff',
  rollup: 'ratio_of_sums',
  measure: undefined,
  factor: 100,
};

const water = (args: Record<string, unknown>) =>
  sample.aggregated({
    ...RATIO,
    factor: 1,
    dataset: 'water_quality_sample',
    fn: { name: 'water_class_share', args },
  });
const due = (args: Record<string, unknown>) =>
  sample.aggregated({
    ...RATIO,
    factor: 1,
    dataset: 'supervise_task_event',
    fn: { name: 'due_rate', args },
  });

describe('rules over what is computed from rows', () => {
  it.each<[string, MetricDefinition, unknown[]]>([
    [
      'unknown function',
      sample.aggregated({ measure: undefined, fn: { name: 'air_man' } }),
      [['error', 'unknown_function', 'fn.name', 'air_mean']],
    ],
    [
      'function of another kind',
      sample.aggregated({ measure: undefined, fn: { name: 'aqi' } }),
      [
        [
          'error',
          'unknown_function',
          'fn.name',
          'air_mean、air_mda8、air_day_count、stock_balance、water_class、water_class_share、ears_signals、due_rate、settled_rate、supervised_open、supervised_overdue',
        ],
      ],
    ],
    [
      'function arguments',
      sample.aggregated({
        dataset: 'air_quality_hour',
        measure: undefined,
        fn: { name: 'air_mean', args: { pollutnt: 'pm25' } },
      }),
      [
        ['error', 'wrong_argument', 'fn.args.pollutnt', 'pollutant'],
        ['error', 'wrong_argument', 'fn.args.pollutant', undefined],
      ],
    ],
    [
      'function over an unknown column',
      sample.aggregated({
        dataset: 'air_quality_hour',
        measure: undefined,
        fn: { name: 'air_mean', args: { pollutant: 'pm52' } },
      }),
      [['error', 'wrong_argument', 'fn.args.pollutant', 'pm25']],
    ],
    [
      'day condition over another name',
      sample.aggregated({
        dataset: 'air_quality_hour',
        measure: undefined,
        fn: { name: 'air_day_count', args: { where: 'api > 1' } },
      }),
      [['error', 'unknown_name', 'fn.args.where', 'aqi']],
    ],
    [
      'two forms at once',
      sample.aggregated({
        fn: { name: 'air_mean', args: { pollutant: 'pm25' } },
        dataset: 'air_quality_hour',
      }),
      [['error', 'aggregate_form', 'measure', undefined]],
    ],
    [
      'sum of nothing',
      sample.aggregated({ measure: { agg: 'sum' } }),
      [['error', 'aggregate_form', 'measure', undefined]],
    ],
    [
      'count of a column',
      sample.aggregated({ measure: { agg: 'count', column: 'topic' } }),
      [['error', 'aggregate_form', 'measure', 'where: "列 is not null"']],
    ],
    [
      'quantile without q',
      sample.aggregated({
        additive_over_regions: false,
        accumulation: 'rate',
        rollup: 'recompute',
        measure: { agg: 'quantile', column: 'revisit_sat' },
      }),
      [['error', 'aggregate_form', 'measure', undefined]],
    ],
    [
      'quantiles of regions added up',
      sample.aggregated({ measure: { agg: 'quantile', column: 'revisit_sat', q: 0.5 } }),
      [
        ['error', 'rollup_aggregation', 'measure.agg', 'recompute'],
        ['error', 'flow_aggregation', 'measure.agg', 'accumulation: rate'],
      ],
    ],
    [
      'rows of a stock added up over a period',
      sample.aggregated({ accumulation: 'stock', measure: { agg: 'sum', column: 'revisit_sat' } }),
      [['error', 'stock_summed', 'measure.agg', 'rows: as_of']],
    ],
    [
      'class condition over another name',
      water({ section: 'section_id', where: 'klass <= 3' }),
      [['error', 'unknown_name', 'fn.args.where', 'class']],
    ],
    [
      'sections by a column the dataset has not',
      water({ section: 'section_ids', where: 'class <= 3' }),
      [['error', 'unknown_name', 'fn.args.section', 'section_id']],
    ],
    [
      'deadline that is no time, and nothing done',
      due({ item: 'task_id', deadline: 'complexity' }),
      [
        ['error', 'type_clash', 'fn.args.deadline', undefined],
        ['error', 'wrong_argument', 'fn.args.done', undefined],
      ],
    ],
    [
      'event that does not exist',
      due({ item: 'task_id', deadline: 'deadline7', done: "event = 'closed'" }),
      [['error', 'unknown_value', 'fn.args.done', "'close'"]],
    ],
    [
      'signals merged over half a day',
      sample.aggregated({
        dataset: 'infectious_case',
        measure: undefined,
        fn: { name: 'ears_signals', args: { cases: 'cases', unit: 'disease', merge_days: 0.5 } },
      }),
      [
        ['error', 'unknown_name', 'fn.args.cases', undefined],
        ['error', 'wrong_argument', 'fn.args.merge_days', undefined],
      ],
    ],
    [
      'time of a point count',
      sample.aggregated({ accumulation: 'stock', rows: 'as_of', time: 'due_ts' }),
      [['error', 'aggregate_form', 'time', '删除 time']],
    ],
    [
      'unknown column',
      sample.aggregated({ where: 'vaild = 1' }),
      [['error', 'unknown_name', 'where', 'valid']],
    ],
    [
      'time column that is none',
      sample.aggregated({ time: 'due' }),
      [['error', 'unknown_name', 'time', 'create_ts']],
    ],
    [
      'time column of another type',
      sample.aggregated({ time: 'topic' }),
      [['error', 'type_clash', 'time', 'create_ts']],
    ],
    [
      'sum of text',
      sample.aggregated({ measure: { agg: 'sum', column: 'topic' } }),
      [['error', 'type_clash', 'measure.column', undefined]],
    ],
    [
      'slice the dataset has not',
      sample.aggregated({ slices: ['topics'] }),
      [['warning', 'unknown_slice', 'slices.0', 'topic']],
    ],
    [
      'slice expression for no slice',
      sample.aggregated({ slice_expr: { kind: 'topic' } }),
      [['error', 'unknown_slice', 'slice_expr.kind', undefined]],
    ],
    [
      'dataset misspelt',
      sample.aggregated({ dataset: 'hotline_tickets' }),
      [['warning', 'unknown_dataset', 'dataset', 'hotline_ticket']],
    ],
    [
      'yuan summed as 万元 without factor',
      sample.aggregated({
        dataset: 'service_case',
        unit: '万元',
        measure: { agg: 'sum', column: 'fee_yuan' },
      }),
      [['warning', 'unit_scale', 'factor', 'factor: 0.0001']],
    ],
    [
      'yuan summed as a count',
      sample.aggregated({ dataset: 'service_case', measure: { agg: 'sum', column: 'fee_yuan' } }),
      [['error', 'unit_clash', 'unit', undefined]],
    ],
    [
      'ratio shown in % without 100',
      sample.aggregated({
        ...RATIO,
        factor: 1,
        numerator: { agg: 'count', where: 'valid = 1' },
        denominator: { agg: 'count' },
      }),
      [['warning', 'unit_scale', 'factor', 'factor: 100']],
    ],
  ])('%s', (_, definition, expected) => {
    expect(check(definition)).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { lineageOf } from './lineage';

const lineage = lineageOf([
  sample.reported({ code: 'population' }),
  sample.aggregated({ code: 'tickets' }),
  sample.derived({ code: 'tickets_per_head', formula: 'tickets / population' }),
  sample.composite({
    code: 'service_index',
    parts: [
      { metric: 'tickets_per_head', score: [0, 100], weight: 0.6 },
      { metric: 'not_registered', score: [0, 100], weight: 0.4 },
    ],
  }),
  sample.derived({
    code: 'weighted',
    formula: 'lag_y(tickets, 1) + tickets',
    rollup: 'weighted_mean',
    rollup_weight: { by: 'formula', formula: 'ytd(population)' },
  }),
]);

describe('lineage of metrics', () => {
  it('names what a metric is made of, each metric and role once, in order of mention', () => {
    expect(lineage.madeOf('weighted')).toEqual([
      { code: 'tickets', role: 'operand' },
      { code: 'population', role: 'weight' },
    ]);
    expect(lineage.madeOf('service_index').map(({ code }) => code)).toEqual([
      'tickets_per_head',
      'not_registered',
    ]);
    expect(lineage.madeOf('population')).toEqual([]);
    expect(lineage.datasetOf('tickets')).toBe('hotline_ticket');
    expect(lineage.datasetOf('tickets_per_head')).toBeNull();
  });

  it('names the users of a metric, also of one that is not registered', () => {
    expect(lineage.usedBy('population')).toEqual([
      { code: 'tickets_per_head', role: 'operand' },
      { code: 'weighted', role: 'weight' },
    ]);
    expect(lineage.usedBy('not_registered')).toEqual([{ code: 'service_index', role: 'operand' }]);
    expect(lineage.usedBy('service_index')).toEqual([]);
  });

  it('follows operands to the rows and publications that everything comes from', () => {
    expect(lineage.origins('service_index')).toEqual({
      datasets: ['hotline_ticket'],
      reported: ['population'],
    });
    expect(lineage.origins('tickets')).toEqual({ datasets: ['hotline_ticket'], reported: [] });
  });

  it('reaches everything that a changed value can change, nearest first', () => {
    expect(lineage.affectedBy('tickets')).toEqual(['tickets_per_head', 'weighted', 'service_index']);
    expect(lineage.affectedBy('service_index')).toEqual([]);
  });

  it('ends on a cycle, and leaves the own past of a stock out', () => {
    const cyclic = lineageOf([
      sample.derived({ code: 'x', formula: 'y + 1' }),
      sample.derived({ code: 'y', formula: 'x + 1' }),
      sample.aggregated({
        code: 'stock',
        measure: undefined,
        fn: { name: 'stock_balance', args: { opening: 'stock', distinct: 'id', plus: 'a', minus: 'b' } },
      }),
      sample.aggregated({
        code: 'other_stock',
        measure: undefined,
        fn: { name: 'stock_balance', args: { opening: 'x', distinct: 'id', plus: 'a', minus: 'b' } },
      }),
    ]);
    expect(cyclic.affectedBy('x')).toEqual(['y', 'other_stock']);
    expect(cyclic.madeOf('stock')).toEqual([]);
    expect(cyclic.madeOf('other_stock')).toEqual([{ code: 'x', role: 'opening' }]);
  });

  it('calls only a stock that movements go on from an opening', () => {
    const signals = lineageOf([
      sample.aggregated({ code: 'cases' }),
      sample.aggregated({
        code: 'signals',
        measure: undefined,
        fn: { name: 'ears_signals', args: { cases: 'cases', unit: 'disease', merge_days: 7 } },
      }),
    ]);
    expect(signals.madeOf('signals')).toEqual([{ code: 'cases', role: 'operand' }]);
  });
});

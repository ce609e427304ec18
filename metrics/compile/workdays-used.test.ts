import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { usesWorkdays } from './workdays';

const counted = { agg: 'count' } as const;

describe('whether a metric counts working days', () => {
  it.each([
    ['in a condition', { where: 'workdays (accept_ts, finish_ts) <= 5' }],
    ['in an aggregate', { measure: { agg: 'sum' as const, expr: 'clamp(workdays(a, b) - 1, 0, 9)' } }],
    [
      'in the condition of a part',
      { numerator: { ...counted, where: 'workdays(a, b) <= 7' }, denominator: counted },
    ],
    ['in a slice', { slice_expr: { pace: "if(workdays(a, b) > 3, 'slow', 'quick')" } }],
    ['in a function', { fn: { name: 'due_rate', args: { done: 'workdays(a, b) <= 3' } } }],
  ])('is seen %s', (_, form) => {
    expect(usesWorkdays(sample.aggregated(form))).toBe(true);
  });

  it.each([
    ['a note', { note: '原为 workdays(accept_ts, finish_ts)' }],
    ['a text that rows are compared with', { where: "topic = 'workdays(a, b)'" }],
    ['a column of that name', { where: 'workdays > 3' }],
  ])('is not taken from %s', (_, form) => {
    expect(usesWorkdays(sample.aggregated(form))).toBe(false);
  });
});

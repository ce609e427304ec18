import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { computability } from './computability';

const connected = new Set(['hotline_ticket']);
const catalogue = new Map(
  [
    sample.reported({ code: 'a' }),
    sample.aggregated({ code: 'b', name: '乙', dataset: 'grid_event', measure: undefined }),
    sample.derived({ code: 'c', name: '丙', formula: 'a / b * 100' }),
  ].map((definition) => [definition.code, definition]),
);

describe('whether a metric can have values is derived, never written', () => {
  it('knows where the values come from', () => {
    expect(computability(sample.reported(), connected)).toEqual({ computable: true, by: 'published' });
    expect(computability(sample.aggregated(), connected)).toEqual({ computable: true, by: 'job' });
    expect(computability(sample.derived({ formula: 'a / a' }), connected, catalogue)).toEqual({
      computable: true,
      by: 'calculus',
    });
  });

  it('names the dataset that is missing, and forgets it once it is connected', () => {
    const events = sample.aggregated({ dataset: 'grid_event' });
    expect(computability(events, connected)).toEqual({
      computable: false,
      reasons: [
        { code: 'dataset_not_connected', subject: 'grid_event', message: '数据集“网格事件”尚未接入' },
      ],
    });
    expect(computability(events, new Set(['grid_event'])).computable).toBe(true);
  });

  it('does not call a metric without compilable form computable', () => {
    const open = sample.aggregated({ measure: undefined });
    expect(computability(open, connected)).toMatchObject({ reasons: [{ code: 'no_compilable_form' }] });
  });

  it('carries the reason of an operand upward, through any number of steps', () => {
    const top = sample.derived({ code: 'top', formula: 'c / a * 100' });
    expect(computability(top, connected, catalogue)).toEqual({
      computable: false,
      reasons: [
        {
          code: 'operand_not_computable',
          subject: 'c',
          message: '丙 暂无数据(乙 暂无数据(数据集“网格事件”尚未接入))',
        },
      ],
    });
  });

  it('lets a composite stand without parts as far as its rule for missing parts does', () => {
    const index = (weights: [number, number]) =>
      sample.composite({
        parts: [
          { metric: 'a', measure: 'level', score: [0, 100], weight: weights[0] },
          { metric: 'b', measure: 'level', score: [0, 100], weight: weights[1] },
        ],
        missing: { reweight_if_at_least: 0.7 },
      });
    expect(computability(index([0.7, 0.3]), connected, catalogue).computable).toBe(true);
    expect(computability(index([0.65, 0.35]), connected, catalogue)).toMatchObject({
      computable: false,
      reasons: [{ subject: 'b' }],
    });
  });

  it('ends on unknown operands and cycles', () => {
    expect(computability(sample.derived({ formula: 'q / a' }), connected, catalogue)).toMatchObject({
      reasons: [{ code: 'operand_unknown', subject: 'q' }],
    });
    const self = sample.derived({ code: 'self', formula: 'self / a' });
    expect(computability(self, connected, new Map([...catalogue, ['self', self]]))).toMatchObject({
      reasons: [{ code: 'cycle', subject: 'self' }],
    });
  });
});

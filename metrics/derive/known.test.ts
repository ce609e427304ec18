import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { History, type Known } from './known';

const cell: CellKey = {
  ...{
    metric: 'sales',
    freq: 'A',
    region: 140100,
    slice: '',
    basis: 'period',
    measure: 'level',
    periodMs: 0,
  },
};
const told = (vintageMs: number, value: string | null, flags: string[] = []): Known => ({
  ...{ vintageMs, value, flags, numerator: null, denominator: null, sampleCount: 1, status: 'final' },
  ...{ source: '省统计局', definitionVersion: 1 },
});

describe('a history of vintages', () => {
  it('says since when a value stands that was told again with other marks, at each instant', () => {
    const history = new History();
    for (const known of [
      told(6, '8'),
      told(1, '7'),
      told(3, '8'),
      told(9, '8', ['inferred']),
      told(12, null),
    ])
      history.add(cell, known);
    const at = (ms: number) => {
      const known = history.at(cell, ms);
      return known && [known.value, known.vintageMs, known.valueSinceMs ?? known.vintageMs];
    };
    expect([0, 2, 4, 7, 10, 13].map(at)).toEqual([
      undefined,
      ['7', 1, 1],
      ['8', 3, 3],
      ['8', 6, 3],
      ['8', 9, 3],
      [null, 12, 12],
    ]);
  });
});

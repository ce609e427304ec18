import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { CellFacts } from './facts';
import { workings } from './list';

const INDEX = sample.composite({
  parts: undefined,
  fn: { name: 'air_composite_index', args: {} },
  precision: 2,
  yoy: 'value_ratio',
  mom: 'value_ratio',
});

type Part = readonly [year: number, month: number, basis: string, value: string, flags?: readonly string[]];

function factsOf([year, month]: readonly [number, number], parts: readonly Part[]): CellFacts {
  const cell = {
    metric: INDEX.code,
    freq: 'M',
    region: 140100,
    slice: '',
    basis: 'period',
    measure: 'level',
    periodMs: instantOf(year, month),
  } as const;
  return new CellFacts({
    definition: INDEX,
    standard: 'limits',
    cell,
    asOfMs: instantOf(2026, 12, 10),
    observations: parts.map(
      ([y, m, basis, value, flags = []]): Observation => ({
        ...cell,
        basis,
        periodMs: instantOf(y, m),
        value,
        vintageMs: 1,
        numerator: null,
        denominator: null,
        sampleCount: 30,
        status: 'final',
        flags: [...flags],
        source: 'air_quality_hour',
        runId: 'r1',
        definitionVersion: 1,
      }),
    ),
    surroundings: { parent: null, parentVisible: false, siblings: [], hiddenSiblings: 0, children: [] },
    definitions: new Map(),
  });
}

const of = (facts: CellFacts, key: string) => workings(facts).find((working) => working.key === key);

describe('workings across a change of standard', () => {
  // T45: the same air of a November is 4.34 by the limits of 2012 and 4.72 by those of 2026.
  const dated = [
    [2025, 11, 'period', '4.34'],
    [2026, 11, 'period', '4.72'],
  ] as const;

  it('compare both years by the limits of 2026, and say of which cells', () => {
    const judged = [
      [2025, 11, 'std2026', '4.72'],
      [2026, 11, 'std2026', '4.72'],
    ] as const;
    const working = of(factsOf([2026, 11], [...dated, ...judged]), 'yoy');
    expect(working).toMatchObject({ value: '0', reason: null });
    expect(working?.rule.text).toContain('同一标准(2026版)重算');
    expect(working?.operands.map(({ cell, value }) => [cell?.basis, value])).toEqual([
      ['period', '4.72'],
      ['std2026', '4.72'],
    ]);
  });

  it('take the value that is shown where it lies under the edition, not what it was judged again', () => {
    // Published 4.10, of rows 4.01, against 4.39: 4.10 / 4.39 − 1.
    const parts = [
      [2026, 6, 'period', '4.10'],
      [2026, 6, 'std2026', '4.01'],
      [2025, 6, 'period', '4.20'],
      [2025, 6, 'std2026', '4.39'],
    ] as const;
    expect(of(factsOf([2026, 6], parts), 'yoy')?.text).toBe('−6.6%');
  });

  it('say nothing of a copy that is not read, and the mark of one that is', () => {
    const month = [2026, 6, 'period', '4.10'] as const;
    const partial = [2026, 6, 'std2026', '3.90', ['partial']] as const;
    const base = [2025, 6, 'period', '4.20'] as const;
    const yoyOf = (...more: Part[]) => of(factsOf([2026, 6], [month, base, ...more]), 'yoy');
    expect(yoyOf(partial, [2025, 6, 'std2026', '4.39'])).toMatchObject({ text: '−6.6%', flags: [] });
    expect(yoyOf(partial, [2025, 6, 'std2026', '4.39', ['mixed_origin']])).toMatchObject({
      text: '−6.6%',
      flags: [{ flag: 'mixed_origin', words: '部分取公布数,其余由明细计算' }],
    });
  });

  it('say why there is none where last year was not judged again', () => {
    expect(of(factsOf([2026, 11], dated), 'yoy')).toMatchObject({
      value: null,
      text: '—',
      reason: '评价标准不同,不可比',
      flags: [{ flag: 'not_comparable', words: '口径不可比' }],
    });
  });

  it('hold for the month before as well', () => {
    const months = [
      [2026, 2, 'period', '4.00'],
      [2026, 3, 'period', '4.40'],
    ] as const;
    expect(of(factsOf([2026, 3], months), 'mom')).toMatchObject({ value: null });
    const judged = [[2026, 2, 'std2026', '4.40']] as const;
    expect(of(factsOf([2026, 3], [...months, ...judged]), 'mom')).toMatchObject({ value: '0' });
  });
});

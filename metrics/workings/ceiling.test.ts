import { expect, it } from 'vitest';
import { cellFacts } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2025-03-01T00:00:00+08:00');

it('a ceiling is met or not by the value as it is shown, ties to even (§25, T60; GB/T 8170)', () => {
  const pm25 = sample.reported({
    accumulation: 'rate',
    unit: 'μg/m³',
    precision: 1,
    rounding: 'half_even',
    additive_over_regions: false,
    rollup: 'mean_of_cities',
    direction: 'lower_better',
  });
  const against36 = (value: string) => {
    const cell = { freq: 'A', periodMs: periodOf('A', { year: 2024 }) } as const;
    const facts = cellFacts(pm25, cell, [{ value }, { value: '36', measure: 'target' }], NOW);
    return workings(facts).find(({ key }) => key === 'target_gap')?.label;
  };
  // 36.0 is what is read; 36.05 is a tie that goes to the even 36.0, 36.06 is read as 36.1.
  expect(['36.04', '36.05', '36.06'].map(against36)).toEqual([
    '与上限之差(达标)',
    '与上限之差(达标)',
    '与上限之差(未达标)',
  ]);
});

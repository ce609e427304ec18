import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { History, type Known } from './known';
import { evaluateRollup } from './rollup';

const ratio = sample.reported({
  code: 'r',
  freq: 'M',
  period_rule: 'M',
  unit: '%',
  accumulation: 'rate',
  additive_over_regions: false,
  rollup: 'ratio_of_sums',
  rollup_weight: { by: 'formula', formula: 'n' },
});
const n = sample.reported({ code: 'n', freq: 'M', period_rule: 'M', accumulation: 'flow' });

const cell = (metric: string, region: number): CellKey => ({
  metric,
  freq: 'M',
  region,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: instantOf(2025, 6),
});

type Part = readonly [metric: string, region: number, value: string, sides?: readonly [string, string]];

function rolled(parts: readonly Part[]) {
  const history = new History();
  for (const [metric, region, value, sides] of parts) {
    const known: Known = {
      vintageMs: instantOf(2025, 7, 5),
      value,
      numerator: sides?.[0] ?? null,
      denominator: sides?.[1] ?? null,
      sampleCount: 1,
      status: 'final',
      flags: [],
      source: '省司法厅',
      definitionVersion: 1,
    };
    history.add(cell(metric, region), known);
  }
  const definitionOf = (code: string) => [ratio, n].find((one) => one.code === code);
  const made = evaluateRollup(
    ratio,
    cell('r', 1),
    () => [11, 12],
    definitionOf,
    history.lookup(instantOf(2025, 8)),
  );
  return made && [made.value, made.numerator, made.denominator];
}

describe('a ratio that a metric weighs', () => {
  // The counts that the metric has are others than those that the ratios were made of.
  const weights: Part[] = [
    ['n', 11, '5'],
    ['n', 12, '5'],
  ];
  const first: Part = ['r', 11, '90', ['90', '100']];
  const second: Part = ['r', 12, '99', ['990', '1000']];

  it('is the sum of numerators by that of denominators where both were reported (T26)', () => {
    expect(rolled([first, second, ...weights])).toEqual(['98.1818181818', '1080', '1100']);
    // Nor need the metric be there at all.
    expect(rolled([first, second])).toEqual(['98.1818181818', '1080', '1100']);
  });

  it('is weighed where one part came without them: (90 × 5 + 99 × 5) / 10', () => {
    expect(rolled([['r', 11, '90'], second, ...weights])).toEqual(['94.5', null, null]);
    expect(rolled([['r', 11, '90'], second])).toEqual([null, null, null]);
  });
});

import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { History, type Known } from './known';
import { derivationRules } from './rules';
import { speakersOf } from './speakers';
import { replay } from './timeline';

const yearly = { freq: 'A', period_rule: 'Y' } as const;
const definitions = [
  sample.reported({ ...yearly, code: 'gdp', accumulation: 'flow' }),
  sample.reported({ ...yearly, code: 'tertiary', accumulation: 'flow' }),
  sample.derived({
    ...yearly,
    code: 'share',
    formula: 'tertiary / gdp * 100',
    unit: '%',
    accumulation: 'rate',
    additive_over_regions: false,
    rollup: 'recompute',
  }),
];
const speakers = speakersOf(
  derivationRules(
    definitions.map((definition) => ({ definition, version: 1 })),
    { childrenOf: () => [], parentOf: () => null, mayRollUp: () => false },
  ),
);
const [share] = speakers.filter(({ metric }) => metric === 'share');

const day = (n: number) => instantOf(2022, 2, n);
const cell = (metric: string): CellKey => ({
  metric,
  freq: 'A',
  region: 140000,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: instantOf(2021),
});
const fact = (value: string, vintageMs: number, status: Known['status'] = 'prelim'): Known => ({
  vintageMs,
  value,
  numerator: null,
  denominator: null,
  sampleCount: 1,
  status,
  flags: [],
  source: '省统计局',
  definitionVersion: 1,
});

/** The share as known at the end of each day, once everything was replayed. */
function shares(facts: readonly (readonly [string, Known])[], days: readonly number[]): number[] {
  const history = new History();
  for (const [metric, known] of facts) history.add(cell(metric), known);
  if (share) replay(share, cell('share'), history, { sinceMs: 0, effectiveFromMs: 0 });
  return days.map((n) => Number(Number(history.at(cell('share'), day(n))?.value).toFixed(2)));
}

describe('a divisor', () => {
  it('that was verified alone is taken as it was published with the dividend (calculus.md §9, §12)', () => {
    const facts = [
      ['tertiary', fact('10090.16', day(1))],
      ['gdp', fact('22590.16', day(1))],
      ['gdp', fact('22870.4', day(10), 'final')],
    ] as const;
    // 10090.16 / 22590.16 = 44.67 %, as published; over the verified whole it would be 44.12 %.
    expect(shares(facts, [2, 11])).toEqual([44.67, 44.67]);
    // Verified itself: 10207.3 / 22870.4 = 44.63 %.
    expect(shares([...facts, ['tertiary', fact('10207.3', day(20), 'final')]], [11, 21])).toEqual([
      44.67, 44.63,
    ]);
  });

  it('that was corrected in the same standing is corrected for both, and one that came later is taken', () => {
    // 10090.16 / 22600 = 44.65 %.
    expect(
      shares(
        [
          ['tertiary', fact('10090.16', day(1))],
          ['gdp', fact('22590.16', day(1))],
          ['gdp', fact('22600', day(3))],
        ],
        [2, 4],
      ),
    ).toEqual([44.67, 44.65]);
    expect(
      shares(
        [
          ['tertiary', fact('10090.16', day(1))],
          ['gdp', fact('22870.4', day(10), 'final')],
        ],
        [11],
      ),
    ).toEqual([44.12]);
  });
});

import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { cellId, type Known } from './known';
import { derivationRules } from './rules';

const DEFINITIONS = [
  sample.reported({ code: 'sales', period_rule: 'M' }),
  sample.derived({ code: 'growth', formula: 'yoy(sales)' }),
];
const [RULE] = derivationRules(
  DEFINITIONS.map((definition) => ({ definition, version: 1 })),
  { childrenOf: () => [], parentOf: () => null, mayRollUp: () => false },
).filter(({ kind }) => kind === 'derived');

const CITY = 140100;
const cell = (metric: string, year: number, month: number, region = CITY): CellKey => ({
  metric,
  freq: 'M',
  region,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: instantOf(year, month),
});

type Fact = readonly [CellKey, string, Partial<Known>?];

/** Value and flags of growth in June 2025 out of these facts. */
function growth(facts: readonly Fact[], region = CITY): string | undefined {
  const known = new Map(
    facts.map(([key, value, more]): [string, Known] => [
      cellId(key),
      {
        ...{ vintageMs: 1, value, numerator: null, denominator: null, sampleCount: 1, status: 'final' },
        ...{ flags: [], source: '省统计局', definitionVersion: 1 },
        ...more,
      },
    ]),
  );
  const made = RULE?.evaluate(
    cell('growth', 2025, 6, region),
    (key) => known.get(cellId(key)),
    () => undefined,
  );
  return made ? [made.value ?? 'null', ...made.flags].join(' ') : undefined;
}

describe('yoy() in a formula', () => {
  const partial = { flags: ['partial'] };
  it('compares a whole month with no incomplete one, as 同比 of the page does (calculus.md §15)', () => {
    const now = cell('sales', 2025, 6);
    const then = cell('sales', 2024, 6);
    expect(
      growth([
        [now, '110'],
        [then, '100'],
      ]),
    ).toBe('10');
    expect(
      growth([
        [now, '110'],
        [then, '50', partial],
      ]),
    ).toBe('null partial');
    expect(
      growth([
        [now, '50', partial],
        [then, '100'],
      ]),
    ).toBe('null partial');
    // Nobody knows that a city lacks the same twice.
    expect(
      growth([
        [now, '55', partial],
        [then, '50', partial],
      ]),
    ).toBe('null partial');
    // Of the province nobody knows here whether the same cities are in both.
    const province = (year: number) => cell('sales', year, 6, 140000);
    expect(
      growth(
        [
          [province(2025), '55', partial],
          [province(2024), '50', partial],
        ],
        140000,
      ),
    ).toBe('null partial');
  });

  it('says that a figure was inferred, or that its 口径 is assumed, of what is made of it', () => {
    expect(
      growth([
        [cell('sales', 2025, 6), '110', { flags: ['inferred'] }],
        [cell('sales', 2024, 6), '100', { flags: ['basis_assumed'] }],
      ]),
    ).toBe('10 basis_assumed inferred');
  });

  it('takes the growth that was published where a break parts the levels', () => {
    expect(
      growth([
        [cell('sales', 2025, 6), '130', { flags: ['series_break'], vintageMs: 9 }],
        [cell('sales', 2024, 6), '100'],
        [{ ...cell('sales', 2025, 6), measure: 'yoy' }, '4.1', { vintageMs: 5 }],
      ]),
    ).toBe('4.1');
  });

  it('crosses no break of the series, wherever between the two periods it is marked (§16)', () => {
    const broken = { flags: ['series_break'], vintageMs: 5 };
    const sides: Fact[] = [
      [cell('sales', 2025, 6), '110', { vintageMs: 9 }],
      [cell('sales', 2024, 6), '100'],
    ];
    expect(growth([...sides, [cell('sales', 2025, 1), '7', broken]])).toBe('null series_break');
    // A break of the base's own month lies before both; a base published after the mark was revised for it.
    expect(growth([...sides, [cell('sales', 2024, 5), '7', broken]])).toBe('10');
    const revised: Fact[] = [
      [cell('sales', 2025, 6), '110', { vintageMs: 9 }],
      [cell('sales', 2024, 6), '100', { vintageMs: 6 }],
    ];
    expect(growth([...revised, [cell('sales', 2025, 1), '7', broken]])).toBe('10');
  });

  it('is the published one until a level has another value, not another mark (calculus.md §16)', () => {
    const levels = (current: Partial<Known>): Fact[] => [
      [cell('sales', 2024, 6), '100'],
      [cell('sales', 2025, 6), '110', current],
      [{ ...cell('sales', 2025, 6), measure: 'yoy' }, '9.6', { vintageMs: 2 }],
    ];
    expect(growth(levels({ vintageMs: 5, valueSinceMs: 2 }))).toMatch(/^9\.6/);
    expect(growth(levels({ vintageMs: 5 }))).toMatch(/^10/);
  });
});

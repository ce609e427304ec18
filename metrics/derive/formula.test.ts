import { describe, expect, it } from 'vitest';
import { evaluateFormula } from '@/metrics/derive/formula';
import { parseExpression } from '@/metrics/expression/parser';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';

const MARCH = instantOf(2026, 3);
const target = {
  ...{ metric: 'made', freq: 'M' as const, region: 140100, slice: '', basis: 'period' },
  ...{ measure: 'level' as const, periodMs: MARCH },
};

/** Value and flags of a formula over cells of the same place and month. */
function made(formula: string, cells: Readonly<Record<string, string>>) {
  const result = evaluateFormula(
    parseExpression(formula).ast,
    target,
    (code) => sample.reported({ code }),
    ({ metric, periodMs }) => {
      const value = periodMs === MARCH ? cells[metric] : undefined;
      if (value === undefined) return undefined;
      const fact = {
        numerator: null,
        denominator: null,
        sampleCount: 1,
        status: 'final' as const,
        flags: [],
      };
      return { ...fact, value, vintageMs: instantOf(2026, 4), source: 'x', definitionVersion: 1 };
    },
    false,
  );
  return [result?.value ?? null, result?.flags ?? []];
}

describe('a formula with an operand missing is missing, never a number (calculus.md §0)', () => {
  it.each([
    ['a + b', [null, ['operand_missing']]],
    ['a * 0 + b * 0', [null, ['operand_missing']]],
    // Whether b is large is not known, so neither is what would follow from it.
    ['if(b > 50 and a > 1, 1, 0)', [null, ['operand_missing']]],
    ['clamp(b, 0, a)', [null, ['operand_missing']]],
    // Nothing that is there was read: there is no such cell.
    ['if(b > 50, a, 0)', [null, []]],
    ['score(b, 0, 100)', [null, []]],
    ['abs(b)', [null, []]],
  ])('%s', (formula, expected) => {
    expect(made(formula, { a: '7' })).toEqual(expected);
  });

  it.each([
    // What is asked for is whether there is one, or something in its place.
    ['if(b is null, a, b)', '7'],
    ['coalesce(b, a * 2)', '14'],
    // 7 is not above 50, whatever b is.
    ['if(a > 50 and b > 1, 1, 0)', '0'],
    ['if(a > 5 or b > 1, 1, 0)', '1'],
    // The branch that is not taken may lack what it likes.
    ['if(a > 5, a, b)', '7'],
  ])('%s is known', (formula, expected) => {
    expect(made(formula, { a: '7' })).toEqual([expected, []]);
  });

  it('divides by zero to nothing, with a flag', () => {
    expect(made('a / b', { a: '7', b: '0' })).toEqual([null, ['div0']]);
    expect(made('if(b = 0, 0, a / b)', { a: '7', b: '0' })).toEqual(['0', []]);
  });
});

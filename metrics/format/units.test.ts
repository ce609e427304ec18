import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from './rounding';
import { unitsOf, unitsText } from './units';

describe('rounding to whole units', () => {
  it.each([
    ['2.5', 0, 'half_up', 3],
    ['2.5', 0, 'half_even', 2],
    ['3.5', 0, 'half_even', 4],
    ['2.50001', 0, 'half_even', 3],
    ['0.925', 2, 'half_up', 93],
    ['0.925', 2, 'half_even', 92],
    ['-2.5', 0, 'half_up', -3],
    ['-0.04', 1, 'half_up', 0],
    ['7', 2, 'half_up', 700],
  ] as const)('%s at %i places, %s', (text, precision, rounding, units) => {
    expect(unitsOf(text, precision, rounding)).toBe(units);
  });

  it('agrees with the decimals for every plain number', () => {
    const digits = fc.stringMatching(/^(\d{0,30}|\d{0,5}50{0,20}|9{0,30})$/);
    const plain = fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('', '-'), digits)
      .map(([whole, sign, rest]) => `${whole === 0 ? sign : ''}${whole}${rest === '' ? '' : `.${rest}`}`);
    fc.assert(
      fc.property(
        plain,
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom('half_up', 'half_even'),
        (text, precision, rounding) => {
          const units = unitsOf(text, precision, rounding);
          expect(units).not.toBeNull();
          expect(unitsText(units ?? 0, precision)).toBe(roundTo(text, precision, rounding)?.toFixed());
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('does not answer what a double cannot hold, or what is no plain decimal', () => {
    for (const text of ['1234567890123456', '1e3', '', null, 5, ' 1']) expect(unitsOf(text, 2)).toBeNull();
  });
});

import DecimalJs from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactGrowth } from './exact-growth';

/** An arithmetic of its own, with digits to spare. */
const Exact = DecimalJs.clone({
  precision: 400,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -400,
  toExpPos: 400,
});

const plain = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 28n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, places]) => {
    const digits = units.toString().padStart(places + 1, '0');
    return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  });

describe('growth in whole numbers', () => {
  it.each([
    ['2834.6', '2296.57', '23.4275'],
    ['110', '100', '10'],
    ['90.0', '100', '-10'],
    ['0', '8', '-100'],
    ['100.00', '100', '0'],
    ['1.0000000001', '1', '0.00000001'],
  ])('%s against %s begins with %s', (current, base, begins) => {
    expect(exactGrowth(current, base)?.startsWith(begins)).toBe(true);
  });

  it('is the exact quotient rounded once, however many digits there are', () => {
    fc.assert(
      fc.property(plain, plain, (current, base) => {
        const exact = new Exact(base).isZero() ? null : new Exact(current).minus(base).times(100).div(base);
        const needsRule = exact === null || exact.gt(1000);
        const expected = exact?.isZero() ? '0' : (exact?.toSignificantDigits(30).toFixed() ?? null);
        expect(exactGrowth(current, base)).toBe(needsRule ? null : expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('rounds up across every nine', () => {
    // 999.999…9 (31 nines) % of growth: one digit more before the point.
    expect(exactGrowth(`10.${'9'.repeat(31)}`, '1')).toBe('1000');
  });

  it('leaves to the general way what is no plain number or needs a rule', () => {
    for (const [current, base] of [
      ['-1', '2'],
      ['1', '-2'],
      ['1e3', '2'],
      ['', '2'],
      ['1', '0.00'],
      ['12', '1'],
    ] as const)
      expect(exactGrowth(current, base)).toBeNull();
  });
});

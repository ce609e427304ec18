import DecimalJs from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '@/metrics/format/decimal';
import { percentText, wholePair } from './exact-percent';
import { growthRatio } from './growth-ratio';
import { percentage } from './result';

/** An arithmetic of its own, with digits to spare. */
const Exact = DecimalJs.clone({
  precision: 400,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -400,
  toExpPos: 400,
});
const exactPercent = (part: DecimalJs.Value, whole: DecimalJs.Value) =>
  new Exact(part).times(100).div(whole).toSignificantDigits(30).toFixed().replace(/^-0$/, '0');

const placed = (units: bigint, places: number) => {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return units < 0n ? `-${text}` : text;
};
const placedUpTo = (max: bigint) =>
  fc.tuple(fc.bigInt({ min: -max, max }), fc.integer({ min: 0, max: 12 })).map(([u, p]) => placed(u, p));
const nines = fc
  .tuple(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 0, max: 12 }))
  .map(([length, places]) => placed(10n ** BigInt(length) - 1n, places));
/** What is divided by these ends, and ends in 5: where it has 31 digits, rounding is a tie. */
const powersOfTwo = fc.integer({ min: 25, max: 55 }).map((exponent) => (2n ** BigInt(exponent)).toString());
const odd = fc.constantFrom(
  '0',
  '-0',
  '0.000',
  '007',
  '007.50',
  '1000000000000000',
  '1000000000000001',
  '0.1',
);
const operand = fc.oneof(
  placedUpTo(10n ** 3n),
  placedUpTo(10n ** 9n),
  placedUpTo(10n ** 15n),
  placedUpTo(10n ** 34n),
  nines,
  powersOfTwo,
  odd,
  fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: -30, max: 30 })).map(([n, e]) => `${n}e${e}`),
  fc.integer({ min: 1, max: 20 }).map((places) => placed(1n, places)),
);
const runs = { numRuns: 5000 };

describe('percentages in whole numbers', () => {
  it.each([
    // By hand: 1/3, 2/3, 1/7 and 1/8 to thirty digits.
    [1, 3, '33.3333333333333333333333333333'],
    [2, 3, '66.6666666666666666666666666667'],
    [-1, 7, '-14.2857142857142857142857142857'],
    [1, 8, '12.5'],
    [0, 8, '0'],
    [8, 8, '100'],
    [1e15, 1, '100000000000000000'],
    [1, 1e15, '0.0000000000001'],
    // 1 − 10⁻¹⁵ and its neighbours: the estimate of a digit group is on the edge.
    [999_999_999_999_999, 1e15, '99.9999999999999'],
    [1e15, 999_999_999_999_999, '100.0000000000001'],
  ])('%d of %d', (part, whole, text) => {
    expect(percentText(part, whole)).toBe(text);
  });

  it.each([
    // 2⁻³¹ = 0.0000000004656612873077392578125: with it 31 digits, the last one 5.
    [2 ** 31 - 1, '99.9999999534338712692260742188'],
    [2 ** 30 + 1, '50.0000000465661287307739257813'],
    [-(2 ** 30 + 1), '-50.0000000465661287307739257813'],
  ])('round a tie away from zero: %d of 2^31', (part, text) => {
    expect(percentText(part, 2 ** 31)).toBe(text);
  });

  it('are the exact quotient rounded once, of any two whole numbers up to 10^15', () => {
    const whole = fc.oneof(
      fc.maxSafeInteger().map((n) => Math.abs(n) % 1e15),
      fc.nat(),
      fc.nat({ max: 20 }).map((n) => 1e15 - n),
      fc.integer({ min: 0, max: 49 }).map((exponent) => 2 ** exponent),
    );
    fc.assert(
      fc.property(whole, whole, fc.boolean(), (part, divisor, isNegative) => {
        fc.pre(divisor > 0);
        const signed = isNegative ? -part : part;
        expect(percentText(signed, divisor)).toBe(exactPercent(signed, divisor));
      }),
      runs,
    );
  });

  it('are those of the general decimals, digit for digit, whatever the operands', () => {
    fc.assert(
      fc.property(operand, operand, (a, b) => {
        const said = percentage(a, b, {});
        const general = percentage(new Decimal(a), new Decimal(b), {});
        expect(said).toEqual(general);
        if (said.value !== null) expect(said.value).toBe(exactPercent(a, b));
      }),
      runs,
    );
  });

  it('make the growth that the general decimals make, with its words and flags', () => {
    fc.assert(
      fc.property(operand, operand, (current, base) => {
        const { operands: _, ...said } = growthRatio({ current, base });
        const { operands: __, ...general } = growthRatio({
          current: new Decimal(current),
          base: new Decimal(base),
        });
        expect(said).toEqual(general);
      }),
      runs,
    );
  });

  it('leave to the general decimals what is no plain decimal or does not fit', () => {
    for (const text of [
      '1e3',
      '',
      '.5',
      '5.',
      '+1',
      ' 1',
      '1.2.3',
      '--1',
      '-',
      '1000000000000000.1',
      null,
      5,
    ])
      expect(wholePair(text, '1')).toBeNull();
    expect(wholePair('10000000000', '0.000001')).toBeNull();
    expect(wholePair('12.5', '-8')).toEqual({ a: 125, b: -80 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '@/metrics/format/decimal';
import { roundTo } from '@/metrics/format/rounding';
import { ytd } from './accumulate';
import { rank, rankChange } from './rank';
import { maxOfSum, meanOfCities, ratioOfSums, rollupMax, rollupSum, weightedMean } from './rollup';
import { share } from './share';
import { asOf, revisionTriangle } from './vintage';

/** An exact decimal as whole hundredths, so that the test can calculate in whole numbers. */
const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const positive = fc.integer({ min: 1, max: 1_000_000_000 });
const text = (hundredths: number | bigint) => new Decimal(String(hundredths)).div(100).toFixed();
const sum = (values: readonly number[]) => values.reduce((total, value) => total + BigInt(value), 0n);

describe('ranks', () => {
  const scores = fc.array(fc.option(fc.integer({ min: -50, max: 50 }), { freq: 5 }), { maxLength: 15 });
  const shuffled = scores.chain((values) =>
    fc.record({
      values: fc.constant(values),
      order: fc.shuffledSubarray(
        values.map((_, i) => i),
        { minLength: values.length, maxLength: values.length },
      ),
      direction: fc.constantFrom('higher_better' as const, 'lower_better' as const),
    }),
  );

  it('count the strictly better and the strictly worse, whatever the order of the rows', () => {
    fc.assert(
      fc.property(shuffled, ({ values, order, direction }) => {
        const present = values.filter((value) => value !== null);
        const better = (a: number, b: number) => (direction === 'higher_better' ? a > b : a < b);
        const ranked = rank({ entries: order.map((key) => ({ key, value: values[key] })), direction });
        expect(new Set(ranked.map(({ key }) => key)).size).toBe(values.length);
        for (const { key, rank: place, lastRank } of ranked) {
          const own = values[key];
          if (own === null || own === undefined) expect([place, lastRank]).toEqual([null, null]);
          else
            expect([place, lastRank]).toEqual([
              1 + present.filter((other) => better(other, own)).length,
              1 + present.filter((other) => better(own, other)).length,
            ]);
        }
      }),
    );
  });

  it('that do not move have no change', () => {
    fc.assert(
      fc.property(shuffled, ({ values, direction }) => {
        const ranked = rank({ entries: values.map((value, key) => ({ key, value })), direction });
        for (const [key, change] of rankChange(ranked, ranked))
          expect(change).toBe(values[key] === null ? null : 0);
      }),
    );
  });
});

describe('rounding', () => {
  it('is the nearest number of its places; ties go away from zero, or to the even digit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        fc.integer({ min: 0, max: 6 }),
        (n, places) => {
          // n hundred-millionths rounded to `places`: whole-number arithmetic alone.
          const unit = 10n ** BigInt(8 - places);
          const magnitude = n < 0n ? -n : n;
          const [whole, rest] = [magnitude / unit, magnitude % unit];
          const up = whole + (2n * rest >= unit ? 1n : 0n);
          const even = whole + (2n * rest > unit || (2n * rest === unit && whole % 2n === 1n) ? 1n : 0n);
          const value = new Decimal(n.toString()).div(10 ** 8).toFixed();
          const shown = (digits: bigint) =>
            new Decimal(((n < 0n ? -1n : 1n) * digits).toString()).div(10 ** places).toFixed();
          expect(roundTo(value, places, 'half_up')?.toFixed()).toBe(shown(up));
          expect(roundTo(value, places, 'half_even')?.toFixed()).toBe(shown(even));
        },
      ),
    );
  });

  it('twice is once, and never turns an order around', () => {
    fc.assert(
      fc.property(cents, cents, fc.constantFrom('half_up' as const, 'half_even' as const), (a, b, mode) => {
        const [x, y] = [text(Math.min(a, b)), text(Math.max(a, b))];
        const [low, high] = [roundTo(x, 1, mode), roundTo(y, 1, mode)];
        expect(low && high && low.lte(high)).toBe(true);
        expect(roundTo(low, 1, mode)?.eq(low ?? 0)).toBe(true);
      }),
    );
  });
});

describe('rollups', () => {
  const cities = fc.array(fc.array(cents, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 11 });

  it('counties by cities is counties at once, to the last digit', () => {
    fc.assert(
      fc.property(cities, (groups) => {
        const byCity = rollupSum({
          parts: groups.map((group) => rollupSum({ parts: group.map(text) }).value),
        });
        expect(byCity.value).toBe(rollupSum({ parts: groups.flat().map(text) }).value);
        expect(byCity.value).toBe(text(sum(groups.flat())));
      }),
    );
  });

  it('a missing part is no zero: the sum is withheld, or flagged where it is let through', () => {
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 10 }), fc.nat(), (parts, at) => {
        const holes = [...parts.map(text), null];
        const moved = [...holes.slice(at % holes.length), ...holes.slice(0, at % holes.length)];
        expect(rollupSum({ parts: moved })).toMatchObject({ value: null, flags: ['partial'] });
        expect(rollupSum({ parts: moved, allowPartial: true }).value).toBe(text(sum(parts)));
        expect(meanOfCities(moved).flags).toEqual(['partial']);
      }),
    );
  });

  it('a ratio of sums lies between the smallest and the largest part, and does not depend on the grouping', () => {
    const part = fc.record({
      numerator: fc.integer({ min: 0, max: 1e6 }),
      denominator: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 12 }), fc.nat(), (parts, at) => {
        const cut = 1 + (at % (parts.length - 1));
        const total = (list: typeof parts) => ({
          numerator: list.reduce((a, b) => a + b.numerator, 0),
          denominator: list.reduce((a, b) => a + b.denominator, 0),
        });
        const whole = ratioOfSums(parts).value ?? '';
        expect(ratioOfSums([total(parts.slice(0, cut)), total(parts.slice(cut))]).value).toBe(whole);
        const each = parts.map(({ numerator, denominator }) =>
          new Decimal(numerator).div(denominator).times(100),
        );
        expect(
          Decimal.min(...each)
            .minus(whole)
            .lte('1e-20'),
        ).toBe(true);
        expect(
          Decimal.max(...each)
            .minus(whole)
            .gte('-1e-20'),
        ).toBe(true);
        // Weighted by its own denominators the mean of the ratios is the ratio of the sums.
        const weighted = weightedMean(each.map((value, i) => ({ value, weight: parts[i]?.denominator })));
        expect(new Decimal(weighted.value ?? 'NaN').minus(whole).abs().lt('1e-20')).toBe(true);
      }),
    );
  });

  it('the peak of a sum is at most the sum of the peaks, and reached at some instant', () => {
    const rows = fc
      .integer({ min: 1, max: 6 })
      .chain((n) =>
        fc.array(fc.array(cents, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(rows, (series) => {
        const peak = maxOfSum(series.map((row) => row.map(text))).value ?? '';
        const sums = (series[0] ?? []).map((_, at) => text(sum(series.map((row) => row[at] ?? 0))));
        expect(sums).toContain(peak);
        const peaks = series.map((row) => new Decimal(rollupMax(row.map(text)).value ?? 0));
        expect(new Decimal(peak).lte(peaks.reduce((a, b) => a.plus(b), new Decimal(0)))).toBe(true);
      }),
    );
  });

  it('shares of the parts of a whole are 100 in all', () => {
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 20 }), (parts) => {
        const whole = text(sum(parts));
        const shares = parts.map((part) => new Decimal(share(text(part), whole).value ?? 'NaN'));
        expect(
          shares
            .reduce((a, b) => a.plus(b), new Decimal(0))
            .minus(100)
            .abs()
            .lt('1e-20'),
        ).toBe(true);
      }),
    );
  });
});

describe('months and cumulative figures', () => {
  const months = fc.array(cents, { minLength: 12, maxLength: 12 });

  it('the cumulative figure is the exact sum of the months', () => {
    fc.assert(
      fc.property(months, (values) => {
        expect(ytd(values.map(text)).value).toBe(text(sum(values)));
      }),
    );
  });

  it('a year with a hole has no sum', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 0, max: 11 }), (values, hole) => {
        const holed = values.map((value, i) => (i === hole ? null : text(value)));
        expect(ytd(holed).value).toBeNull();
      }),
    );
  });
});

describe('vintages', () => {
  const list = fc.array(
    fc.record({
      periodMs: fc.integer({ min: 0, max: 3 }),
      vintageMs: fc.integer({ min: 0, max: 20 }),
      value: fc.option(cents.map(text)),
      status: fc.constantFrom('prelim' as const, 'final' as const),
    }),
    { maxLength: 20 },
  );

  it('what comes later never changes what was known', () => {
    fc.assert(
      fc.property(list, list, fc.integer({ min: 0, max: 20 }), (known, later, instant) => {
        const after = later.map((vintage) => ({ ...vintage, vintageMs: vintage.vintageMs + instant + 1 }));
        expect(asOf([...known, ...after], instant)).toBe(asOf(known, instant));
        const [before, all] = [revisionTriangle(known), revisionTriangle([...known, ...after])];
        before.periods.forEach((period, i) => {
          before.vintages.forEach((vintage, j) => {
            const row = all.cells[all.periods.indexOf(period)];
            if (vintage <= instant) expect(row?.[all.vintages.indexOf(vintage)]).toBe(before.cells[i]?.[j]);
          });
        });
      }),
    );
  });
});

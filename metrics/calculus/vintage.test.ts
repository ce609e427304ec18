import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObsStatus } from '@/metrics/model/cell';
import { instantOf } from '@/metrics/time/zone';
import { asOf, firstRelease, revisions, revisionTriangle, sameBatch, type Vintage } from './vintage';

const vintage = (vintageMs: number, value: string | null, status: ObsStatus = 'final'): Vintage => ({
  vintageMs,
  value,
  status,
});
/** T33: Shanxi GDP 2020, preliminary and final. */
const GDP_2020 = [
  vintage(instantOf(2021, 1, 20), '17651.93', 'prelim'),
  vintage(instantOf(2021, 12, 31), '17835.6', 'final'),
];

describe('asOf', () => {
  it('gives the figure as it was known (T33)', () => {
    expect(asOf(GDP_2020, instantOf(2021, 3))?.value).toBe('17651.93');
    expect(asOf(GDP_2020, instantOf(2022, 6))?.value).toBe('17835.6');
    expect(asOf(GDP_2020, instantOf(2021, 1, 20))?.value).toBe('17651.93');
    expect(asOf(GDP_2020, instantOf(2021, 1, 20) - 1)).toBeNull();
  });

  it('lets an explicit withdrawal count and, at one instant, the later entry', () => {
    expect(asOf([...GDP_2020, vintage(instantOf(2023), null, 'missing')], instantOf(2024))?.value).toBeNull();
    expect(asOf([vintage(5, 'a1'), vintage(5, 'a2')], 5)?.value).toBe('a2');
  });

  it('never forgets: a later as-of sees the same or a newer vintage, in any order of arrival', () => {
    const list = fc.uniqueArray(fc.nat(1000), { maxLength: 20 });
    fc.assert(
      fc.property(list, fc.nat(1000), fc.nat(1000), (instants, a, b) => {
        const vintages = instants.map((ms) => vintage(ms, String(ms)));
        const early = asOf(vintages, Math.min(a, b));
        const late = asOf(vintages, Math.max(a, b));
        expect(late?.vintageMs ?? -1).toBeGreaterThanOrEqual(early?.vintageMs ?? -1);
        expect(asOf([...vintages].reverse(), a)).toEqual(asOf(vintages, a));
      }),
    );
  });
});

describe('revisions', () => {
  it('knows the first release and what became of it', () => {
    const census = [
      vintage(instantOf(2019, 1, 20), '16818.11', 'prelim'),
      vintage(instantOf(2020, 1, 20), '15958.1', 'census'),
    ];
    expect(firstRelease([...census].reverse())?.value).toBe('16818.11');
    expect(firstRelease([vintage(1, null, 'missing')])).toBeNull();
    const [first, second] = revisions(census);
    expect(first?.change.value).toBeNull();
    expect(second?.change.value).toBe('-860.01');
    expect(Number(second?.sinceFirst.value)).toBeCloseTo(-5.1, 1);
  });

  it('takes the previous cumulative figure from the batch of the current one (T12)', () => {
    const may = [vintage(100, '520'), vintage(200, '498')];
    expect(sameBatch(may, vintage(200, '515'))?.value).toBe('498');
    expect(sameBatch(may, vintage(150, '515'))?.value).toBe('520');
  });

  it('lays out the revision triangle', () => {
    const observations = [
      { ...vintage(10, '1'), periodMs: 1 },
      { ...vintage(20, '1.5'), periodMs: 1 },
      { ...vintage(20, '2'), periodMs: 2 },
      { ...vintage(30, '2.5'), periodMs: 2 },
    ];
    expect(revisionTriangle(observations)).toEqual({
      periods: [1, 2],
      vintages: [10, 20, 30],
      cells: [
        ['1', '1.5', '1.5'],
        [null, '2', '2.5'],
      ],
    });
  });
});

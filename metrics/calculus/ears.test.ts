import { describe, expect, it } from 'vitest';
import { DAY_MS } from '@/metrics/time/zone';
import { EarsMemo, ears, earsReading, mergeSignals, observedCounts } from './ears';

const T55 = [3, 2, 4, 3, 5, 2, 3, 4, 3, 2, 6, 9, 14, 8, 4];

describe('EARS', () => {
  it('alarms as worked out (T55)', () => {
    expect(ears(T55).map(({ alarms }) => alarms.join(' '))).toEqual([
      ...Array.from({ length: 11 }, () => ''),
      'C1 C2 C3',
      'C1 C2 C3',
      'C3',
      'C3',
    ]);
    const day11 = ears(T55)[11];
    expect([day11?.c1, day11?.c2, day11?.c3].map((c) => Number(c).toFixed(3))).toEqual([
      '3.591',
      '5.709',
      '6.148',
    ]);
  });

  it('has no score before its baseline', () => {
    const days = ears(T55);
    expect(days[6]?.c1).toBeNull();
    expect(days[7]?.c1).not.toBeNull();
    expect(days[8]?.c2).toBeNull();
    expect(days[10]?.c3).toBeNull();
  });

  it('does not alarm on one case over an empty baseline (T56)', () => {
    const zeros = [0, 0, 0, 0, 0, 0, 0];
    expect(ears([...zeros, 1]).at(-1)).toMatchObject({ c1: '2', alarms: [] });
    expect(ears([...zeros, 2]).at(-1)).toMatchObject({ c1: '4', alarms: ['C1'] });
  });

  it('keeps missing reports missing and needs five valid baseline days', () => {
    expect(ears([1, 2, 1, 2, 1, 2, 1, null]).at(-1)?.c1).toBeNull();
    expect(ears([null, null, 1, 2, 1, 2, 1, 3]).at(-1)?.c1).not.toBeNull();
    expect(ears([null, null, null, 2, 1, 2, 1, 3]).at(-1)?.c1).toBeNull();
  });

  it('says what the day was compared with (T55: 5, 2, 3, 4, 3, 2, 6 before the eleventh)', () => {
    expect(Number(ears(T55)[11]?.baseline).toFixed(4)).toBe('3.5714');
    expect(ears(T55)[6]?.baseline).toBeNull();
  });

  it('takes rates as exactly as counts', () => {
    // Mean 0.1, no spread: the floor of the deviation is 0.5, and (2.6 − 0.1) / 0.5 = 5.
    expect(ears([...Array.from({ length: 7 }, () => '0.1'), '2.6']).at(-1)).toMatchObject({ c1: '5' });
  });

  it('is read by a threshold only over a baseline', () => {
    expect(earsReading({ baseline: null, c1: null, c2: null, c3: null, alarms: [] })).toBeUndefined();
    expect(earsReading({ baseline: '0', c1: '4', c2: null, c3: null, alarms: ['C1'] })).toEqual({
      symbols: ['C1'],
    });
  });

  it('takes a day without a count for zero where something arrived, and for missing elsewhere', () => {
    const counts = new Map([
      [1, '3'],
      [3, null],
    ]);
    expect(observedCounts([0, 1, 2, 3], counts, new Set([1, 2, 3]))).toEqual([null, '3', '0', '0']);
  });

  it('gives the same with and without what was worked out for other series', () => {
    const memo = new EarsMemo();
    const others = [[...T55].reverse(), T55.map((y) => y + 1), [null, ...T55]];
    for (const counts of others) ears(counts, memo);
    for (const counts of [T55, ...others]) expect(ears(counts, memo)).toEqual(ears(counts));
  });

  it('merges alarms within seven days into one signal', () => {
    expect(mergeSignals([0, 7, 15].map((d) => d * DAY_MS))).toEqual([
      { firstMs: 0, lastMs: 7 * DAY_MS, alarms: 2 },
      { firstMs: 15 * DAY_MS, lastMs: 15 * DAY_MS, alarms: 1 },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { DAY_MS } from '@/metrics/time/zone';
import { ears, earsLamp, mergeSignals } from './ears';

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

  it('turns alarms into lamps; one case of a class A disease is red', () => {
    const quiet = { c1: null, c2: null, c3: null, alarms: [] };
    expect(earsLamp(quiet)).toBe('none');
    expect(earsLamp({ ...quiet, alarms: ['C1'] })).toBe('yellow');
    expect(earsLamp({ ...quiet, alarms: ['C1', 'C2'] })).toBe('orange');
    expect(earsLamp({ ...quiet, alarms: ['C3'] })).toBe('red');
    expect(earsLamp(quiet, { singleCaseIsRed: true, count: 1 })).toBe('red');
    expect(earsLamp(quiet, { singleCaseIsRed: true, count: 0 })).toBe('none');
  });

  it('merges alarms within seven days into one signal', () => {
    expect(mergeSignals([0, 7, 15].map((d) => d * DAY_MS))).toEqual([
      { firstMs: 0, lastMs: 7 * DAY_MS, alarms: 2 },
      { firstMs: 15 * DAY_MS, lastMs: 15 * DAY_MS, alarms: 1 },
    ]);
  });
});

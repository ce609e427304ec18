import { describe, expect, it } from 'vitest';
import type { ThresholdSet } from '@/metrics/model/definition-threshold';
import { DAY_MS } from '@/metrics/time/zone';
import { isTentative, judgeUnit, unitSignals } from './unit-signals';

const T55 = [3, 2, 4, 3, 5, 2, 3, 4, 3, 2, 6, 9, 14, 8, 4];
const FIRST_MS = Date.parse('2026-03-01T00:00:00+08:00');
const day = (index: number) => FIRST_MS + index * DAY_MS;

const ears: ThresholdSet = {
  source: 'default',
  measure: 'ears',
  rules: [
    { type: 'equals', colour: 'yellow', equals: ['C1'] },
    { type: 'equals', colour: 'orange', equals: ['C2'] },
    { type: 'equals', colour: 'red', equals: ['C3'] },
  ],
};
const oneCase: ThresholdSet = {
  source: 'default',
  measure: 'day_value',
  rules: [{ type: 'compare', colour: 'red', op: 'ge', limit: 1 }],
};
const judge = (counts: readonly (number | null)[], ...sets: ThresholdSet[]) =>
  judgeUnit({
    sets,
    precision: 0,
    rounding: 'half_up',
    daysMs: counts.map((_, i) => day(i)),
    counts: counts.map((count) => (count === null ? null : String(count))),
  });

describe('the days of a unit', () => {
  it('are judged each for itself, without a baseline not at all (T55)', () => {
    const judged = judge(T55, ears);
    expect(judged.map(({ lamp }) => lamp)).toEqual([
      ...Array.from({ length: 7 }, () => null),
      ...Array.from({ length: 4 }, () => 'none'),
      ...Array.from({ length: 4 }, () => 'red'),
    ]);
    expect(judged[11]).toMatchObject({ count: '9', measures: ['ears'], tentative: false });
  });

  it('are red at one case whatever their baseline, and a missing report is not judged', () => {
    expect(judge([0, 1, null], ears, oneCase).map(({ lamp }) => lamp)).toEqual(['none', 'red', null]);
    // Ten times its usual 10: EARS sees nothing in one more, the rule of one case does.
    const judged = judge([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 11], ears, oneCase).at(-1);
    expect(judged).toMatchObject({ ears: { alarms: [] }, lamp: 'red', measures: ['day_value'] });
  });

  it('are hints where only a set lit them whose rows are still coming in', () => {
    const counts = [...Array.from({ length: 12 }, () => 0), 2, 0];
    const hinted = { ...ears, tentative_days: 2 };
    expect(judge(counts, hinted)[12]).toMatchObject({ lamp: 'red', tentative: true });
    expect(judge(counts, hinted, oneCase)[12]).toMatchObject({ lamp: 'red', tentative: false });
    expect(judge([...counts, 0], hinted)[12]).toMatchObject({ lamp: 'red', tentative: false });
    expect([0, 1, 2].map((i) => isTentative({ tentative_days: 2 }, day(i), day(2)))).toEqual([
      false,
      true,
      true,
    ]);
    expect(isTentative({}, day(2), day(2))).toBe(false);
  });
});

describe('the signals of a unit', () => {
  it('are alarms within seven days, told by the most severe day with the highest count (T55)', () => {
    const quiet = Array.from({ length: 10 }, () => 3);
    const signals = unitSignals(judge([...T55, ...quiet, 3, 9], ears));
    // Alarms from the 12th to the 17th: C3 reads the C2 of two days before. The next is nine days after the last.
    expect(signals.map(({ firstMs }) => firstMs)).toEqual([day(11), day(26)]);
    expect(signals[0]).toMatchObject({ worst: { dayMs: day(12), count: '14' }, tentative: false });
    expect(signals[1]).toMatchObject({ lastMs: day(26), alarms: 1 });
  });

  it('are hints only when every day of them is, and then told by a day that is none', () => {
    const zeros = Array.from({ length: 12 }, () => 0);
    const hinted = { ...ears, tentative_days: 2 };
    expect(unitSignals(judge([...zeros, 2, 0], hinted))[0]).toMatchObject({ tentative: true });
    const settled = unitSignals(judge([...zeros, 2, 9, 9], hinted))[0];
    expect(settled).toMatchObject({ tentative: false, alarms: 3, worst: { dayMs: day(12), count: '2' } });
    expect(unitSignals(judge(zeros, ears))).toEqual([]);
  });
});

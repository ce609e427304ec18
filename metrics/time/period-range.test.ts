import { describe, expect, it } from 'vitest';
import { FREQUENCIES } from '@/metrics/model/cell';
import { formatPeriod } from './label';
import { parsePeriod } from './parse-period';
import {
  addPeriods,
  nextPeriod,
  periodRange,
  periodStart,
  periodsBetween,
  samePeriodLastYear,
} from './period';
import { instantOf, MIN_YEAR } from './zone';

const FROM = instantOf(1900);
const TO = instantOf(2101);
/** Days, hours and minutes of two centuries are too many: prime steps walk through all of the year and the day. */
const STEPS = { A: 1, Q: 1, M: 1, D: 29, H: 997, N: 59_999 } as const;

/** Every period of 1900–2100, or a walk through them: local mean time until 1901 and summer times included. */
function* periods(freq: (typeof FREQUENCIES)[number]): Generator<number> {
  const fine = STEPS[freq] > 1;
  for (let at = periodStart(freq, FROM); at < TO; at = periodStart(freq, addPeriods(freq, at, STEPS[freq]))) {
    yield at;
    if (fine) yield nextPeriod(freq, at);
  }
}

describe.each(FREQUENCIES)('every %s of 1900–2100', (freq) => {
  it('holds its own instants, ends where the next begins, and is left by one step back', () => {
    const wrong: string[] = [];
    for (const start of periods(freq)) {
      const next = nextPeriod(freq, start);
      const sound =
        next > start &&
        periodStart(freq, start) === start &&
        periodStart(freq, next - 1) === start &&
        periodStart(freq, start + Math.floor((next - start) / 2)) === start &&
        periodsBetween(freq, start, next) === 1 &&
        addPeriods(freq, next, -1) === start;
      if (!sound) wrong.push(new Date(start).toISOString());
    }
    expect(wrong).toEqual([]);
  });

  it('is read back from the text we write, from 1949 on; before that the text names nothing', () => {
    const wrong: string[] = [];
    for (const start of periods(freq)) {
      const text = formatPeriod(freq, start);
      const read = parsePeriod(text);
      const expected = Number(text.slice(0, 4)) >= MIN_YEAR;
      const same = read?.freq === freq && read.startMs === start;
      // The hour that the end of summer time repeats has one name for two hours: it means the first.
      const repeated =
        read?.freq === freq && formatPeriod(freq, read.startMs) === text && read.startMs < start;
      if (expected ? !(same || (repeated && isRepeatable(freq, text))) : read !== null) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  it('has one period a year before, in that year', () => {
    const wrong: string[] = [];
    for (const start of periods(freq)) {
      const before = samePeriodLastYear(freq, start);
      const [now, then] = [start, before].map((ms) => Number(formatPeriod(freq, ms).slice(0, 4)));
      if (then !== (now ?? 0) - 1 || periodStart(freq, before) !== before)
        wrong.push(formatPeriod(freq, start));
    }
    expect(wrong).toEqual([]);
  });
});

function isRepeatable(freq: string, text: string): boolean {
  const year = Number(text.slice(0, 4));
  return (freq === 'H' || freq === 'N') && (year === 1949 || (year >= 1986 && year <= 1991));
}

describe('the days of a century', () => {
  it('are as many as its months and its years have', () => {
    const days = periodRange('D', instantOf(1950), instantOf(2050));
    expect(days.length).toBe(36_525);
    expect(new Set(days.map((ms) => formatPeriod('D', ms))).size).toBe(36_525);
    for (const freq of ['M', 'A'] as const) {
      const starts = periodRange(freq, instantOf(1950), instantOf(2050));
      const inside = starts.map((ms) => periodsBetween('D', ms, nextPeriod(freq, ms)));
      expect(inside.reduce((a, b) => a + b, 0)).toBe(36_525);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { type CellKey, FREQUENCIES, type Freq } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import type { Surroundings } from './facts';
import { mergesJanFeb, periodsAfter, publishedBefore, yearToDate } from './periods';
import { planComparisons, planReads } from './plan';

const surroundings: Surroundings = {
  parent: 140000,
  parentVisible: true,
  siblings: [140100, 140200],
  hiddenSiblings: 0,
  children: [140105],
};
const cellOf = (freq: Freq, more: Partial<CellKey> = {}): CellKey => ({
  metric: 'sample',
  freq,
  region: 140100,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: periodOf(freq, { year: 2024, month: 4, ...(freq === 'A' && { month: 1 }) }),
  ...more,
});
const month = (n: number, year = 2024) => periodOf('M', { year, month: n });

describe('what a cell needs read', () => {
  it.each(FREQUENCIES)('is a handful of reads at frequency %s', (freq) => {
    for (const metric of ['sample', 'gdp', 'va_primary', 'income_urban']) {
      const definition = sample.reported({ code: metric });
      expect(planReads(definition, cellOf(freq, { metric }), surroundings).length).toBeLessThanOrEqual(5);
      expect(planComparisons(definition, cellOf(freq, { metric })).length).toBeLessThanOrEqual(2);
    }
  });

  it('never reaches beyond the period, so that what follows it cannot be an operand', () => {
    for (const freq of FREQUENCIES) {
      const cell = cellOf(freq, { metric: 'gdp' });
      for (const { toMs, fromMs } of planReads(sample.reported({ code: 'gdp' }), cell, surroundings)) {
        expect(fromMs).toBeLessThanOrEqual(cell.periodMs);
        expect(toMs).toBeLessThanOrEqual(periodOf('A', { year: 2025 }));
      }
    }
  });

  it('does not read years of hours to compare two of them', () => {
    const cell = cellOf('H');
    const hours = planReads(sample.reported(), cell, surroundings).reduce(
      (sum, { freq, fromMs, toMs }) => sum + (freq.includes('H') ? (toMs - fromMs) / 3_600_000 : 0),
      0,
    );
    expect(hours).toBeLessThan(20);
  });
});

describe('the period published before', () => {
  const merged = { definition: sample.reported({ period_rule: 'MC' }), basis: 'ytd' };
  const former = (n: number, basis = 'ytd') =>
    publishedBefore(merged.definition, { freq: 'M', basis, periodMs: month(n) });

  it('skips a January that does not exist (calculus.md §2)', () => {
    expect(mergesJanFeb(merged.definition)).toBe(true);
    expect(former(3)).toBe(month(2));
    expect(former(2)).toBe(month(12, 2023));
    expect(former(3, 'period')).toBe(month(12, 2023));
    const twelve = sample.reported({ period_rule: 'MC12' });
    expect(publishedBefore(twelve, { freq: 'M', basis: 'ytd', periodMs: month(2) })).toBe(month(1));
  });

  it('is counted from one period to another without the Januaries that are not published', () => {
    const countOf = (basis: string) =>
      periodsAfter(merged.definition, { freq: 'M', basis, periodMs: month(11, 2023) }, month(4));
    // December, 1-2月, March, April; single months lack 1-2月.
    expect([countOf('ytd'), countOf('period')]).toEqual([4, 3]);
    const quarter = (year: number, n: number) => periodOf('Q', { year, quarter: n });
    const from = { freq: 'Q', basis: 'ytd', periodMs: quarter(2024, 1) } as const;
    expect(periodsAfter(sample.reported(), from, quarter(2026, 3))).toBe(10);
  });

  it('adds up from January, or the first quarter, to the period itself', () => {
    expect(yearToDate('M', month(3))).toEqual([month(1), month(2), month(3)]);
    const quarter = (n: number) => periodOf('Q', { year: 2024, quarter: n });
    expect(yearToDate('Q', quarter(2))).toEqual([quarter(1), quarter(2)]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { awaitedAfter, coveringSeries, followedSeries } from './expected-period';
import { instantOf } from './zone';

const figure = (periodMs: number, more: Partial<Observation> = {}) =>
  ({ freq: 'M', periodMs, basis: 'ytd', value: '1', ...more }) as Observation;

const nowMs = instantOf(2026, 11, 24);
const of = (freq: string, kind: string) =>
  ({ code: 'x', period_rule: 'MC', freq, kind }) as unknown as MetricDefinition;

describe('the figures a metric is followed by', () => {
  it('are of its own frequency, else of the finest it has; a computed month under way does not count', () => {
    const year = figure(instantOf(2025), { freq: 'A', basis: 'period' });
    const october = figure(instantOf(2026, 10));
    const alone = figure(instantOf(2026, 10), { basis: 'period' });
    const running = figure(instantOf(2026, 11));
    expect(followedSeries(of('M', 'aggregated'), [year, alone, october, running], nowMs)).toBe(october);
    expect(followedSeries(of('M', 'reported'), [year, october, running], nowMs)).toBe(running);
    expect(followedSeries(of('Q', 'reported'), [year], nowMs)).toBe(year);
    expect(followedSeries(of('M', 'reported'), [{ ...october, value: null }], nowMs)).toBeUndefined();
  });

  it('are covered by longer periods only where these reach further and have ended', () => {
    const october = figure(instantOf(2024, 10));
    const years = (y: number, value: string | null = '1') =>
      figure(instantOf(y), { freq: 'A', basis: 'period', value });
    const quarter = figure(instantOf(2025, 10), { freq: 'Q', basis: 'ytd' });
    const covering = (...known: Observation[]) => coveringSeries(october, [october, ...known], nowMs);
    expect(covering(years(2023))).toBeUndefined();
    expect(covering(years(2025, null), years(2026))).toBeUndefined();
    expect(covering(years(2024))).toEqual(years(2024));
    // The last quarter of 2025 ends with the year: the finer one is named.
    expect(covering(years(2025), quarter)).toBe(quarter);
  });
});

describe('what is waited for after a figure', () => {
  const monthly = of('M', 'reported');
  const october = figure(instantOf(2024, 10));
  const year = figure(instantOf(2025), { freq: 'A', basis: 'period' });
  const january2026 = { freq: 'M', basis: 'ytd', periodMs: instantOf(2026, 2) };

  it('is the next period of its own series where nothing longer tells of that', () => {
    const next = { freq: 'M', basis: 'ytd', periodMs: instantOf(2024, 11) };
    expect(awaitedAfter(monthly, october, [october], nowMs)).toEqual(next);
    const earlier = figure(instantOf(2023), { freq: 'A', basis: 'period' });
    expect(awaitedAfter(monthly, october, [october, earlier], nowMs)).toEqual(next);
  });

  it('is no month of a year that was published whole', () => {
    // 2025 tells of every month from November 2024 on: January and February of 2026, said as one, come next.
    expect(awaitedAfter(monthly, october, [october, year], nowMs)).toEqual(january2026);
  });

  it('is the next month, too, after the year that came instead of months', () => {
    expect(awaitedAfter(monthly, year, [october, year], nowMs)).toEqual(january2026);
  });

  it('is the next year of a metric that has years alone, and of a year that months went beyond', () => {
    const next = { freq: 'A', basis: 'period', periodMs: instantOf(2026) };
    expect(awaitedAfter(monthly, year, [year], nowMs)).toEqual(next);
    expect(awaitedAfter(monthly, year, [year, figure(instantOf(2026, 9))], nowMs)).toEqual(next);
  });

  it('is the period itself while it runs, unless its publisher has said what there is', () => {
    const running = figure(instantOf(2026, 11), { basis: 'period' });
    expect(awaitedAfter(of('M', 'aggregated'), running, [running], nowMs).periodMs).toBe(instantOf(2026, 11));
    expect(awaitedAfter(monthly, running, [running], nowMs).periodMs).toBe(instantOf(2026, 12));
  });

  it('is of its own series alone where the metric flows by the day', () => {
    const daily = of('D', 'aggregated');
    expect(awaitedAfter(daily, year, [october, year], nowMs).periodMs).toBe(instantOf(2026));
  });

  it('is no period whose rows came and were too few for a value', () => {
    const tooFew = figure(instantOf(2026), {
      ...{ freq: 'A', basis: 'period', value: null, flags: ['demo', 'insufficient'] },
    });
    const withdrawn = { ...tooFew, flags: [] };
    const next = (other: Observation) => awaitedAfter(monthly, year, [year, other], nowMs).periodMs;
    expect(next(tooFew)).toBe(instantOf(2027));
    expect(next(withdrawn)).toBe(instantOf(2026));
  });

  it('is no period up to the newest that is known to have had nothing due, and the one that still runs', () => {
    const rate = of('M', 'aggregated');
    const march = figure(instantOf(2026, 3), { basis: 'period' });
    const nothing = (month: number, more: string[] = []) =>
      figure(instantOf(2026, month), { basis: 'period', value: null, flags: ['div0', ...more] });
    const next = (...known: Observation[]) => awaitedAfter(rate, march, [march, ...known], nowMs).periodMs;
    expect(next()).toBe(instantOf(2026, 4));
    expect(next(nothing(5))).toBe(instantOf(2026, 6));
    expect(next(nothing(10), nothing(11, ['running']))).toBe(instantOf(2026, 11));
  });
});

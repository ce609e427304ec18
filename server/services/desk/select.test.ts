import { describe, expect, it } from 'vitest';
import type { Freq } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import type { Context } from '@/server/context';
import { asOfInstant } from '@/server/services/desk/as-of';
import { chooseSeries } from '@/server/services/desk/select';

const NOW = Date.parse('2026-11-23T12:00:00+08:00');
const series = (freq: Freq, basis: string, last: string, whole?: string) => ({
  freq,
  basis,
  measure: 'level' as const,
  slice: '',
  periods: 1,
  firstMs: 0,
  lastMs: Date.parse(`${last}T00:00:00+08:00`),
  wholeMs: Date.parse(`${whole ?? last}T00:00:00+08:00`),
});

describe('the series a page opens with', () => {
  const quarterly = sample.reported({ freq: 'Q', period_rule: 'QC' });
  const daily = sample.reported({ freq: 'D', period_rule: 'D' });

  it('is the one whose newest finished period ends last', () => {
    const known = [series('A', 'period', '2024-01-01'), series('Q', 'ytd', '2024-01-01')];
    expect(chooseSeries(quarterly, known, {}, NOW)).toEqual({ freq: 'A', basis: 'period' });
  });

  it('does not take a month that runs, of whatever basis, for newer than yesterday', () => {
    const known = [
      series('D', 'period', '2026-11-22'),
      series('M', 'period', '2026-11-01'),
      series('M', 'ytd', '2026-11-01'),
    ];
    expect(chooseSeries(daily, known, {}, NOW)).toEqual({ freq: 'D', basis: 'period' });
  });

  it('shows hours unasked only where there is nothing else', () => {
    const hours = series('H', 'period', '2026-11-23');
    expect(chooseSeries(daily, [hours, series('D', 'period', '2026-11-20')], {}, NOW)?.freq).toBe('D');
    expect(chooseSeries(daily, [hours], {}, NOW)?.freq).toBe('H');
    expect(chooseSeries(daily, [], {}, NOW)).toBeNull();
  });

  it('is that of the newest whole period where the newest holds only a part of its days', () => {
    const monthly = sample.reported({ freq: 'M', period_rule: 'PTD' });
    // 1-10月 of which only the last weeks arrived, and the year before the last as published.
    const partial = { ...series('M', 'ytd', '2026-10-01'), wholeMs: null };
    const year = series('A', 'period', '2024-01-01');
    expect(chooseSeries(monthly, [partial, year], {}, NOW)).toEqual({ freq: 'A', basis: 'period' });
    expect(chooseSeries(monthly, [partial, year], { freq: 'M' }, NOW)?.freq).toBe('M');
    expect(chooseSeries(monthly, [partial], {}, NOW)?.freq).toBe('M');
    // Of three years ago it no longer says how things stand.
    expect(chooseSeries(monthly, [partial, series('A', 'period', '2023-01-01')], {}, NOW)?.freq).toBe('M');
    // Its own last month but one was whole, and that is newer than the year.
    const lately = series('M', 'ytd', '2026-10-01', '2026-09-01');
    expect(chooseSeries(monthly, [lately, year], {}, NOW)?.freq).toBe('M');
    // The month that runs is not whole either.
    const running = { ...series('M', 'period', '2026-11-01'), wholeMs: null };
    expect(chooseSeries(monthly, [partial, running, year], {}, NOW)?.freq).toBe('A');
    // A day says its date, whatever arrived of it; 累计 since January does not.
    const day = { ...series('D', 'mean', '2026-11-22'), wholeMs: null };
    expect(chooseSeries(daily, [day, year], {}, NOW)?.freq).toBe('D');
    expect(chooseSeries(daily, [{ ...day, basis: 'ytd' }, year], {}, NOW)?.freq).toBe('A');
  });

  it('is by the usual method where there is such, however new or whole the other is', () => {
    const monthly = sample.reported({ freq: 'M', period_rule: 'PTD' });
    const sand = series('A', 'sand_adjusted', '2025-01-01');
    const usual = series('A', 'period', '2024-01-01');
    expect(chooseSeries(monthly, [sand, usual], {}, NOW)?.basis).toBe('period');
    const partial = { ...usual, wholeMs: null };
    expect(chooseSeries(monthly, [sand, partial], {}, NOW)?.basis).toBe('period');
    expect(chooseSeries(monthly, [sand, usual], { basis: 'sand_adjusted' }, NOW)?.basis).toBe(
      'sand_adjusted',
    );
    expect(chooseSeries(monthly, [sand], {}, NOW)?.basis).toBe('sand_adjusted');
  });

  it('follows what was asked for where it exists', () => {
    const known = [series('M', 'period', '2026-10-01'), series('M', 'ytd', '2026-10-01')];
    expect(chooseSeries(quarterly, known, { freq: 'M', basis: 'period' }, NOW)?.basis).toBe('period');
    // A cumulative rule publishes 累计 first.
    expect(chooseSeries(quarterly, known, { freq: 'M' }, NOW)?.basis).toBe('ytd');
    expect(chooseSeries(quarterly, known, { freq: 'A' }, NOW)?.freq).toBe('M');
  });
});

describe('the instant of a page', () => {
  const ctx = { clock: { nowMs: () => NOW } } as Context;

  it('reads a date as its end, and a time without zone as China time', () => {
    expect(asOfInstant(ctx, '2021-03-31')).toBe(Date.parse('2021-03-31T15:59:59.999Z'));
    expect(asOfInstant(ctx, '2021-03-31T12:00')).toBe(Date.parse('2021-03-31T04:00:00Z'));
    expect(asOfInstant(ctx, '2021-03-31T12:00:00Z')).toBe(Date.parse('2021-03-31T12:00:00Z'));
  });

  it.each(['yesterday', '2021-13-45', '2021', ''])('refuses %j', (text) => {
    expect(() => asOfInstant(ctx, text)).toThrow(/时刻/);
  });
});

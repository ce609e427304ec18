import { describe, expect, it } from 'vitest';
import { cellFacts } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { revisionsOf } from './revision';

const NOW = Date.parse('2026-11-27T09:00:00+08:00');
const DAY = 86_400_000;
const cell = { freq: 'M', periodMs: periodOf('M', { year: 2026, month: 9 }) } as const;

describe('the vintages of a cell', () => {
  const days = sample.aggregated({ unit: '天', rollup: 'mean_of_cities' });
  const known = (value: string | null, ago: number) => ({ value, vintageMs: NOW - ago * DAY });

  it('begin with the first value: what it waited for was no release', () => {
    const facts = cellFacts(
      days,
      cell,
      [known(null, 9), known('20', 5), known('22', 3), known(null, 1)],
      NOW,
    );
    const { entries } = revisionsOf(facts);
    // 22 / 20 − 1 = 10 %; a withdrawal is a vintage without value.
    expect(entries.map(({ seq, value, change, sinceFirst }) => [seq, value, change, sinceFirst])).toEqual([
      [1, '20', null, null],
      [2, '22', '2', '10'],
      [3, null, null, null],
    ]);
  });

  it('begin when the period is over: that a running one grows is no revision', () => {
    const running = (value: string, ago: number) => ({ ...known(value, ago), flags: ['running'] });
    const seen = (parts: Parameters<typeof cellFacts>[2]) =>
      revisionsOf(cellFacts(days, cell, parts, NOW)).entries.map(({ value, change }) => [value, change]);
    expect(seen([running('3', 9), running('12', 8), known('20', 5), known('21', 3)])).toEqual([
      ['20', null],
      ['21', '1'],
    ]);
    expect(seen([running('3', 9), running('12', 8)])).toEqual([['12', null]]);
  });

  it('are shown with the digits of the value: the mean of counts over the cities with one', () => {
    const facts = cellFacts(days, cell, [known('20.25', 5)], NOW);
    expect(revisionsOf(facts).entries[0]?.text).toBe('20.3');
  });
});

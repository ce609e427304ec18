import { describe, expect, it } from 'vitest';
import { ofSeriesBreak } from './of-series-break';
import { yoy } from './yoy';

// Tertiary share of Shanxi: 42.72 % in 2023 as first released, 51.31 % in 2024 on the base of the fifth economic census.
const points = yoy({ rule: 'pp_diff', current: '51.31', base: '42.72' });
const before = { flags: [], vintageMs: 1 };
const broken = { flags: ['series_break'], vintageMs: 2 };

describe('a figure that its publisher marks as a break of the series', () => {
  it('is not compared with what was counted before, and says why', () => {
    expect(points.value).toBe('8.59');
    expect(ofSeriesBreak(points, broken, before)).toMatchObject({
      value: null,
      text: '本期与此前口径不可直接比',
      flags: ['series_break'],
    });
  });

  it('is compared with a base that was revised with it or since, and is itself a base for what follows', () => {
    expect(ofSeriesBreak(points, broken, { ...before, vintageMs: 2 })).toBe(points);
    expect(ofSeriesBreak(points, before, broken)).toBe(points);
  });

  it('falls back on the growth that was published, though the levels were published anew since', () => {
    // Growth of the first release, 4.1 %; the level was confirmed later, the base never revised for the census.
    const sides = { rule: 'value_ratio', current: '13080.74', base: '10979.64' } as const;
    const confirmed = yoy({ ...sides, published: '4.1' });
    expect(confirmed).toMatchObject({ basis: 'computed', flags: ['published_differs'] });
    expect(ofSeriesBreak(confirmed, broken, before)).toMatchObject({
      value: '4.1',
      basis: 'published',
      flags: [],
    });
    expect(ofSeriesBreak(yoy(sides), broken, before).value).toBeNull();
  });

  it('keeps the growth that was published across it', () => {
    const published = yoy({ rule: 'published', current: '13080.74', base: '10979.64', published: '4.1' });
    expect(ofSeriesBreak(published, broken, before)).toBe(published);
  });
});

import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { growthRatio } from '../growth-ratio';
import { resultOf } from '../result';
import {
  acrossEditions,
  appliedStandard,
  type EditionedStandard,
  editionText,
  underOneEdition,
} from './edition';

function cell(year: number, month: number, more: Partial<CellKey> = {}): CellKey {
  return {
    metric: 'good_days',
    freq: 'M',
    region: 140100,
    slice: '',
    basis: 'period',
    measure: 'level',
    periodMs: instantOf(year, month),
    ...more,
  };
}

const pairOf = (
  current: CellKey,
  base: CellKey,
  hasValue: (cell: CellKey) => boolean = () => true,
  standard: EditionedStandard = 'aqi',
) => {
  const found = underOneEdition(standard, current, base, hasValue);
  return found && [found.current.basis, found.base.basis, found.edition];
};
const without =
  (...bases: string[]) =>
  ({ basis, periodMs }: CellKey) =>
    !bases.includes(`${basis} ${new Date(periodMs + 8 * 3_600_000).getUTCFullYear()}`);

describe('comparison across a change of standard', () => {
  it('reads both sides under one edition: itself where it lies under it, else as judged again', () => {
    expect(pairOf(cell(2026, 4), cell(2025, 4))).toEqual(['period', 'std2026', '2026']);
    // The last day under HJ 633-2012 is 28 February 2026.
    expect(pairOf(cell(2026, 3), cell(2025, 3))).toEqual(['period', 'std2026', '2026']);
    expect(pairOf(cell(2026, 3), cell(2026, 2))).toEqual(['period', 'std2026', '2026']);
    expect(pairOf(cell(2027, 1), cell(2026, 1))).toEqual(['period', 'std2026', '2026']);
    expect(pairOf(cell(2026, 2), cell(2025, 2))).toEqual(['period', 'period', undefined]);
    const ytd = { basis: 'ytd' };
    expect(pairOf(cell(2026, 2, ytd), cell(2025, 2, ytd))).toEqual(['ytd', 'ytd', undefined]);
    expect(pairOf(cell(2026, 3, ytd), cell(2025, 3, ytd))).toEqual(['std2026_ytd', 'std2026_ytd', '2026']);
    const year = { freq: 'A' } as const;
    expect(pairOf(cell(2025, 1, year), cell(2024, 1, year))).toEqual(['period', 'period', undefined]);
    expect(pairOf(cell(2026, 1, year), cell(2025, 1, year))).toEqual(['std2026', 'std2026', '2026']);
  });

  it('counts a stretch that contains the change as of neither edition', () => {
    const ytd = { basis: 'ytd' };
    expect(pairOf(cell(2027, 4, ytd), cell(2026, 4, ytd))).toEqual(['ytd', 'std2026_ytd', '2026']);
    expect(pairOf(cell(2026, 4, ytd), cell(2025, 4, ytd), without('std2026_ytd 2026'))).toBeNull();
  });

  it('lets a stretch entirely under the edition stand for itself', () => {
    expect(pairOf(cell(2027, 2), cell(2026, 2), without('std2026 2027'))).toEqual([
      'period',
      'std2026',
      '2026',
    ]);
  });

  it('judges a stretch by limits as a whole, by those of its last instant', () => {
    const year = { freq: 'A' } as const;
    const ytd = { basis: 'ytd' };
    const own = ({ basis }: CellKey) => !basis.startsWith('std');
    // 2026 and 累计 up to March 2026 are of the limits of 2026 themselves; 2025 has to be judged again.
    const only2025 = ({ basis, periodMs }: CellKey) => !basis.startsWith('std') || periodMs < instantOf(2026);
    expect(pairOf(cell(2026, 1, year), cell(2025, 1, year), only2025, 'limits')).toEqual([
      'period',
      'std2026',
      '2026',
    ]);
    expect(pairOf(cell(2026, 3, ytd), cell(2025, 3, ytd), only2025, 'limits')).toEqual([
      'ytd',
      'std2026_ytd',
      '2026',
    ]);
    expect(pairOf(cell(2027, 1, year), cell(2026, 1, year), own, 'limits')).toEqual([
      'period',
      'period',
      undefined,
    ]);
    expect(pairOf(cell(2026, 2, ytd), cell(2025, 2, ytd), own, 'limits')).toEqual(['ytd', 'ytd', undefined]);
    expect(pairOf(cell(2026, 1, year), cell(2025, 1, year), own, 'limits')).toBeNull();
    // Days of January 2026 were judged by the former edition, whatever the limits of the whole.
    expect(pairOf(cell(2027, 1, year), cell(2026, 1, year), own, 'both')).toBeNull();
  });

  it('is not comparable without values under one edition', () => {
    expect(pairOf(cell(2026, 4), cell(2025, 4), without('std2026 2025'))).toBeNull();
    // Hours and other bases are kept under no second edition.
    expect(pairOf(cell(2026, 4, { basis: 'desand' }), cell(2025, 4, { basis: 'desand' }))).toBeNull();
  });

  it('leaves a missing side to be told as missing', () => {
    expect(pairOf(cell(2026, 4), cell(2025, 4), without('period 2025'))).toEqual([
      'period',
      'period',
      undefined,
    ]);
  });

  it('changes limits in 2031 as well, where nothing is judged again', () => {
    const none = ({ basis }: CellKey) => basis === 'period';
    expect(pairOf(cell(2031, 1), cell(2030, 1), none, 'limits')).toBeNull();
    expect(pairOf(cell(2031, 1), cell(2030, 1), none, 'aqi')).toEqual(['period', 'period', undefined]);
  });

  it('does not touch what no standard decides, nor what is under a named edition already', () => {
    const [now, before] = [cell(2026, 4), cell(2025, 4)];
    expect(underOneEdition(null, now, before, () => true)).toEqual({ current: now, base: before });
    expect(pairOf({ ...now, basis: 'std2026' }, { ...before, basis: 'std2026' })).toEqual([
      'std2026',
      'std2026',
      undefined,
    ]);
  });

  it('says why it is empty; a published growth stands', () => {
    expect(acrossEditions(growthRatio({ current: 4.72, base: 4.34 }))).toMatchObject({
      value: null,
      text: '评价标准不同,不可比',
      flags: ['not_comparable'],
    });
    const published = resultOf(null, {}, { basis: 'published' });
    expect(acrossEditions({ ...published, value: '-2.1' })).toMatchObject({ value: '-2.1', flags: [] });
    expect(editionText('2026')).toBe('同一标准(2026版)重算');
  });
});

describe('the standard of a definition', () => {
  it('is the one its function applies', () => {
    const counted = sample.aggregated({
      measure: undefined,
      dataset: 'air_quality_hour',
      fn: { name: 'air_day_count', args: { where: 'aqi <= 100' } },
    });
    expect(appliedStandard(counted)).toBe('aqi');
    expect(appliedStandard(sample.composite({ parts: undefined, fn: { name: 'aqi', args: {} } }))).toBe(
      'aqi',
    );
    expect(
      appliedStandard(sample.composite({ parts: undefined, fn: { name: 'air_composite_index', args: {} } })),
    ).toBe('limits');
    expect(appliedStandard(sample.aggregated())).toBeNull();
    expect(appliedStandard(sample.reported())).toBeNull();
  });
});

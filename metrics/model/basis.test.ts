import { describe, expect, it } from 'vitest';
import { basisBeside, editionBasis, editionOfBasis, isVariant, sandlessBasis, stretchOfBasis } from './basis';

describe('the name of a basis', () => {
  it('says the edition, whether sand is left out, and the stretch', () => {
    expect(['std2026', 'std2026_sand_adjusted_ytd', 'sand_adjusted'].map(editionOfBasis)).toEqual([
      ...['2026', '2026', undefined],
    ]);
    expect(['std2026_ytd', 'sand_adjusted', 'sand_adjusted_ytd', 'mean'].map(stretchOfBasis)).toEqual([
      ...['ytd', 'period', 'ytd', 'mean'],
    ]);
    expect([...['period', 'ytd', 'mean'].map(isVariant), isVariant('sand_adjusted')]).toEqual([
      ...[false, false, false, true],
    ]);
  });

  it('is made of these, and only of stretches that are kept', () => {
    expect(['period', 'ytd', 'std2026_ytd', 'mean'].map(sandlessBasis)).toEqual([
      ...['sand_adjusted', 'sand_adjusted_ytd', 'std2026_sand_adjusted_ytd', undefined],
    ]);
    expect(editionBasis('2026', 'sand_adjusted_ytd')).toBe('std2026_sand_adjusted_ytd');
    expect(editionBasis('2026', 'std2026')).toBeUndefined();
    expect([basisBeside('sand_adjusted', 'ytd'), basisBeside('ytd', 'period')]).toEqual([
      ...['sand_adjusted_ytd', 'period'],
    ]);
  });

  it('that only looks like one is an operator’s own', () => {
    for (const own of [
      'desand',
      'std2026sand_adjusted',
      '_sand_adjusted',
      '_ytd',
      'std26',
      'sand_adjusted_x',
    ])
      expect([own, isVariant(own), stretchOfBasis(own)]).toEqual([own, false, own]);
  });
});

import type { Basis } from './cell';
import type { PeriodRule } from './definition-vocabulary';

/** 扣沙: days of the air as they are without the hours under sand (calculus.md §16). */
const SANDLESS = 'sand_adjusted';

/**
 * A value by another method than the usual one, beside it: judged by one named edition of a standard whatever its date
 * (`std2026`), without sand (`sand_adjusted`), or both; 累计 with `_ytd`. Only values of one such basis compare.
 */
export interface BasisParts {
  /** Undefined where the date decides. */
  edition: string | undefined;
  sandless: boolean;
  /** The stretch of time alone. */
  stretch: Basis;
}

const NAMED = new RegExp(`^(?:std(\\d{4}))?_?(${SANDLESS})?(_ytd)?$`);

export function partsOfBasis(basis: Basis): BasisParts {
  const usual = { edition: undefined, sandless: false, stretch: basis };
  const match = NAMED.exec(basis);
  if (!match) return usual;
  const [, edition, sand, ytd] = match;
  const parts = { edition, sandless: sand !== undefined, stretch: ytd === undefined ? 'period' : 'ytd' };
  return basisOf(parts) === basis ? parts : usual;
}

/** Undefined for stretches that nothing but the usual value is kept of. */
export function basisOf({ edition, sandless, stretch }: BasisParts): Basis | undefined {
  if (edition === undefined && !sandless) return stretch;
  if (stretch !== 'period' && stretch !== 'ytd') return undefined;
  const names = [...(edition === undefined ? [] : [`std${edition}`]), ...(sandless ? [SANDLESS] : [])];
  return [...names, ...(stretch === 'ytd' ? ['ytd'] : [])].join('_');
}

/** Whether a basis names a method. */
export function isVariant(basis: Basis): boolean {
  const { edition, sandless } = partsOfBasis(basis);
  return edition !== undefined || sandless;
}

/** The basis of the same stretch without sand; undefined for bases that none is kept of. */
export function sandlessBasis(basis: Basis): Basis | undefined {
  return basisOf({ ...partsOfBasis(basis), sandless: true });
}

/** The basis of a stretch by the method that another basis names: `sand_adjusted_ytd` beside `sand_adjusted`. */
export function basisBeside(basis: Basis, stretch: 'period' | 'ytd'): Basis {
  return basisOf({ ...partsOfBasis(basis), stretch }) ?? stretch;
}

/** The basis of the same stretch under a named edition; undefined for bases that no edition is kept of. */
export function editionBasis(edition: string, basis: Basis): Basis | undefined {
  const parts = partsOfBasis(basis);
  return parts.edition === undefined ? basisOf({ ...parts, edition }) : undefined;
}

/** The edition that a basis names; undefined where the date decides. */
export function editionOfBasis(basis: Basis): string | undefined {
  return partsOfBasis(basis).edition;
}

/** The stretch of time alone: `period` for `std2026`, `ytd` for `std2026_ytd`, any other basis as it is. */
export function stretchOfBasis(basis: Basis): Basis {
  return partsOfBasis(basis).stretch;
}

/** Whether the value covers the year from its first day on. */
export function isYtd(basis: Basis): boolean {
  return stretchOfBasis(basis) === 'ytd';
}

/** Cumulative rules publish 累计 as the headline; everything else its own period. */
export function basisPreference(rule: PeriodRule): readonly Basis[] {
  const cumulative = ['QC', 'MC', 'MC12', 'PTD'].includes(rule);
  return cumulative ? ['ytd', 'period', 'mean', 'point'] : ['period', 'mean', 'point', 'ytd'];
}

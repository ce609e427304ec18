import type { Basis } from './cell';
import type { PeriodRule } from './definition-vocabulary';

/** A value judged by one named edition of a standard, whatever its date: `std2026` of the period, `std2026_ytd` 累计. */
const EDITIONED = /^std(\d{4})(_ytd)?$/;

/** The basis of the same stretch under a named edition; undefined for bases that no edition is kept of. */
export function editionBasis(edition: string, basis: Basis): Basis | undefined {
  if (basis === 'period') return `std${edition}`;
  return basis === 'ytd' ? `std${edition}_ytd` : undefined;
}

/** The edition that a basis names; undefined where the date decides. */
export function editionOfBasis(basis: Basis): string | undefined {
  return EDITIONED.exec(basis)?.[1];
}

/** The stretch of time alone: `period` for `std2026`, `ytd` for `std2026_ytd`, any other basis as it is. */
export function stretchOfBasis(basis: Basis): Basis {
  const match = EDITIONED.exec(basis);
  if (!match) return basis;
  return match[2] === undefined ? 'period' : 'ytd';
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

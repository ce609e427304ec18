import { acrossEditions, editionText, underOneEdition } from '@/metrics/calculus/environment/edition';
import { ofEqualCoverage } from '@/metrics/calculus/equal-coverage';
import { ofAssumedBasis } from '@/metrics/calculus/of-assumed-basis';
import { ofDeduced } from '@/metrics/calculus/of-deduced';
import { ofSeriesBreak } from '@/metrics/calculus/of-series-break';
import type { Result } from '@/metrics/calculus/result';
import type { CellKey, Observation } from '@/metrics/model/cell';
import type { CellFacts } from './facts';

/** Two observations to compare, by one edition of their standard where editions matter. */
export interface Compared {
  current: Observation | undefined;
  base: Observation | undefined;
  /** The edition that both were judged by again. */
  edition: string | undefined;
  comparable: boolean;
}

/** The cell, or one near it, and the same series in an earlier period. */
export function compared(facts: CellFacts, basePeriodMs: number, where: Partial<CellKey> = {}): Compared {
  const own = { ...facts.cell, ...where };
  const before = { ...own, periodMs: basePeriodMs };
  const cells = underOneEdition(facts.standard, own, before, (cell) => facts.at(cell)?.value != null);
  return {
    current: facts.at(cells?.current ?? own),
    base: facts.at(cells?.base ?? before),
    edition: cells?.edition,
    comparable: cells !== null,
  };
}

/**
 * What was made of the two; empty with its reason where different editions judged them, or one of them is incomplete, and
 * 推算 where one of them is.
 */
export function resultBetween<T extends Result>({ current, base, comparable }: Compared, made: T): T {
  return comparable ? ofSides(made, current, base) : acrossEditions(made);
}

/** What was made of two observations of one edition, with what is to be said of either. */
export function ofSides<T extends Result>(
  made: T,
  current: Observation | undefined,
  base: Observation | undefined,
): T {
  const even = ofSeriesBreak(ofEqualCoverage(made, current, base), current, base);
  return ofDeduced(ofAssumedBasis(even, current, base), sidesOf(current, base));
}

/** Both sides under every name that a rule of comparison gives them. */
export function sidesOf(current: Observation | undefined, base: Observation | undefined) {
  return { current, index: current, base, previous: base };
}

export function ruleBetween({ edition }: Compared, rule: string): string {
  return edition === undefined ? rule : `${rule};${editionText(edition)}`;
}

import { acrossEditions, editionText, underOneEdition } from '@/metrics/calculus/environment/edition';
import { acrossOpenings, isReopened } from '@/metrics/calculus/of-opening';
import { periodsCrossed } from '@/metrics/calculus/of-series-break';
import { ofSides } from '@/metrics/calculus/of-sides';
import type { Flag, Result } from '@/metrics/calculus/result';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { isOtherCount } from '@/metrics/model/census-count';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { CellFacts } from './facts';

/** Two observations to compare, by one edition of their standard where editions matter. */
export interface Compared {
  definition: MetricDefinition;
  current: Observation | undefined;
  base: Observation | undefined;
  /** The figures between the two. */
  crossed: readonly (Observation | undefined)[];
  /** The edition that both were judged by again. */
  edition: string | undefined;
  comparable: boolean;
  /** A stock was published between the two. */
  reopened: boolean;
}

/** The cell, or one near it, and the same series in an earlier period. */
export function compared(facts: CellFacts, basePeriodMs: number, where: Partial<CellKey> = {}): Compared {
  const own = { ...facts.cell, ...where };
  const before = { ...own, periodMs: basePeriodMs };
  const cells = underOneEdition(facts.standard, own, before, (cell) => facts.at(cell)?.value != null);
  const now = cells?.current ?? own;
  const [current, base] = [facts.at(now), facts.at(cells?.base ?? before)];
  return {
    definition: facts.definition,
    current,
    base,
    crossed: crossedBy(facts, now, basePeriodMs),
    edition: cells?.edition,
    comparable: cells !== null,
    reopened: isReopened(facts.definition, current, base, (at) => facts.at({ ...now, ...at })),
  };
}

/**
 * What was made of the two; empty with its reason where different editions judged them, one of them is incomplete or they
 * are by different 口径, and 推算 where one of them is.
 */
export function resultBetween<T extends Result>(
  { definition, current, base, crossed, comparable, reopened }: Compared,
  made: T,
): T {
  if (reopened) return acrossOpenings(made);
  return comparable ? ofSides(definition, made, current, base, crossed) : acrossEditions(made);
}

/**
 * That the two sides of a computed change were not counted alike. A census counts on its own day, an estimate is of the
 * year's end: the change between them is no growth alone.
 */
export function countedUnlike({ current, base }: Pick<Compared, 'current' | 'base'>): Flag[] {
  if (!current || !base) return [];
  return [
    ...(current.definitionVersion !== base.definitionVersion ? (['definition_differs'] as const) : []),
    ...(isOtherCount(current, base) ? (['counted_otherwise'] as const) : []),
  ];
}

/** What is known of the series between a cell and the period that it is compared with. */
export function crossedBy(
  facts: CellFacts,
  cell: CellKey,
  basePeriodMs: number,
): (Observation | undefined)[] {
  return periodsCrossed(cell.freq, basePeriodMs, cell.periodMs).map((periodMs) =>
    facts.at({ ...cell, periodMs }),
  );
}

export function ruleBetween({ edition }: Compared, rule: string): string {
  return edition === undefined ? rule : `${rule};${editionText(edition)}`;
}

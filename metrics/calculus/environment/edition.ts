import { editionBasis, editionOfBasis, isYtd } from '@/metrics/model/basis';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { nextPeriod, ytdStart } from '@/metrics/time/period';
import { asPublished } from '../published-growth';
import type { Result } from '../result';
import { aqiStandardAt, type LimitStage, limitStageAt } from './air-standard';

/**
 * What decides a value besides the concentrations: the breakpoints of HJ 633 (AQI and days counted by it, each day by
 * the edition of its date), the limits of GB 3095 (composite index, the whole stretch by those of its last instant), or
 * both. They change on different days.
 */
export type EditionedStandard = 'aqi' | 'limits' | 'both';

/** The standard that a definition applies itself; null when no edition of one changes its values. */
export function appliedStandard(definition: MetricDefinition): EditionedStandard | null {
  const fn = definition.kind === 'aggregated' || definition.kind === 'composite' ? definition.fn : undefined;
  if (fn?.name === 'aqi' || fn?.name === 'air_day_count') return 'aqi';
  return fn?.name === 'air_composite_index' ? 'limits' : null;
}

/** Two cells to compare; `edition` names the one that both were judged by again. */
export interface ComparedCells {
  current: CellKey;
  base: CellKey;
  edition?: string;
}

/**
 * The cells that stand for a cell and the one it is compared with. Where the two stretches fall under different
 * editions, or one of them contains the change, both are taken by the newest of these editions: a stretch that lies under
 * it entirely is itself, because its value is the one that is shown and may have been published since; the other is read
 * as judged again. Null: not comparable (calculus.md §18.6, T45).
 *
 * @param hasValue whether a cell has a value; a side without one is no matter of editions
 */
export function underOneEdition(
  standard: EditionedStandard | null,
  current: CellKey,
  base: CellKey,
  hasValue: (cell: CellKey) => boolean,
): ComparedCells | null {
  const asTheyAre = { current, base };
  if (standard === null || editionOfBasis(current.basis) !== undefined) return asTheyAre;
  const sides = [editionsIn(standard, current), editionsIn(standard, base)];
  const edition = sides.flat().sort().at(-1);
  if (edition === undefined || sides.flat().every((one) => one === edition)) return asTheyAre;
  if (!hasValue(current) || !hasValue(base)) return asTheyAre;
  const side = (cell: CellKey): CellKey | undefined => {
    if (editionsIn(standard, cell).every((one) => one === edition)) return cell;
    const basis = editionBasis(edition, cell.basis);
    const judged = basis === undefined ? undefined : { ...cell, basis };
    return judged && hasValue(judged) ? judged : undefined;
  };
  const pair = { current: side(current), base: side(base) };
  return pair.current && pair.base ? { current: pair.current, base: pair.base, edition } : null;
}

/** Editions that judged a stretch: that of its last instant, and where days are judged one by one that of its first. */
function editionsIn(standard: EditionedStandard, { freq, basis, periodMs }: CellKey): LimitStage[] {
  const at = standard === 'aqi' ? aqiStandardAt : limitStageAt;
  const firstMs = isYtd(basis) ? ytdStart(periodMs) : periodMs;
  const last = at(nextPeriod(freq, periodMs) - 1);
  return standard === 'limits' ? [last] : [at(firstMs), last];
}

/** A comparison whose sides were judged by different editions: empty with its reason, unless somebody published it. */
export function acrossEditions<T extends Result>(made: T): T {
  if (made.basis === 'published' || made.value === null) return made;
  return (
    asPublished(made) ?? { ...made, value: null, text: '评价标准不同,不可比', flags: ['not_comparable'] }
  );
}

/** What a comparison says of itself when both sides were judged again. */
export function editionText(edition: string): string {
  return `同一标准(${edition}版)重算`;
}

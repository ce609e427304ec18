import {
  acrossEditions,
  type EditionedStandard,
  editionText,
  underOneEdition,
} from '@/metrics/calculus/environment/edition';
import { acrossOpenings, isReopened } from '@/metrics/calculus/of-opening';
import { periodsCrossed } from '@/metrics/calculus/of-series-break';
import { ofSides } from '@/metrics/calculus/of-sides';
import type { Result } from '@/metrics/calculus/result';
import { standardOf } from '@/metrics/derive/standard';
import type { CellKey, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { Context } from '@/server/context';
import { textOf } from '@/server/services/screens/figure';
import { cellOf, seriesLike } from '@/server/services/screens/reading';

/** The standard whose edition decides a metric's values, by the definitions there are. */
export function standardIn(
  { registry }: Pick<Context, 'registry'>,
  definition: MetricDefinition,
): EditionedStandard | null {
  return standardOf(definition, (code) => registry.find(code)?.definition);
}

interface Comparison {
  definition: MetricDefinition;
  standard: EditionedStandard | null;
  /** Whatever was read of the metric, its values under one edition among them. */
  observations: readonly Observation[];
}

interface Compared<T> {
  change: T;
  how: string;
  restated?: string;
  /** What was compared, the later first. */
  sides: readonly (Observation | undefined)[];
}

/**
 * Compares an observation with an earlier one, both under one edition of their standard; `how` says so, `restated` gives
 * the two values that were compared, because they are not the ones shown. Where that
 * cannot be had, or only one of the two is complete, the comparison is empty, with its reason.
 */
export function compare<T extends Result>(
  { definition, standard, observations }: Comparison,
  current: Observation,
  basePeriodMs: number,
  make: (current: Observation, base: Observation | undefined) => T,
): Compared<T> {
  const find = (cell: CellKey) => seriesLike(observations, cell).get(cell.periodMs);
  const own = cellOf(current);
  const before = { ...own, periodMs: basePeriodMs };
  const cells = underOneEdition(standard, own, before, (cell) => {
    const found = cell === own ? current : find(cell);
    return found !== undefined && found.value !== null;
  });
  const between = (now: Observation, base: Observation | undefined) => {
    if (isReopened(definition, now, base, (at) => find({ ...own, ...at })))
      return acrossOpenings(make(now, base));
    const series = seriesLike(observations, now);
    const crossed = periodsCrossed(now.freq, basePeriodMs, now.periodMs).map((ms) => series.get(ms));
    return ofSides(definition, make(now, base), now, base, crossed);
  };
  const former = find(before);
  const asTheyAre = { how: '', sides: [current, former] };
  if (!cells) return { ...asTheyAre, change: acrossEditions(make(current, former)) };
  const { edition } = cells;
  if (edition === undefined) return { ...asTheyAre, change: between(current, former) };
  const [now, base] = [find(cells.current) ?? current, find(cells.base)];
  const change = between(now, base);
  const how = `,${editionText(edition)}`;
  const sides = [now, base];
  if (change.value === null || !base) return { change, how, sides };
  return {
    change,
    how,
    sides,
    restated: `${edition}版 ${textOf(definition, base)} → ${textOf(definition, now)}`,
  };
}

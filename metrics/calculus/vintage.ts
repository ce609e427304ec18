import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import type { ObsStatus } from '@/metrics/model/cell';
import { isOtherCount } from '@/metrics/model/census-count';
import { growthRatio } from './growth-ratio';
import { noResult, type Result, resultOf } from './result';

/** What as-of selection needs of one vintage; observations satisfy it. */
export interface Vintage {
  /** Instant at which the value became known. */
  vintageMs: number;
  value: NumberLike;
  status: ObsStatus;
  flags?: readonly string[];
}

/**
 * The vintage valid at an instant: the newest one known by then (T33). Of two published at the same instant the
 * later in the list counts. Null when nothing was known yet. An explicit `missing` vintage is a vintage: it
 * withdraws the value before it.
 */
export function asOf<V extends Vintage>(vintages: readonly V[], asOfMs: number): V | null {
  let chosen: V | null = null;
  for (const vintage of vintages) {
    if (vintage.vintageMs <= asOfMs && (chosen === null || vintage.vintageMs >= chosen.vintageMs)) {
      chosen = vintage;
    }
  }
  return chosen;
}

/** First published value of a cell, whatever became of it. */
export function firstRelease<V extends Vintage>(vintages: readonly V[]): V | null {
  return vintages
    .filter(({ value }) => toDecimal(value) !== null)
    .reduce<V | null>((first, v) => (first === null || v.vintageMs < first.vintageMs ? v : first), null);
}

/**
 * The vintages from the first release on, oldest first. One without value before it is none: what a derived value waited
 * for was not yet known. Nor is one of a period that was running: its growth with the rows is no revision, and of several
 * the newest alone says how far it is.
 */
export function released<V extends Vintage>(vintages: readonly V[]): readonly V[] {
  const ordered = [...vintages].sort((a, b) => a.vintageMs - b.vintageMs);
  const first = ordered.findIndex((vintage) => toDecimal(vintage.value) !== null && !isRunning(vintage));
  if (first >= 0) return ordered.slice(first);
  const running = ordered.findLastIndex(({ value }) => toDecimal(value) !== null);
  return running > 0 ? ordered.slice(running) : ordered;
}

function isRunning({ flags }: Vintage): boolean {
  return flags?.includes('running') === true;
}

/**
 * The previous period's cumulative value as known in the publication batch of `current`: newest vintage not after
 * it. 当月 = 本期累计 − 上期累计 must use this one (calculus.md §6, T12).
 */
export function sameBatch<V extends Vintage>(previousPeriod: readonly V[], current: Vintage): V | null {
  return asOf(previousPeriod, current.vintageMs);
}

export interface Revision<V extends Vintage> {
  vintage: V;
  /** Change against the vintage before, in the metric's unit. */
  change: Result;
  /** Change against the first release, percent. */
  sinceFirst: Result;
}

/**
 * All vintages of one cell in the order they became known, with what each revision did. The estimate of a year's end
 * after a census of its autumn revises nothing: it is of another day.
 */
export function revisions<V extends Vintage>(vintages: readonly V[]): Revision<V>[] {
  const ordered = [...vintages].sort((a, b) => a.vintageMs - b.vintageMs);
  const first = firstRelease(ordered);
  return ordered.map((vintage, index) => {
    const previous = ordered[index - 1];
    const before = toDecimal(previous?.value);
    const now = toDecimal(vintage.value);
    const operands = { current: now, previous: before };
    return {
      vintage,
      change:
        now === null || before === null
          ? noResult('operand_missing', operands)
          : ofOneCount(previous, vintage, resultOf(now.minus(before), operands)),
      sinceFirst: ofOneCount(
        first,
        vintage,
        growthRatio({ current: vintage.value, base: first?.value, baseName: '首次发布' }),
      ),
    };
  });
}

function ofOneCount(former: Vintage | null | undefined, vintage: Vintage, made: Result): Result {
  if (!former || !isOtherCount(former, vintage)) return made;
  return { ...noResult('counted_otherwise', {}), operands: made.operands };
}

export interface RevisionTriangle {
  periods: number[];
  /** Publication instants, ascending. */
  vintages: number[];
  /** `cells[i][j]`: what was known of period i at publication instant j; null while unknown. */
  cells: (string | null)[][];
}

/** The revision triangle of a series: each period's value as known at every publication instant. */
export function revisionTriangle(
  observations: readonly (Vintage & { periodMs: number })[],
): RevisionTriangle {
  const periods = ascending(observations.map(({ periodMs }) => periodMs));
  const vintages = ascending(observations.map(({ vintageMs }) => vintageMs));
  const cells = periods.map((period) => {
    const known = observations.filter(({ periodMs }) => periodMs === period);
    return vintages.map((instant) => toDecimal(asOf(known, instant)?.value)?.toFixed() ?? null);
  });
  return { periods, vintages, cells };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

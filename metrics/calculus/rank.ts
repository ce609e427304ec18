import type { Decimal, NumberLike } from '@/metrics/format/decimal';
import { toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import { distanceToBand } from '@/metrics/format/tone';
import { unitsOf, unitsText } from '@/metrics/format/units';
import type { Direction, Rounding } from '@/metrics/model/definition-vocabulary';

export interface RankEntry<K> {
  key: K;
  value: NumberLike;
  /** Lacks days or parts: it has no place among whole values (calculus.md §10, §13). */
  incomplete?: boolean;
}

export interface RankInput<K> {
  entries: readonly RankEntry<K>[];
  direction: Direction;
  /** Published precision: values are rounded to it before ranking, so that equal figures share a rank. */
  precision?: number;
  rounding?: Rounding;
  /** Target interval of a `band` metric. */
  band?: { low: NumberLike; high: NumberLike };
}

export interface Ranked<K> {
  key: K;
  /** Value as ranked (rounded); null is missing and stands at the end. */
  value: string | null;
  /** Competition rank 1-2-2-4; null for missing and incomplete values and for `neutral` metrics. */
  rank: number | null;
  /** 倒数第 k: competition rank counted from the worst end. */
  lastRank: number | null;
}

/**
 * Ranks by the metric's direction, best first; ties in the order given (calculus.md §10, T20). `neutral` metrics
 * are sorted by value, descending, without ranks. A `band` metric without its band is not ranked either. Incomplete values
 * follow the ranked ones, sorted alike and without a place; missing ones stand at the end.
 */
export function rank<K>(input: RankInput<K>): Ranked<K>[] {
  const { direction, band } = input;
  const scored = scoredByUnits(input) ?? scoredByDecimals(input);
  const ranks = direction !== 'neutral' && !(direction === 'band' && band === undefined);
  const unplaced = new Set(input.entries.flatMap(({ key, incomplete }) => (incomplete ? [key] : [])));
  // Sorting is stable: ties stay in the order given.
  const sorted = scored.sort((a, b) => compare(a.badness, b.badness));
  const placed = sorted.filter(({ key, badness }) => badness !== null && !unplaced.has(key));
  const ordered = [...placed, ...sorted.filter((one) => !placed.includes(one))];
  const present = placed.length;
  let firstEqual = 0;
  let afterEqual = 0;
  return ordered.map(({ key, shown, badness }, at) => {
    if (at >= afterEqual) {
      firstEqual = at;
      while (afterEqual < present && compare(ordered[afterEqual]?.badness ?? null, badness) === 0)
        afterEqual += 1;
    }
    const ranked = ranks && at < present;
    return {
      key,
      value: shown,
      rank: ranked ? firstEqual + 1 : null,
      lastRank: ranked ? present - afterEqual + 1 : null,
    };
  });
}

interface Scored<K> {
  key: K;
  /** Text of the value as ranked. */
  shown: string | null;
  badness: Decimal | number | null;
}

function scoredByDecimals<K>({ entries, direction, precision, rounding, band }: RankInput<K>): Scored<K>[] {
  return entries.map(({ key, value }) => {
    const decimal = toDecimal(value);
    const shown =
      decimal === null || precision === undefined ? decimal : roundDecimal(decimal, precision, rounding);
    return {
      key,
      shown: shown === null ? null : shown.toFixed(),
      badness: shown === null ? null : badnessOf(shown, direction, band),
    };
  });
}

/** The same by whole numbers of the last place shown; null when one value does not fit in them exactly. */
function scoredByUnits<K>({ entries, direction, precision, rounding }: RankInput<K>): Scored<K>[] | null {
  if (precision === undefined || direction === 'band') return null;
  const scored: Scored<K>[] = [];
  for (const { key, value } of entries) {
    if (value === null || value === undefined || value === '') {
      scored.push({ key, shown: null, badness: null });
      continue;
    }
    const units = unitsOf(value, precision, rounding);
    if (units === null) return null;
    const badness = direction === 'lower_better' ? units : -units;
    scored.push({ key, shown: unitsText(units, precision), badness });
  }
  return scored;
}

/**
 * 位次变化 = former rank − present rank, positive is an advance. Null for all when the sets of ranked members
 * differ: such a change would mean nothing (calculus.md §10).
 */
export function rankChange<K>(
  previous: readonly Ranked<K>[],
  current: readonly Ranked<K>[],
): Map<K, number | null> {
  const former = ranksOf(previous);
  const present = ranksOf(current);
  const same = former.size === present.size && [...present.keys()].every((key) => former.has(key));
  return new Map(
    current.map(({ key, rank: now }) => {
      const then = former.get(key);
      return [key, same && now !== null && then !== undefined ? then - now : null];
    }),
  );
}

function ranksOf<K>(ranking: readonly Ranked<K>[]): Map<K, number> {
  return new Map(ranking.flatMap(({ key, rank: place }) => (place === null ? [] : [[key, place] as const])));
}

/** Smaller is better, whatever the direction. */
function badnessOf(value: Decimal, direction: Direction, band: RankInput<unknown>['band']): Decimal {
  if (direction === 'lower_better') return value;
  if (direction === 'band' && band) return distanceToBand(value, band) ?? value;
  return value.negated();
}

/** Missing last. All of one ranking are decimals, or all are numbers. */
function compare(a: Scored<unknown>['badness'], b: Scored<unknown>['badness']): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return typeof a === 'number' ? a - Number(b) : a.cmp(b);
}

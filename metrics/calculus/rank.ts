import type { Decimal, NumberLike } from '@/metrics/format/decimal';
import { toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import { distanceToBand } from '@/metrics/format/tone';
import type { Direction, Rounding } from '@/metrics/model/definition-vocabulary';

export interface RankInput<K> {
  entries: readonly { key: K; value: NumberLike }[];
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
  /** Competition rank 1-2-2-4; null for missing values and for `neutral` metrics. */
  rank: number | null;
  /** 倒数第 k: competition rank counted from the worst end. */
  lastRank: number | null;
}

/**
 * Ranks by the metric's direction, best first; ties in the order given (calculus.md §10, T20). `neutral` metrics
 * are sorted by value, descending, without ranks. A `band` metric without its band is not ranked either.
 */
export function rank<K>({ entries, direction, precision, rounding, band }: RankInput<K>): Ranked<K>[] {
  const scored = entries.map(({ key, value }) => {
    const decimal = toDecimal(value);
    const shown =
      decimal === null || precision === undefined ? decimal : roundDecimal(decimal, precision, rounding);
    return { key, shown, badness: shown === null ? null : badnessOf(shown, direction, band) };
  });
  const ranks = direction !== 'neutral' && !(direction === 'band' && band === undefined);
  const ordered = scored
    .map((entry, order) => ({ ...entry, order }))
    .sort((a, b) => compare(a.badness, b.badness) || a.order - b.order);
  const present = ordered.filter(({ badness }) => badness !== null).length;
  let firstEqual = 0;
  let afterEqual = 0;
  return ordered.map(({ key, shown, badness }, at) => {
    if (at >= afterEqual) {
      firstEqual = at;
      while (afterEqual < present && compare(ordered[afterEqual]?.badness ?? null, badness) === 0)
        afterEqual += 1;
    }
    const ranked = ranks && badness !== null;
    return {
      key,
      value: shown === null ? null : shown.toFixed(),
      rank: ranked ? firstEqual + 1 : null,
      lastRank: ranked ? present - afterEqual + 1 : null,
    };
  });
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

function compare(a: Decimal | null, b: Decimal | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.cmp(b);
}

import { basisPreference } from '@/metrics/model/basis';
import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { followingPeriod } from './following';
import { nextPeriod } from './period';

/** Official statistics come by month, quarter or year; what flows daily is watched at its dataset. Finest first. */
export const RELEASED_FREQS: readonly Freq[] = ['M', 'Q', 'A'];

type Followed = Pick<MetricDefinition, 'kind' | 'freq' | 'period_rule'>;
type Known = Pick<Observation, 'freq' | 'basis' | 'periodMs' | 'value'> & Partial<Pick<Observation, 'flags'>>;
/** One period of a series. */
export type SeriesPeriod = Pick<Observation, 'freq' | 'basis' | 'periodMs'>;

/** The newest figure of the series by which a metric is followed: its own frequency where it has values, else the finest. */
export function followedSeries<T extends Known>(
  { kind, freq: own, period_rule }: Followed,
  known: readonly T[],
  nowMs: number,
): T | undefined {
  // A computed month that has not ended is no release yet.
  const whole = known.filter((o) => o.value !== null && (kind === 'reported' || endOf(o) <= nowMs));
  const freq = [own, ...RELEASED_FREQS].find(
    (one) => RELEASED_FREQS.includes(one) && whole.some((o) => o.freq === one),
  );
  // Cumulative figures are the headline of some rules, the period's own of the others.
  const bases = basisPreference(period_rule);
  return whole
    .filter((o) => o.freq === freq)
    .sort((a, b) => b.periodMs - a.periodMs || bases.indexOf(a.basis) - bases.indexOf(b.basis))[0];
}

/** A series of longer periods that reaches further than the one followed; of several the furthest, then the finer. */
export function coveringSeries<T extends Known>(
  followed: SeriesPeriod,
  known: readonly T[],
  nowMs: number,
): T | undefined {
  return known
    .filter((o) => o.value !== null && rankOf(o) > rankOf(followed))
    .filter((o) => endOf(o) <= nowMs && endOf(o) > endOf(followed))
    .sort((a, b) => endOf(b) - endOf(a) || rankOf(a) - rankOf(b))[0];
}

/**
 * Periods that are to come after one, earliest first and without end. Nobody waits any more for those that a longer
 * published one tells of (`covered`), nor for those whose rows came and were too few for a value, nor up to one of which
 * they tell that nothing was due in it: that is known as a value would be (`answered`).
 */
export function* periodsToCome(
  { period_rule }: Pick<Followed, 'period_rule'>,
  { freq, basis, periodMs }: SeriesPeriod,
  covering: SeriesPeriod | undefined,
  known: readonly Known[],
): Generator<{ periodMs: number; covered: boolean; answered: boolean }> {
  const coveredToMs = covering ? endOf(covering) : Number.NEGATIVE_INFINITY;
  const alike = known.filter((o) => o.freq === freq && o.basis === basis);
  const tooFew = new Set(alike.filter(isTooFew).map((o) => o.periodMs));
  const toldToMs = newestOfNothing(alike)?.periodMs ?? Number.NEGATIVE_INFINITY;
  for (let at = periodMs; ; ) {
    at = followingPeriod(period_rule, freq, at, basis);
    yield {
      periodMs: at,
      covered: nextPeriod(freq, at) <= coveredToMs,
      answered: tooFew.has(at) || at <= toldToMs,
    };
  }
}

/** The newest of the periods that ended and are known to have no value because nothing was due in them. */
export function newestOfNothing<T extends Known>(known: readonly T[]): T | undefined {
  return known
    .filter(({ value, flags }) => value === null && flags?.includes('div0') && !flags.includes('running'))
    .sort((a, b) => b.periodMs - a.periodMs)[0];
}

function isTooFew({ value, flags }: Known): boolean {
  return value === null && flags?.includes('insufficient') === true;
}

/**
 * What is waited for after a figure: the next period of its series that is not told of otherwise. Where the figure itself
 * is such a longer one, the next of the series that the metric is followed by: after the year 2025 of a monthly metric
 * the first months of 2026, not the year 2026.
 */
export function awaitedAfter(
  definition: Followed,
  of: SeriesPeriod,
  known: readonly Known[],
  nowMs: number,
): SeriesPeriod {
  // Of a stretch that has not ended the whole is yet to come; what is published of one is all that there will be.
  if (definition.kind !== 'reported' && endOf(of) > nowMs) {
    const { freq, basis, periodMs } = of;
    return { freq, basis, periodMs };
  }
  const released = RELEASED_FREQS.includes(definition.freq) && RELEASED_FREQS.includes(of.freq);
  const others = released ? known : [];
  const followed = followedSeries(definition, others, nowMs);
  const tells = followed && rankOf(of) > rankOf(followed) && endOf(of) >= endOf(followed);
  const { freq, basis, periodMs } = tells ? followed : of;
  const start = { freq, basis, periodMs };
  const all = tells ? [...others, { ...of, value: '' }] : others;
  const covering = coveringSeries(start, all, nowMs);
  for (const next of periodsToCome(definition, start, covering, all)) {
    if (!next.covered && !next.answered) return { freq, basis, periodMs: next.periodMs };
  }
  return start;
}

function rankOf({ freq }: Pick<SeriesPeriod, 'freq'>): number {
  return RELEASED_FREQS.indexOf(freq);
}

function endOf({ freq, periodMs }: Pick<SeriesPeriod, 'freq' | 'periodMs'>): number {
  return nextPeriod(freq, periodMs);
}

import { isVariant, isYtd } from '@/metrics/model/basis';
import type { Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods, nextPeriod } from '@/metrics/time/period';
import { isWholeAt } from '@/metrics/time/period-of-rule';
import type { SeriesSummary } from '@/server/observations/series';
import { basesOf } from '@/server/services/screens/reading';

/** Coarse first, as people read: year, quarter, month, day, hour. */
export const FREQ_ORDER: readonly Freq[] = ['A', 'Q', 'M', 'D', 'H', 'N'];

export interface SeriesChoice {
  freq: Freq;
  basis: string;
}

/** An older whole period is no longer an answer to how things stand. */
const WHOLE_WITHIN_YEARS = 2;

/**
 * Which series a page shows. What was asked for wins where it exists; otherwise the frequency whose newest finished
 * period ends last, coarser among equals, and the basis that the metric's period rule publishes first. A month, quarter,
 * year or 累计 that holds only a part of its days gives way to the newest whole period, unless that is too old. Hours
 * and minutes are chosen unasked only for metrics that live by the hour, values by another method than the usual one
 * (扣沙) only for those that have nothing else.
 */
export function chooseSeries(
  definition: MetricDefinition,
  series: readonly SeriesSummary[],
  wanted: { freq?: Freq | undefined; basis?: string | undefined },
  asOfMs: number,
): SeriesChoice | null {
  const known = series.filter(isCourse);
  const asked = known.filter(({ freq }) => freq === wanted.freq);
  const usual = known.filter(({ freq }) => isHourly(definition.freq) || !isHourly(freq));
  const admitted = [asked, usual, known].find(({ length }) => length > 0) ?? [];
  const bases = basesOf(definition, { metric: definition.code });
  const order = (basis: string) => (bases.includes(basis) ? bases.indexOf(basis) : bases.length);
  const inOrder = (a: Candidate, b: Candidate) =>
    Number(b.basis === wanted.basis) - Number(a.basis === wanted.basis) ||
    Number(isVariant(a.basis)) - Number(isVariant(b.basis)) ||
    b.endMs - a.endMs ||
    FREQ_ORDER.indexOf(a.freq) - FREQ_ORDER.indexOf(b.freq) ||
    order(a.basis) - order(b.basis) ||
    a.basis.localeCompare(b.basis);
  const candidates = admitted.map((one) => candidateOf(definition, one, asOfMs)).sort(inOrder);
  const [best] = candidates;
  if (!best) return null;
  const { freq, basis } = wholeInstead(best, candidates, inOrder, wanted.basis) ?? best;
  return { freq, basis };
}

interface Candidate extends SeriesChoice {
  /** End of its newest finished period. */
  endMs: number;
  /** End of its newest whole one; null when there is none. */
  wholeEndMs: number | null;
}

function candidateOf(
  definition: MetricDefinition,
  { freq, basis, lastMs, wholeMs }: SeriesSummary,
  asOfMs: number,
): Candidate {
  const endMs = finishedEnd(definition, freq, lastMs, asOfMs);
  // A day says its date whatever arrived of it; only stretches are named after more than they may hold.
  const isStretch = isYtd(basis) || freq === 'A' || freq === 'Q' || freq === 'M';
  const wholeEndMs = wholeMs === null ? null : finishedEnd(definition, freq, wholeMs, asOfMs);
  return { freq, basis, endMs, wholeEndMs: isStretch ? wholeEndMs : endMs };
}

/** The series of the newest whole period where the best one's newest is none; undefined: it stays. */
function wholeInstead(
  best: Candidate,
  candidates: readonly Candidate[],
  inOrder: (a: Candidate, b: Candidate) => number,
  wantedBasis: string | undefined,
): Candidate | undefined {
  if (best.basis === wantedBasis || (best.wholeEndMs !== null && best.wholeEndMs >= best.endMs))
    return undefined;
  const sinceMs = addPeriods('A', best.endMs, -WHOLE_WITHIN_YEARS);
  return candidates
    .flatMap((one) => (one.wholeEndMs !== null ? [{ ...one, endMs: one.wholeEndMs }] : []))
    .filter((one) => one.endMs >= sinceMs && (isVariant(best.basis) || !isVariant(one.basis)))
    .sort(inOrder)[0];
}

/** Levels and published growth have a course; a month's growth on the month and a year's target stand beside it. */
export function isCourse({ measure }: Pick<SeriesSummary, 'measure'>): boolean {
  return measure === 'level' || measure === 'yoy';
}

function isHourly(freq: Freq): boolean {
  return freq === 'H' || freq === 'N';
}

/** A running period is not yet a reason to prefer its frequency. */
function finishedEnd(definition: MetricDefinition, freq: Freq, lastMs: number, asOfMs: number): number {
  return isUnfinished(definition, freq, lastMs, asOfMs) ? lastMs : nextPeriod(freq, lastMs);
}

/** A period that had not ended at the instant, whatever its basis: 1-11月累计 on 24 November is not 1-11月 yet. */
export function isUnfinished(
  definition: MetricDefinition,
  freq: Freq,
  periodMs: number,
  asOfMs: number,
): boolean {
  return !isWholeAt(definition, { freq, periodMs }, asOfMs);
}

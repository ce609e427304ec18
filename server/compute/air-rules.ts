import {
  BREAKPOINTS,
  compositeLimits,
  IAQI_LEVELS,
  type LimitStage,
  limitStageAt,
} from '@/metrics/calculus/environment/air-standard';
import { AIR_VALIDITY } from '@/metrics/calculus/environment/air-validity';
import type { AirRules, AirTrack } from '@/metrics/compile/types';
import { editionBasis } from '@/metrics/model/basis';
import { instantOf } from '@/metrics/time/zone';

/** First instants of the editions; the calculus decides which one holds, these are the ones it changes at. */
const STAGES: readonly { stage: LimitStage; fromMs: number }[] = [
  { stage: '2012', fromMs: instantOf(2012, 1, 1) },
  { stage: '2026', fromMs: instantOf(2026, 3, 1) },
  { stage: '2031', fromMs: instantOf(2031, 1, 1) },
];

/**
 * The two years that periods on both sides of 2026-03-01 are compared by, judged by the 2026 edition (calculus.md §18.6).
 * Before them both sides fall under the 2012 edition, after them under that of 2026. The other way round, today's air by
 * the standard of 2012, is not kept: nobody publishes or is assessed by it any more.
 */
const TRACKS: readonly AirTrack[] = [trackOf('2026', instantOf(2025, 1, 1), instantOf(2027, 1, 1))];

function trackOf(edition: '2026', fromMs: number, toMs: number): AirTrack {
  const [basis, ytdBasis] = [editionBasis(edition, 'period'), editionBasis(edition, 'ytd')];
  if (basis === undefined || ytdBasis === undefined) throw new Error(`no bases of edition ${edition}`);
  return {
    basis,
    ytdBasis,
    fromMs,
    toMs,
    breakpoints: BREAKPOINTS[edition],
    divisors: compositeLimits(edition),
  };
}

/** The standards as the compiler takes them: the one table of the calculus, never a second copy. */
export const AIR_RULES: AirRules = {
  levels: IAQI_LEVELS,
  editions: [
    { fromMs: instantOf(2012, 1, 1), breakpoints: BREAKPOINTS['2012'] },
    { fromMs: instantOf(2026, 3, 1), breakpoints: BREAKPOINTS['2026'] },
  ],
  limits: STAGES.map(({ stage, fromMs }) => {
    if (limitStageAt(fromMs) !== stage) throw new Error(`limits of ${stage} do not begin at ${fromMs}`);
    return { fromMs, divisors: compositeLimits(stage) };
  }),
  tracks: TRACKS,
  validity: AIR_VALIDITY,
};

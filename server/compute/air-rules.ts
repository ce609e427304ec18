import {
  BREAKPOINTS,
  compositeLimits,
  IAQI_LEVELS,
  type LimitStage,
  limitStageAt,
} from '@/metrics/calculus/environment/air-standard';
import { AIR_VALIDITY } from '@/metrics/calculus/environment/air-validity';
import type { AirRules } from '@/metrics/compile/types';
import { instantOf } from '@/metrics/time/zone';

/** First instants of the editions; the calculus decides which one holds, these are the ones it changes at. */
const STAGES: readonly { stage: LimitStage; fromMs: number }[] = [
  { stage: '2012', fromMs: instantOf(2012, 1, 1) },
  { stage: '2026', fromMs: instantOf(2026, 3, 1) },
  { stage: '2031', fromMs: instantOf(2031, 1, 1) },
];

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
  validity: AIR_VALIDITY,
};

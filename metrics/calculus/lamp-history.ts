import type { ThresholdSet } from '@/metrics/model/definition-threshold';
import { DARK, nextLamp } from './hysteresis';
import type { Lamp } from './lamp';
import { type Readings, type ThresholdVerdict, thresholdLamp } from './threshold-lamp';

/** What is known of one whole period. */
export interface JudgedPeriod {
  periodMs: number;
  readings: Readings;
}

/** A lamp with how it came about. */
export interface LampHistory {
  /** After hysteresis. */
  lamp: Lamp;
  /** First period of this colour. */
  sinceMs: number;
  /** True when nothing before `sinceMs` could be judged: the colour may be older. */
  sinceFirst: boolean;
  /** Newest period that could be judged. */
  judgedMs: number;
  /** The newest period whose own verdict was this colour: why it is lit. */
  cause: JudgedPeriod & { fired: ThresholdVerdict['fired'] };
  /** Verdicts milder than the lamp that have not lasted long enough to bring it down. */
  milder: number;
}

/**
 * Judges period after period, oldest first, and damps the way down (calculus.md §25). Periods that cannot be judged
 * change nothing. Null when none can be: 缺数不改灯,缺分母则不判.
 */
export function lampHistory(
  sets: readonly ThresholdSet[],
  periods: readonly JudgedPeriod[],
  stepDownPeriods: number,
): LampHistory | null {
  const judged = periods.flatMap((period) => {
    const { lamp, fired } = thresholdLamp(sets, period.readings);
    return lamp === null ? [] : [{ ...period, lamp, fired }];
  });
  const [first] = judged;
  const last = judged.at(-1);
  if (!first || !last) return null;
  let state = DARK;
  let sinceMs = first.periodMs;
  for (const { periodMs, lamp } of judged) {
    const next = nextLamp(state, lamp, stepDownPeriods);
    if (next.lamp !== state.lamp) sinceMs = periodMs;
    state = next;
  }
  // A lamp is always the verdict of some period, so the fallback is for the types alone.
  const cause = judged.findLast(({ lamp }) => lamp === state.lamp) ?? last;
  return {
    lamp: state.lamp,
    sinceMs,
    sinceFirst: sinceMs === first.periodMs,
    judgedMs: last.periodMs,
    cause: { periodMs: cause.periodMs, readings: cause.readings, fired: cause.fired },
    milder: state.milder.length,
  };
}

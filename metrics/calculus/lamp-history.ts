import type { ThresholdSet } from '@/metrics/model/definition-threshold';
import { DAY_MS } from '@/metrics/time/zone';
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
  /** Periods judged after the cause. */
  judgedSince: number;
}

/** How long a lamp is held over missing data: over a longer gap nobody could say that it was still lit. */
const HELD_MS = 366 * DAY_MS;

/**
 * Judges period after period, oldest first, and damps the way down (calculus.md §25). Periods that cannot be judged
 * change nothing, unless there are none for more than a year: what follows then starts anew. Null when none can be: 缺数不改灯,缺分母则不判.
 */
export function lampHistory(
  sets: readonly ThresholdSet[],
  periods: readonly JudgedPeriod[],
  stepDownPeriods: number,
): LampHistory | null {
  const everJudged = periods.flatMap((period) => {
    const { lamp, fired } = thresholdLamp(sets, period.readings);
    return lamp === null ? [] : [{ ...period, lamp, fired }];
  });
  const judged = everJudged.slice(startOfRun(everJudged));
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
  const lit = judged.findLastIndex(({ lamp }) => lamp === state.lamp);
  const cause = judged[lit] ?? last;
  return {
    lamp: state.lamp,
    sinceMs,
    sinceFirst: sinceMs === first.periodMs,
    judgedMs: last.periodMs,
    cause: { periodMs: cause.periodMs, readings: cause.readings, fired: cause.fired },
    milder: state.milder.length,
    judgedSince: judged.length - 1 - lit,
  };
}

/** Where the newest run without such a gap begins. */
function startOfRun(judged: readonly { periodMs: number }[]): number {
  const gap = judged.findLastIndex(
    ({ periodMs }, index) => periodMs - (judged[index - 1]?.periodMs ?? periodMs) > HELD_MS,
  );
  return Math.max(gap, 0);
}

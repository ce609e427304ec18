import type { NumberLike } from '@/metrics/format/decimal';
import { roundTo } from '@/metrics/format/rounding';
import type { Accumulation, Direction, Rounding } from '@/metrics/model/definition-vocabulary';
import { ceilingTarget, gapPp, historicalPace, progress } from './progress';
import { noResult, type Result } from './result';

/** How far a target is reached (calculus.md §11). */
export type TargetProgress =
  /** A yearly amount: 完成率 against 时序进度 or 历史进度, both percent; the gap in percentage points. */
  | { kind: 'completion'; completion: Result; pace: Result; gap: Result }
  /** A rate, an index or a stock: actual − target. `met` where the direction says which side is good. */
  | { kind: 'level'; gap: Result; met: boolean | null };

export interface TargetInput {
  accumulation: Accumulation;
  direction: Direction;
  precision: number;
  rounding?: Rounding;
  /** 本年累计 of a flow, else the value itself. */
  value: NumberLike;
  target: NumberLike;
  /** Months (or days) of the year that have passed, of how many. */
  elapsed: number;
  total: number;
  /** Same time of former years, for metrics whose pace is historical; absent for the linear one. */
  history?: readonly { ytd: NumberLike; annual: NumberLike }[];
}

/** Only flows have a completion rate: a growth rate of 5 % against 6 % is no 83 %. */
export function targetProgress(input: TargetInput): TargetProgress {
  const { accumulation, value, target, history } = input;
  if (accumulation !== 'flow') return level(input);
  const { elapsed, total } = input;
  if (history === undefined)
    return { kind: 'completion', ...progress({ ytd: value, target, elapsed, total }) };
  const pace = historicalPace(history);
  const { completion, gap } = progress({ ytd: value, target, elapsed, total, pacePercent: pace.value });
  // Without its history a seasonal metric has no pace; the linear one would be another rule than the chosen one.
  return {
    kind: 'completion',
    completion,
    pace,
    gap:
      pace.value === null ? noResult('operand_missing', { completion: completion.value, pace: null }) : gap,
  };
}

/** Met or not is judged on the value as displayed, like every threshold (calculus.md §25). */
function level({ direction, precision, rounding, value, target }: TargetInput): TargetProgress {
  const gap = gapPp(value, target);
  const shown = roundTo(value, precision, rounding);
  if (direction === 'lower_better') return { kind: 'level', gap, met: ceilingTarget(shown, target).met };
  // A floor is a ceiling seen from the other side.
  const met = direction === 'higher_better' ? ceilingTarget(target, shown).met : null;
  return { kind: 'level', gap, met };
}

import { progress } from '@/metrics/calculus/progress';
import type { Result } from '@/metrics/calculus/result';
import { type TargetProgress, targetProgress } from '@/metrics/calculus/target';
import { formatChange } from '@/metrics/format/change';
import { formatNumber } from '@/metrics/format/number';
import { toneOf } from '@/metrics/format/tone';
import { basisBeside, isYtd } from '@/metrics/model/basis';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { elapsedOfYear } from '@/metrics/time/elapsed';
import { periodParts, samePeriodLastYear } from '@/metrics/time/period';
import { instantOf } from '@/metrics/time/zone';
import { textOf, unitText } from '@/server/services/screens/figure';
import { cellOf, seriesLike } from '@/server/services/screens/reading';
import type { TargetFigure } from '@/server/services/screens/types';

/** Years whose share of the year makes the historical pace (calculus.md §11). */
const HISTORY_YEARS = 3;

export interface TargetInput {
  definition: MetricDefinition;
  /** Levels and targets of the metric in one region. */
  observations: readonly Observation[];
  asOfMs: number;
}

/** The target of the year in which a period lies; of several bases the period's own, else 当期. */
export function targetCell(
  observations: readonly Observation[],
  of: Pick<Observation, 'metric' | 'region' | 'slice' | 'basis' | 'periodMs'>,
): Observation | undefined {
  const yearMs = instantOf(periodParts(of.periodMs).year);
  const targets = observations.filter(
    (o) =>
      o.measure === 'target' &&
      o.freq === 'A' &&
      o.periodMs === yearMs &&
      o.metric === of.metric &&
      o.region === of.region &&
      o.slice === of.slice &&
      o.value !== null,
  );
  return (
    targets.find(({ basis }) => basis === of.basis) ??
    targets.find(({ basis }) => basis === 'period') ??
    targets[0]
  );
}

/** Progress of a level towards its target; null without a target. */
export function progressOf(
  { definition, observations, asOfMs }: TargetInput,
  current: Observation,
): { target: Observation; progress: TargetProgress } | null {
  const target = targetCell(observations, current);
  if (!target) return null;
  const { accumulation, direction, rounding } = definition;
  const flow = accumulation === 'flow';
  const reached = flow ? cumulativeOf(observations, current) : current;
  const { elapsed, total } = elapsedOfYear(current.freq, current.periodMs, asOfMs);
  const progress = targetProgress({
    accumulation,
    direction,
    precision: shownPrecision(definition, current.region),
    rounding,
    value: reached?.value,
    target: target.value,
    elapsed,
    total,
    ...(definition.progress_basis === 'history' && reached && { history: historyOf(observations, reached) }),
  });
  return { target, progress };
}

/**
 * How far a metric that is itself a completion rate of the year is ahead of time: it has its plan in it, and a target
 * that it should reach is not divided by once more. Null for any other metric.
 */
export function completionRateGap(
  { definition, asOfMs }: Pick<TargetInput, 'definition' | 'asOfMs'>,
  current: Observation,
): Result | null {
  if (definition.accumulation !== 'rate' || definition.unit !== '%') return null;
  return progress({
    ytd: current.value,
    target: 100,
    ...elapsedOfYear(current.freq, current.periodMs, asOfMs),
  }).gap;
}

/** 本年累计 up to the end of the period: as reported, never summed here. A year is its own sum. */
export function cumulativeOf(
  observations: readonly Observation[],
  current: Observation,
): Observation | undefined {
  if (current.freq === 'A' || isYtd(current.basis)) return current;
  return seriesLike(observations, { ...current, basis: basisBeside(current.basis, 'ytd') }).get(
    current.periodMs,
  );
}

function historyOf(observations: readonly Observation[], reached: Observation) {
  const { freq, periodMs } = reached;
  return Array.from({ length: HISTORY_YEARS }, (_, index) => {
    const thenMs = samePeriodLastYear(freq, periodMs, index + 1);
    const yearMs = instantOf(periodParts(thenMs).year);
    return {
      ytd: seriesLike(observations, reached).get(thenMs)?.value,
      annual: seriesLike(observations, {
        ...reached,
        freq: 'A',
        basis: basisBeside(reached.basis, 'period'),
      }).get(yearMs)?.value,
    };
  });
}

/** The target as it is seen beside a figure. */
export function targetFigure(input: TargetInput, current: Observation | undefined): TargetFigure | null {
  const found = current && current.measure === 'level' ? progressOf(input, current) : null;
  if (!found || !current) return null;
  const { definition } = input;
  const { target, progress } = found;
  const { year } = periodParts(target.periodMs);
  const text = `${textOf(definition, target)}${gapOfUnit(definition)}`;
  const common = { year, text, cell: cellOf(target) };
  const { gap } = progress;
  const tone = (value: string, precision: number) => toneOf(value, definition.direction, precision);
  if (progress.kind === 'level') {
    const unit = definition.unit === '%' ? 'pp' : 'unit';
    const precision = shownPrecision(definition, current.region);
    const gapText = formatChange(gap.value, {
      unit,
      precision,
      rounding: definition.rounding,
      unitText: unitText(definition.unit),
    });
    const met = progress.met === null ? '' : progress.met ? '达标' : '未达标';
    return {
      ...common,
      kind: 'level',
      completion: null,
      pace: null,
      gap: gap.value === null ? null : { value: gap.value, text: gapText, tone: tone(gap.value, precision) },
      met: progress.met,
      sentence: [`${year}年目标 ${text}`, met, gap.value === null ? '本期缺' : `较目标 ${gapText}`]
        .filter((part) => part !== '')
        .join(','),
      reason: gap.value === null ? '本期缺' : null,
    };
  }
  const name = definition.progress_basis === 'history' ? '历史进度' : '时序进度';
  const completion = percent(progress.completion);
  const pace = percent(progress.pace);
  const gapText = formatChange(gap.value, { unit: 'pp', precision: 1 });
  const reason =
    completion === null ? '没有本年累计' : pace === null ? `缺前 ${HISTORY_YEARS} 年同期,没有历史进度` : null;
  return {
    ...common,
    kind: 'completion',
    completion,
    pace: pace && { ...pace, name },
    gap: gap.value === null ? null : { value: gap.value, text: gapText, tone: tone(gap.value, 1) },
    met: null,
    sentence: [
      `${year}年目标 ${text}`,
      completion && `完成率 ${completion.text}`,
      pace && `${name} ${pace.text}`,
      gap.value !== null && `进度差 ${gapText}`,
      reason,
    ]
      .filter((part) => typeof part === 'string')
      .join(','),
    reason,
  };
}

function gapOfUnit({ unit }: MetricDefinition): string {
  const text = unitText(unit);
  return text === '' || text === '%' ? text : ` ${text}`;
}

function percent({ value }: Result): { value: string; text: string } | null {
  return value === null ? null : { value, text: `${formatNumber(value, { precision: 1 })}%` };
}

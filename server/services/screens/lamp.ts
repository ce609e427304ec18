import { hysteresisPeriods } from '@/metrics/calculus/hysteresis';
import { severity } from '@/metrics/calculus/lamp';
import { isCovered } from '@/metrics/calculus/lamp-coverage';
import { type LampHistory, lampHistory } from '@/metrics/calculus/lamp-history';
import { isCoarser, LAMP_DAYS, lampFreq, setsOf } from '@/metrics/calculus/lamp-sets';
import { firedText } from '@/metrics/calculus/lamp-words';
import { thresholdLamp } from '@/metrics/calculus/threshold-lamp';
import { isTentative } from '@/metrics/calculus/unit-signals';
import { COLOUR_ZH } from '@/metrics/format/threshold-words';
import { basisBeside, isYtd } from '@/metrics/model/basis';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdMeasure, ThresholdSet } from '@/metrics/model/definition-threshold';
import { isOfUnit, judgesUnits } from '@/metrics/model/judged-unit';
import { addPeriods, lastOfYear } from '@/metrics/time/period';
import { isWholeAt } from '@/metrics/time/period-of-rule';
import { periodsAfter } from '@/metrics/workings/periods';
import { labelOf, unitText } from '@/server/services/screens/figure';
import { type MeasureInput, readingsOf } from '@/server/services/screens/measures';
import { newestOf, seriesLike } from '@/server/services/screens/reading';
import type { Freshness, LampFigure } from '@/server/services/screens/types';
import {
  alsoUnjudged,
  passedOver,
  reasonNotRead,
  reasonUnjudged,
  unjudged,
} from '@/server/services/screens/unjudged';

export interface LampInput extends MeasureInput {
  /** The figure that is shown; the lamp is that of its series up to it. */
  current: Observation | undefined;
  freshness: Freshness;
}

/** Measures of 本年累计 against an amount for the year. */
const OF_YEAR: readonly ThresholdMeasure[] = ['completion_vs_time_pp', 'vs_quota_time_pp'];

/** A lamp with the series that it was judged on. */
interface Judged {
  sets: readonly ThresholdSet[];
  history: LampHistory;
  like: Observation;
  /** Milder verdicts in a row that bring it down. */
  stepDown: number;
}

/**
 * 灯号 of a figure as known at the instant (calculus.md §25): whole periods, oldest first, up at once and down after
 * two milder periods (three for days); the most severe of several measures. A figure that is overdue has a grey one.
 * What could not be judged is said in words; null for a figure without thresholds.
 */
export function lampOf(input: LampInput): LampFigure | null {
  const { definition, current, freshness, asOfMs } = input;
  if (current?.measure !== 'level') return null;
  const sets = setsOf(definition, current);
  if (sets.length === 0) return null;
  const seen = new Set<ThresholdSet>();
  const judged = seriesSets(input, current).flatMap(({ like, sets: own }): Judged[] => {
    const stepDown = definition.thresholds?.hysteresis_periods ?? hysteresisPeriods(like.freq);
    const periods = periodsOf(input, like, own);
    for (const set of own)
      if (periods.some(({ readings }) => thresholdLamp([set], readings).lamp !== null)) seen.add(set);
    const history = lampHistory(own, periods, stepDown);
    return history === null ? [] : [{ sets: own, history, like, stepDown }];
  });
  const lacking = sets.filter((set) => !seen.has(set)).map((set) => reasonUnjudged(set, definition, current));
  const worst = judged.reduce<Judged | null>(
    (best, one) => (best === null || severity(one.history.lamp) > severity(best.history.lamp) ? one : best),
    null,
  );
  if (worst === null) return unjudged(lacking, labelOf(definition, current, asOfMs));
  const own = lampFigure(worst, input);
  const why = whyPassedOver(input, worst);
  const lit = alsoUnjudged(why === null ? own : passedOver(own, why), lacking);
  return freshness.state === 'overdue' ? greyed(lit, freshness) : lit;
}

/** Why the newest period of what was judged was not judged itself, in words; null where it was, or has not ended. */
function whyPassedOver({ definition, asOfMs }: LampInput, { like, sets, history }: Judged): string | null {
  if (history.judgedMs >= like.periodMs || !isWholeAt(definition, like, asOfMs)) return null;
  return `${labelOf(definition, like, asOfMs)}${reasonNotRead(sets, definition, like)},不判`;
}

/** The sets with the series that each is judged on, gathered by series. */
function seriesSets(
  { definition, observations }: LampInput,
  current: Observation,
): { like: Observation; sets: ThresholdSet[] }[] {
  const groups = new Map<string, { like: Observation; sets: ThresholdSet[] }>();
  for (const set of setsOf(definition, current)) {
    const like = seriesFor(set, definition, observations, current);
    if (!like) continue;
    const key = `${like.freq}/${like.basis}`;
    const group = groups.get(key) ?? { like, sets: [] };
    group.sets.push(set);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function seriesFor(
  set: ThresholdSet,
  definition: MetricDefinition,
  observations: readonly Observation[],
  current: Observation,
): Observation | undefined {
  if (judgesUnits(set)) return isOfUnit(definition, set, current) ? current : undefined;
  const freq = lampFreq(set);
  if (freq !== undefined && freq !== current.freq) {
    if (isCoarser(current.freq, freq)) return undefined;
    const own = observations.filter(({ region, slice, periodMs }) => {
      return region === current.region && slice === current.slice && periodMs <= current.periodMs;
    });
    const basis = set.measure === 'month_value' ? { basis: ['period'] } : {};
    return newestOf(own, { metric: current.metric, freq: [freq], ...basis }, definition);
  }
  // A completion rate is of the year so far whatever its basis is called; an amount must be its 累计.
  const cumulative =
    OF_YEAR.includes(set.measure) && current.freq !== 'A' && definition.accumulation === 'flow';
  if (!cumulative || isYtd(current.basis)) return current;
  return seriesLike(observations, { ...current, basis: basisBeside(current.basis, 'ytd') }).get(
    current.periodMs,
  );
}

function periodsOf(input: LampInput, like: Observation, sets: readonly ThresholdSet[]) {
  const series = seriesLike(input.observations, like);
  const measures = [...new Set(sets.map(({ measure }) => measure))];
  const fromMs = like.freq === 'D' ? addPeriods('D', like.periodMs, 1 - LAMP_DAYS) : Number.NEGATIVE_INFINITY;
  const placeOf = (o: Observation) => (o.freq === like.freq ? o.periodMs : lastOfYear(like.freq, o.periodMs));
  return [...series.values(), ...yearsWithin(input, like, series)]
    .filter(
      (o) =>
        o.value !== null &&
        placeOf(o) >= fromMs &&
        placeOf(o) <= like.periodMs &&
        isWholeAt(input.definition, o, input.asOfMs) &&
        isCovered(input.definition, o),
    )
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((o) => {
      const own = o.freq === like.freq;
      const periodMs = placeOf(o);
      return {
        periodMs,
        readings: readingsOf(input, measures, o, own ? series : seriesLike(input.observations, o)),
      };
    });
}

/**
 * Years as published that a cumulative series has no last period of: 1–12月 is the year, and what follows it is damped by
 * it (calculus.md §2, §25).
 */
function yearsWithin(
  { observations }: LampInput,
  like: Observation,
  series: ReadonlyMap<number, Observation>,
): Observation[] {
  if (!isYtd(like.basis) || (like.freq !== 'M' && like.freq !== 'Q')) return [];
  const years = seriesLike(observations, { ...like, freq: 'A', basis: basisBeside(like.basis, 'period') });
  return [...years.values()].filter(
    (year) => series.get(lastOfYear(like.freq, year.periodMs))?.value == null,
  );
}

function lampFigure(
  { sets, history, like, stepDown }: Judged,
  { definition, observations, asOfMs }: LampInput,
): LampFigure {
  const { lamp, cause, milder, sinceFirst, judgedMs, judgedSince } = history;
  const label = (periodMs: number) => labelOf(definition, { ...like, periodMs }, asOfMs);
  const word = lamp === 'none' ? '无灯' : `${COLOUR_ZH[lamp]}灯`;
  const because = firedText(cause.fired, cause.readings, unitText(definition.unit));
  const absent =
    milder === 0
      ? 0
      : periodsAfter(definition, { ...like, periodMs: cause.periodMs }, judgedMs) - judgedSince;
  const gap = absent > 0 ? `(其间 ${absent} 期无数)` : '';
  const held =
    milder === 0 ? '' : `;${label(cause.periodMs)}触发,此后 ${milder} 期已缓和${gap},连续 ${stepDown} 期才降`;
  const rule = `${because}${isHint(sets, history, seriesLike(observations, like)) ? HINT : ''}${held}`;
  const since = label(history.sinceMs);
  const judged = label(judgedMs);
  const text = `${word}:${rule};${sinceFirst ? '至少' : ''}自${since}起(判至${judged})`;
  return { colour: lamp, word, rule, since, sinceFirst, judged, text };
}

const HINT = '(最近几日的数据仍在补报,仅作提示)';

/** Lit by days alone whose rows are still coming in. */
function isHint(
  sets: readonly ThresholdSet[],
  { cause }: LampHistory,
  series: ReadonlyMap<number, Observation>,
): boolean {
  const newestMs = Math.max(...[...series.values()].flatMap((o) => (o.value === null ? [] : [o.periodMs])));
  const causes = sets.filter(({ measure }) => cause.fired.some((fired) => fired.measure === measure));
  return causes.length > 0 && causes.every((set) => isTentative(set, cause.periodMs, newestMs));
}

function greyed(lit: LampFigure, freshness: Freshness): LampFigure {
  const rule = `${freshness.text};此前${lit.word}(${lit.rule})`;
  return {
    ...lit,
    colour: 'grey',
    word: '逾期未报',
    rule,
    text: `${freshness.text};此前${lit.text}`,
  };
}

import { Decimal, toDecimal } from '@/metrics/format/decimal';
import type { ThresholdMeasure, ThresholdSet } from '@/metrics/model/definition-threshold';
import type { Rounding } from '@/metrics/model/definition-vocabulary';
import { addPeriods } from '@/metrics/time/period';
import { type EarsDay, type EarsMemo, ears, earsReading, mergeSignals } from './ears';
import { type Lamp, severity } from './lamp';
import { colourOf, type Readings, thresholdLamp } from './threshold-lamp';

/** One unit's days in a row, oldest first; the last one is the newest day that has arrived. */
export interface UnitDays {
  /** Those that judge the unit. */
  sets: readonly ThresholdSet[];
  precision: number;
  rounding: Rounding;
  daysMs: readonly number[];
  /** Null is a missing report. */
  counts: readonly (string | null)[];
}

export interface JudgedDay {
  ears: EarsDay;
  dayMs: number;
  count: string | null;
  /** By all sets; null when none can be judged. */
  lamp: Lamp | null;
  /** What lit it. */
  measures: readonly ThresholdMeasure[];
  /** Lit only by sets whose newest days are still coming in. */
  tentative: boolean;
}

/** Alarms of one unit that belong together. */
export interface UnitSignal {
  firstMs: number;
  lastMs: number;
  /** Days with an alarm. */
  alarms: number;
  /** A hint: every day of it is. */
  tentative: boolean;
  /** The day that stands for it: no hint where there is another, then the most severe, then the highest count. */
  worst: JudgedDay;
}

/** Judges a unit day by day, each for itself: a signal is of days, so nothing damps it as a lamp is damped. */
export function judgeUnit(
  { sets, precision, rounding, daysMs, counts }: UnitDays,
  memo?: EarsMemo,
): JudgedDay[] {
  const newestMs = daysMs.at(-1) ?? 0;
  return ears(counts, memo).map((day, i): JudgedDay => {
    const dayMs = daysMs[i] ?? 0;
    const count = counts[i] ?? null;
    const own = { value: count, precision, rounding };
    const read = earsReading(day);
    // Members one by one: of tens of thousands of days, copying objects would be most of the cost.
    const measured: Readings['measures'] = { value: own, day_value: own };
    if (read) measured.ears = read;
    const readings: Readings = { measures: measured, atMs: dayMs };
    const { lamp, fired } = thresholdLamp(sets, readings);
    const settled = isLit(lamp) ? sets.filter((set) => !isTentative(set, dayMs, newestMs)) : sets;
    const tentative = settled.length < sets.length && !isLit(thresholdLamp(settled, readings).lamp);
    const measures = fired.filter(({ rule }) => colourOf(rule) === lamp).map(({ measure }) => measure);
    return { ears: day, dayMs, count, lamp, measures, tentative };
  });
}

/** Whether rows of the day are still coming in, so that what the set says of it is a hint. */
export function isTentative(
  { tentative_days: days }: Pick<ThresholdSet, 'tentative_days'>,
  dayMs: number,
  newestMs: number,
): boolean {
  return days !== undefined && dayMs > addPeriods('D', newestMs, -days);
}

/** Signals of one unit, oldest first. */
export function unitSignals(judged: readonly JudgedDay[]): UnitSignal[] {
  const alarms = judged.filter(({ lamp }) => isLit(lamp));
  return mergeSignals(alarms.map(({ dayMs }) => dayMs)).flatMap((signal): UnitSignal[] => {
    const own = alarms.filter(({ dayMs }) => dayMs >= signal.firstMs && dayMs <= signal.lastMs);
    const [worst] = [...own].sort(worstFirst);
    return worst ? [{ ...signal, tentative: worst.tentative, worst }] : [];
  });
}

const ZERO = new Decimal(0);

function worstFirst(a: JudgedDay, b: JudgedDay): number {
  return (
    Number(a.tentative) - Number(b.tentative) ||
    severity(b.lamp ?? 'none') - severity(a.lamp ?? 'none') ||
    b.ears.alarms.length - a.ears.alarms.length ||
    (toDecimal(b.count) ?? ZERO).cmp(toDecimal(a.count) ?? ZERO) ||
    b.dayMs - a.dayMs
  );
}

function isLit(lamp: Lamp | null): boolean {
  return lamp !== null && lamp !== 'none';
}

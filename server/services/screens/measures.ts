import { EARS_REACH_DAYS, ears, earsReading } from '@/metrics/calculus/ears';
import { growthRatio } from '@/metrics/calculus/growth-ratio';
import { planRatio } from '@/metrics/calculus/plan-ratio';
import { gapPp } from '@/metrics/calculus/progress';
import { share } from '@/metrics/calculus/share';
import type { MeasureReading, Readings } from '@/metrics/calculus/threshold-lamp';
import { Decimal, toDecimal } from '@/metrics/format/decimal';
import { isYtd } from '@/metrics/model/basis';
import type { Observation } from '@/metrics/model/cell';
import type { ThresholdMeasure } from '@/metrics/model/definition-threshold';
import { shownPrecision } from '@/metrics/model/shown-precision';
import {
  addPeriods,
  nextPeriod,
  periodStart,
  periodsBetween,
  samePeriodLastYear,
} from '@/metrics/time/period';
import { type ChangeInput, changePrecision, yoyResult } from '@/server/services/screens/change';
import { compare } from '@/server/services/screens/edition';
import { seriesLike } from '@/server/services/screens/reading';
import { completionRateGap, progressOf, targetCell } from '@/server/services/screens/target';

/** Classes of surface water by their number (GB 3838). */
const WATER_CLASSES = ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', '劣Ⅴ'] as const;
/** Days of AQI that the longest rule on sustained pollution looks back. */
const SUSTAINED_DAYS = 7;

/** Everything known of one metric in one region; `growthMetric` is the metric that is its published growth. */
export type MeasureInput = Pick<
  ChangeInput,
  'definition' | 'standard' | 'observations' | 'growthMetric' | 'asOfMs'
>;

/**
 * What a threshold compares, for one period. Undefined when it has no reading: no target, no plan, no capacity
 * (缺分母则不判), or a measure that needs units of judgement finer than a region.
 */
export function measureReading(
  input: MeasureInput,
  measure: ThresholdMeasure,
  o: Observation,
): MeasureReading | undefined {
  const { definition, observations } = input;
  const { rounding } = definition;
  const precision = shownPrecision(definition, o.region);
  const own = (value: string | null): MeasureReading => ({ value, precision, rounding });
  switch (measure) {
    case 'value':
      // A limit on an amount is one for the metric's own period: a year of it is no day of it.
      return definition.accumulation === 'flow' && o.freq !== definition.freq ? undefined : own(o.value);
    case 'day_value':
    case 'month_value':
      return own(o.value);
    case 'value-100':
      return own(toDecimal(o.value)?.minus(100).toFixed() ?? null);
    case 'yoy': {
      const { change } = yoyResult({ ...input, current: o }, o);
      const smallBase = change.flags.includes('small_base');
      return { value: change.value, precision: changePrecision(definition, change, o), rounding, smallBase };
    }
    case 'wow': {
      if (o.freq !== 'D') return undefined;
      const { change } = compare(input, o, addPeriods('D', o.periodMs, -7), (now, base) =>
        growthRatio({ current: now.value, base: base?.value }),
      );
      return { value: change.value, precision: 1, rounding };
    }
    case 'completion_vs_time_pp': {
      const rate = completionRateGap(input, o);
      if (rate !== null) return { value: rate.value, precision: 1 };
      const progress = progressOf(input, o)?.progress;
      return progress?.kind === 'completion' ? { value: progress.gap.value, precision: 1 } : undefined;
    }
    case 'value_vs_target_pp': {
      const target = targetCell(observations, o);
      return target && own(gapPp(o.value, target.value).value);
    }
    case 'growth_vs_target_pp':
      return growthAgainstTarget(input, o);
    case 'vs_quota_time_pp': {
      // The year's quota is its target: what may be used, against how much of the year has passed.
      const progress = progressOf(input, o)?.progress;
      return progress?.kind === 'completion' ? { value: progress.gap.value, precision: 1 } : undefined;
    }
    case 'vs_plan_pct':
      return againstPlan(input, o);
    case 'vs_redline': {
      const redline = standingTarget(observations, o);
      return redline && { value: percentOf(o.value, redline.value), precision: 1 };
    }
    case 'ears':
      return earsOf(observations, o);
    case 'event_level':
    case 'alert_level': {
      const level = LEVEL_SLICE.exec(o.slice)?.[1];
      const any = toDecimal(o.value)?.gt(0) ?? false;
      return level === undefined ? undefined : { symbols: any ? [decodeURIComponent(level)] : [] };
    }
    case 'class': {
      const symbol = WATER_CLASSES[new Decimal(o.value ?? 0).toNumber() - 1];
      return definition.code === 'water_class' && symbol ? { symbols: [symbol] } : undefined;
    }
    default:
      return undefined;
  }
}

/** A single level of events or warnings: Ⅲ 较大, 橙色. */
const LEVEL_SLICE = /^(?:level4|color)=([^;]+)$/;

/** By the days of a series whose observed zeros are in it (server/observations/observed-zeros.ts). */
function earsOf(observations: readonly Observation[], o: Observation): MeasureReading | undefined {
  const series = seriesLike(observations, o);
  const counts = Array.from(
    { length: EARS_REACH_DAYS + 1 },
    (_, index) => series.get(addPeriods('D', o.periodMs, index - EARS_REACH_DAYS))?.value,
  );
  const day = ears(counts).at(-1);
  return day && earsReading(day);
}

function againstPlan({ observations }: MeasureInput, o: Observation): MeasureReading | undefined {
  const plan = targetCell(observations, o);
  if (!plan) return undefined;
  const yearMs = periodStart('A', o.periodMs);
  const days = (fromMs: number, toMs: number) => periodsBetween('D', fromMs, toMs);
  const { value } = planRatio({
    actual: o.value,
    annualPlan: plan.value,
    days: days(isYtd(o.basis) ? yearMs : o.periodMs, nextPeriod(o.freq, o.periodMs)),
    daysOfYear: days(yearMs, nextPeriod('A', yearMs)),
  });
  return { value, precision: 1 };
}

/** A red line holds until another is drawn: the newest target not of a later year. */
function standingTarget(observations: readonly Observation[], o: Observation): Observation | undefined {
  for (let back = 0; back < REDLINE_YEARS; back += 1) {
    const found = targetCell(observations, { ...o, periodMs: samePeriodLastYear(o.freq, o.periodMs, back) });
    if (found) return found;
  }
  return undefined;
}
const REDLINE_YEARS = 5;

function percentOf(part: string | null, whole: string | null): string | null {
  return share(part, whole).value;
}

/** Growth against its target: the growth is the metric's 同比, the target that of the metric that is its growth. */
function growthAgainstTarget(input: MeasureInput, o: Observation): MeasureReading | undefined {
  if (input.growthMetric === undefined) return undefined;
  const target = targetCell(input.observations, { ...o, metric: input.growthMetric });
  const growth = yoyResult({ ...input, current: o }, o).change.value;
  return target && { value: gapPp(growth, target.value).value, precision: 1 };
}

/** Readings of one period for the measures asked for. */
export function readingsOf(
  input: MeasureInput,
  measures: readonly ThresholdMeasure[],
  o: Observation,
  series: ReadonlyMap<number, Observation>,
): Readings {
  const read: Readings = { measures: {}, atMs: o.periodMs };
  for (const measure of measures) {
    const reading = measureReading(input, measure, o);
    if (reading) read.measures[measure] = reading;
  }
  if (input.definition.code === 'aqi' && o.freq === 'D') {
    read.dailyAqi = Array.from({ length: SUSTAINED_DAYS }, (_, index) => {
      return series.get(addPeriods('D', o.periodMs, index - SUSTAINED_DAYS + 1))?.value;
    });
  }
  return read;
}

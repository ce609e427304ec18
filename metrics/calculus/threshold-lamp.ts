import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import type {
  Colour,
  ThresholdMeasure,
  ThresholdRule,
  ThresholdSet,
} from '@/metrics/model/definition-threshold';
import type { Rounding } from '@/metrics/model/definition-vocabulary';
import { dayKey } from '@/metrics/time/calendar';
import { compares, type Lamp, mostSevere } from './lamp';

/** What a measure reads: a number with its display precision, or words of an enumeration (C1, Ⅳ, 较大). */
export type MeasureReading =
  | {
      value: NumberLike;
      precision: number;
      rounding?: Rounding;
      /** 基数过小: growth over such a base lights no red (calculus.md §14). */
      smallBase?: boolean;
    }
  | { symbols: readonly string[] };

export interface Readings {
  measures: Partial<Record<ThresholdMeasure, MeasureReading>>;
  /** Daily AQI, oldest first, the last one being the day judged; for rules on a number of hours. */
  dailyAqi?: readonly NumberLike[];
  /** Instant judged: standards that changed apply by date. */
  atMs: number;
}

export interface ThresholdVerdict {
  /** Null when no rule with a colour could be judged: missing data change no lamp. */
  lamp: Lamp | null;
  /** Rules that hold, words without a colour (良, 断电) among them. */
  fired: FiredRule[];
}

export interface FiredRule {
  measure: ThresholdMeasure;
  rule: ThresholdRule;
  /** Number of the standard that the rule comes from. */
  standard?: string;
}

/**
 * Judges all threshold sets of a metric and takes the most severe colour (calculus.md §25). Sets whose measure has no
 * reading are not judged (缺分母则不判), and so are sets outside their validity. Bands and limits of a standard without a colour
 * light nothing.
 */
export function thresholdLamp(sets: readonly ThresholdSet[], readings: Readings): ThresholdVerdict {
  const fired: ThresholdVerdict['fired'] = [];
  let judged = false;
  for (const set of sets) {
    if (!inForce(set, readings.atMs)) continue;
    for (const rule of set.rules) {
      const holds = ruleHolds(rule, readings.measures[set.measure], readings.dailyAqi);
      if (holds === null) continue;
      judged ||= colourOf(rule) !== undefined;
      if (holds) fired.push({ measure: set.measure, rule, ...(set.standard && { standard: set.standard }) });
    }
  }
  const colours = fired.flatMap(({ rule }) => colourOf(rule) ?? []);
  return { lamp: judged ? mostSevere(colours) : null, fired };
}

export function colourOf(rule: ThresholdRule): Colour | undefined {
  return rule.type === 'limit' ? undefined : rule.colour;
}

function inForce({ valid_from, valid_to }: ThresholdSet, atMs: number): boolean {
  if (valid_from === undefined && valid_to === undefined) return true;
  const day = dayKey(atMs);
  return (valid_from === undefined || day >= valid_from) && (valid_to === undefined || day < valid_to);
}

/** Null when the rule cannot be judged from what is there. */
function ruleHolds(
  rule: ThresholdRule,
  reading: MeasureReading | undefined,
  dailyAqi: readonly NumberLike[] | undefined,
): boolean | null {
  if (rule.type === 'limit') return null;
  if (rule.type === 'sustained') return sustained(rule, dailyAqi);
  if (reading === undefined) return null;
  if (rule.type === 'equals') {
    return 'symbols' in reading ? reading.symbols.some((symbol) => rule.equals.includes(symbol)) : null;
  }
  if ('symbols' in reading) return null;
  const value = toDecimal(reading.value);
  if (value === null) return null;
  const shown = roundDecimal(value, reading.precision, reading.rounding);
  if (colourOf(rule) === 'red' && reading.smallBase) return false;
  if (rule.type === 'range') return shown.gte(rule.from) && (rule.to === undefined || shown.lte(rule.to));
  return compares(shown, rule.op, rule.limit);
}

type Sustained = Extract<ThresholdRule, { type: 'sustained' }>;

/** Hours are counted in whole days of daily AQI; a missing day breaks the run. */
function sustained(rule: Sustained, dailyAqi: readonly NumberLike[] | undefined): boolean | null {
  if (dailyAqi === undefined || toDecimal(dailyAqi.at(-1)) === null) return null;
  return rule.any_of.some(({ all_of }) =>
    all_of.every(({ op, limit, hours = 24 }) => {
      const days = Math.ceil(hours / 24);
      const run = dailyAqi.slice(-days).map(toDecimal);
      return run.length === days && run.every((aqi) => aqi !== null && compares(aqi, op, limit));
    }),
  );
}

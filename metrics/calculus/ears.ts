import { Decimal, decimalText, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { DAY_MS } from '@/metrics/time/zone';
import { presentOf } from './result';

/** Choices left open by EARS implementations (calculus.md §23); a deployment may set others. */
export interface EarsConfig {
  c1Above: number;
  c2Above: number;
  c3Above: number;
  /** Floor of the baseline's standard deviation, so that an all-zero baseline does not alarm on one case. */
  minDeviation: number;
  /** Days of the seven-day baseline that must be reported. */
  minBaselineDays: number;
}

export const EARS_CONFIG: EarsConfig = {
  c1Above: 3,
  c2Above: 3,
  c3Above: 2,
  minDeviation: 0.5,
  minBaselineDays: 5,
};

/** Alarms of one unit within so many days are one signal (calculus.md §25). */
export const MERGE_DAYS = 7;

export interface EarsDay {
  /** Mean of the seven days before, C1's baseline; null where it does not suffice. */
  baseline: string | null;
  c1: string | null;
  c2: string | null;
  c3: string | null;
  alarms: ('C1' | 'C2' | 'C3')[];
}

const ZERO = new Decimal(0);
const BASELINE_DAYS = 7;
/** C2 and C3 leave the last two days out of the baseline. */
const GUARD_DAYS = 2;
/** Days before a day that its C3 reads: three C2, the oldest of which has its baseline nine to three days before. */
export const EARS_REACH_DAYS = BASELINE_DAYS + 2 * GUARD_DAYS;

/**
 * EARS C1, C2, C3 for consecutive daily counts, oldest first; a missing report is null and stays missing (T55, T56).
 * C1: baseline t−7…t−1; C2: t−9…t−3; C = (y − mean) / sample deviation; C3 = Σ_{t−2..t} max(0, C2 − 1).
 */
export function ears(counts: readonly NumberLike[], config: EarsConfig = EARS_CONFIG): EarsDay[] {
  const series = counts.map(toDecimal);
  const baselines = series.map((_, end) => baselineBefore(series, end, config));
  const c1 = series.map((y, t) => score(y, baselines[t]));
  const c2 = series.map((y, t) => score(y, baselines[t - GUARD_DAYS]));
  return series.map((_, t) => {
    const c3 = excessSum(c2, t);
    const alarms: EarsDay['alarms'] = [];
    if (c1[t]?.gt(config.c1Above)) alarms.push('C1');
    if (c2[t]?.gt(config.c2Above)) alarms.push('C2');
    if (c3?.gt(config.c3Above)) alarms.push('C3');
    return {
      baseline: textOf(baselines[t]?.mean),
      c1: textOf(c1[t]),
      c2: textOf(c2[t]),
      c3: textOf(c3),
      alarms,
    };
  });
}

/** What a threshold reads of a day; undefined without a baseline of five days: there is nothing to deviate from. */
export function earsReading({ c1, c2, alarms }: EarsDay): { symbols: readonly string[] } | undefined {
  return c1 === null && c2 === null ? undefined : { symbols: alarms };
}

/**
 * Counts of one unit on the given days: a day without one is an observed zero when something arrived on it, and else a
 * missing report (calculus.md §23).
 */
export function observedCounts(
  daysMs: readonly number[],
  counts: ReadonlyMap<number, string | null>,
  arrived: ReadonlySet<number>,
): (string | null)[] {
  return daysMs.map((ms) => counts.get(ms) ?? (arrived.has(ms) ? '0' : null));
}

/** Merges alarm days of one unit into signals: an alarm within `days` of the one before belongs to the same signal. */
export function mergeSignals(
  alarmDaysMs: readonly number[],
  days = MERGE_DAYS,
): { firstMs: number; lastMs: number; alarms: number }[] {
  const signals: { firstMs: number; lastMs: number; alarms: number }[] = [];
  for (const ms of [...alarmDaysMs].sort((a, b) => a - b)) {
    const last = signals.at(-1);
    if (last && ms - last.lastMs <= days * DAY_MS) {
      last.lastMs = ms;
      last.alarms += 1;
    } else {
      signals.push({ firstMs: ms, lastMs: ms, alarms: 1 });
    }
  }
  return signals;
}

interface Baseline {
  mean: Decimal;
  deviation: Decimal;
}

/** Of the seven days before `end`; by their sums, which are exact and cheaper than the distances from the mean. */
function baselineBefore(
  series: readonly (Decimal | null)[],
  end: number,
  { minDeviation, minBaselineDays }: EarsConfig,
): Baseline | null {
  const from = end - BASELINE_DAYS;
  if (from < 0) return null;
  const days = presentOf(series.slice(from, end));
  const n = days.length;
  if (n < minBaselineDays || n < 2) return null;
  const sum = days.reduce((total, x) => total.plus(x), ZERO);
  const squares = days.reduce((total, x) => total.plus(x.times(x)), ZERO);
  const variance = squares
    .times(n)
    .minus(sum.times(sum))
    .div(n * (n - 1));
  return { mean: sum.div(n), deviation: Decimal.max(variance.sqrt(), minDeviation) };
}

function score(y: Decimal | null, baseline: Baseline | null | undefined): Decimal | null {
  return y && baseline ? y.minus(baseline.mean).div(baseline.deviation) : null;
}

function excessSum(c2: readonly (Decimal | null)[], t: number): Decimal | null {
  let sum: Decimal = new Decimal(0);
  for (let i = t - GUARD_DAYS; i <= t; i += 1) {
    const value = c2[i];
    if (!value) return null;
    sum = sum.plus(Decimal.max(0, value.minus(1)));
  }
  return sum;
}

function textOf(value: Decimal | null | undefined): string | null {
  return value ? decimalText(value) : null;
}

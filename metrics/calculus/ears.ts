import { Decimal, decimalText, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { DAY_MS } from '@/metrics/time/zone';
import { meanOf, presentOf } from './result';

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

export interface EarsDay {
  c1: string | null;
  c2: string | null;
  c3: string | null;
  alarms: ('C1' | 'C2' | 'C3')[];
}

const BASELINE_DAYS = 7;
/** C2 and C3 leave the last two days out of the baseline. */
const GUARD_DAYS = 2;

/**
 * EARS C1, C2, C3 for consecutive daily counts, oldest first; a missing report is null and stays missing (T55, T56).
 * C1: baseline t−7…t−1; C2: t−9…t−3; C = (y − mean) / sample deviation; C3 = Σ_{t−2..t} max(0, C2 − 1).
 */
export function ears(counts: readonly NumberLike[], config: EarsConfig = EARS_CONFIG): EarsDay[] {
  const series = counts.map(toDecimal);
  const c1 = series.map((_, t) => deviationScore(series, t, 0, config));
  const c2 = series.map((_, t) => deviationScore(series, t, GUARD_DAYS, config));
  return series.map((_, t) => {
    const c3 = excessSum(c2, t);
    const alarms: EarsDay['alarms'] = [];
    if (c1[t]?.gt(config.c1Above)) alarms.push('C1');
    if (c2[t]?.gt(config.c2Above)) alarms.push('C2');
    if (c3?.gt(config.c3Above)) alarms.push('C3');
    return { c1: textOf(c1[t]), c2: textOf(c2[t]), c3: textOf(c3), alarms };
  });
}

export type EarsLamp = 'none' | 'yellow' | 'orange' | 'red';

/**
 * C1 yellow, C2 orange, C3 red, judged per county × disease (topic) only. `singleCaseIsRed`: class A diseases, those
 * managed as such and outbreaks of unknown cause are red at one case, whatever EARS says.
 */
export function earsLamp(
  day: EarsDay,
  notifiable: { singleCaseIsRed: boolean; count: NumberLike } = { singleCaseIsRed: false, count: null },
): EarsLamp {
  if (notifiable.singleCaseIsRed && toDecimal(notifiable.count)?.gte(1)) return 'red';
  if (day.alarms.includes('C3')) return 'red';
  if (day.alarms.includes('C2')) return 'orange';
  return day.alarms.includes('C1') ? 'yellow' : 'none';
}

/** Merges alarm days of one unit into signals: an alarm within `days` of the one before belongs to the same signal. */
export function mergeSignals(
  alarmDaysMs: readonly number[],
  days = 7,
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

function deviationScore(
  series: readonly (Decimal | null)[],
  t: number,
  guard: number,
  { minDeviation, minBaselineDays }: EarsConfig,
): Decimal | null {
  const from = t - guard - BASELINE_DAYS;
  const y = series[t];
  if (from < 0 || !y) return null;
  const baseline = presentOf(series.slice(from, t - guard));
  const mean = meanOf(baseline);
  if (mean === null || baseline.length < minBaselineDays || baseline.length < 2) return null;
  const squares = baseline.reduce((sum, x) => sum.plus(x.minus(mean).pow(2)), new Decimal(0));
  const deviation = Decimal.max(squares.div(baseline.length - 1).sqrt(), minDeviation);
  return y.minus(mean).div(deviation);
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

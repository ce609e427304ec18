import { Decimal, decimalText, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { DAY_MS } from '@/metrics/time/zone';

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
 * C1: baseline t−7…t−1; C2: t−9…t−3; C = (y − mean) / sample deviation; C3 = Σ_{t−2..t} max(0, C2 − 1). A `memo` has
 * the configuration and may be shared by many series.
 */
export function ears(counts: readonly NumberLike[], memo: EarsMemo = new EarsMemo()): EarsDay[] {
  const { config } = memo;
  const series = counts.map((count) => memo.countOf(count));
  const baselines = series.map((_, end) =>
    memo.baselineOf(series.slice(Math.max(0, end - BASELINE_DAYS), end), end),
  );
  const c1 = series.map((y, t) => memo.scoreOf(y, baselines[t]));
  const c2 = series.map((y, t) => memo.scoreOf(y, baselines[t - GUARD_DAYS]));
  return series.map((_, t) => {
    const c3 = excessSum(c2, t);
    const alarms: EarsDay['alarms'] = [];
    if (c1[t]?.value.gt(config.c1Above)) alarms.push('C1');
    if (c2[t]?.value.gt(config.c2Above)) alarms.push('C2');
    if (c3?.gt(config.c3Above)) alarms.push('C3');
    return {
      baseline: baselines[t]?.text ?? null,
      c1: c1[t]?.text ?? null,
      c2: c2[t]?.text ?? null,
      c3: c3 && decimalText(c3),
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
  arrived: Pick<ReadonlySet<number>, 'has'>,
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

interface Count {
  key: string;
  value: Decimal;
}

interface Baseline {
  key: string;
  mean: Decimal;
  deviation: Decimal;
  text: string;
}

interface Score {
  value: Decimal;
  text: string;
  /** What the day adds to a C3. */
  excess: Decimal;
}

/**
 * What was worked out before for equal baselines and counts: the thousands of units of a province share a few small
 * numbers, and a root and a quotient of forty digits each would take seconds.
 */
export class EarsMemo {
  private readonly counts = new Map<string, Count>();
  private readonly baselines = new Map<string, Baseline | null>();
  private readonly scores = new Map<string, Score>();

  constructor(readonly config: EarsConfig = EARS_CONFIG) {}

  countOf(count: NumberLike): Count | null {
    const key = String(count);
    const known = this.counts.get(key);
    if (known) return known;
    const value = toDecimal(count);
    if (value === null) return null;
    const made = { key, value };
    this.counts.set(key, made);
    return made;
  }

  /** Of the seven days before `end`, null where there are not that many or too few of them are reported. */
  baselineOf(days: readonly (Count | null)[], end: number): Baseline | null {
    if (end < BASELINE_DAYS) return null;
    const present = days.filter((day) => day !== null);
    const key = present
      .map((day) => day.key)
      .sort()
      .join(' ');
    const known = this.baselines.get(key);
    if (known !== undefined) return known;
    const made = this.makeBaseline(
      key,
      present.map(({ value }) => value),
    );
    this.baselines.set(key, made);
    return made;
  }

  scoreOf(y: Count | null | undefined, baseline: Baseline | null | undefined): Score | null {
    if (!y || !baseline) return null;
    const key = `${y.key} of ${baseline.key}`;
    const known = this.scores.get(key);
    if (known) return known;
    const value = y.value.minus(baseline.mean).div(baseline.deviation);
    const made = { value, text: decimalText(value), excess: Decimal.max(0, value.minus(1)) };
    this.scores.set(key, made);
    return made;
  }

  /** By sums, which are exact and cheaper than the distances from the mean. */
  private makeBaseline(key: string, days: readonly Decimal[]): Baseline | null {
    const { minBaselineDays, minDeviation } = this.config;
    const n = days.length;
    if (n < minBaselineDays || n < 2) return null;
    const sum = days.reduce((total, x) => total.plus(x), ZERO);
    const squares = days.reduce((total, x) => total.plus(x.times(x)), ZERO);
    const variance = squares
      .times(n)
      .minus(sum.times(sum))
      .div(n * (n - 1));
    const mean = sum.div(n);
    return { key, mean, deviation: Decimal.max(variance.sqrt(), minDeviation), text: decimalText(mean) };
  }
}

function excessSum(c2: readonly (Score | null)[], t: number): Decimal | null {
  let sum: Decimal = ZERO;
  for (let i = t - GUARD_DAYS; i <= t; i += 1) {
    const score = c2[i];
    if (!score) return null;
    if (!score.excess.isZero()) sum = sum.plus(score.excess);
  }
  return sum;
}

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { NumberLike } from '@/metrics/format/decimal';
import { roundTo } from '@/metrics/format/rounding';
import type { Direction, YoyRule } from '@/metrics/model/definition-vocabulary';
import { formatPeriod } from '@/metrics/time/label';
import { parsePeriod } from '@/metrics/time/parse-period';
import { ytdYoy } from './accumulate';
import { composite } from './composite';
import { approximatePulls, pullFromContribution } from './contribution';
import { type DeadlineNode, deadline } from './deadlines';
import { EARS_CONFIG, EarsMemo, ears } from './ears';
import { cumulativeDrop, energyIntensityDrop } from './energy';
import { airComposite } from './environment/air-composite';
import type { AqiItem, AqiStandard } from './environment/air-standard';
import { cityHour } from './environment/air-validity';
import { aqi } from './environment/aqi';
import { iaqi } from './environment/iaqi';
import { percentile } from './environment/percentile';
import { waterClass, waterItemClass } from './environment/water-class';
import type { WaterItem } from './environment/water-standard';
import { monthsFromYtd, periodFromYtd } from './from-ytd';
import { accelPp, averageGrowth, dayAdjustedYoy, realGrowth } from './growth';
import { difference, growthRatio } from './growth-ratio';
import { chainIndex, indexMinus100, ytdIndex } from './index-number';
import { lampOf, parseLampRules } from './lamp';
import { progress, reductionCompletion } from './progress';
import { rank } from './rank';
import type { Result } from './result';
import { maxOfSum, meanOfCities, ratioOfSums, rollupSum, weightedMean } from './rollup';
import { score, zScores } from './score';
import { seasonallyAdjusted } from './seasonal';
import { rate, share } from './share';
import { asOf } from './vintage';
import { yoy } from './yoy';

/**
 * The shared test vectors of the calculus, run as they are: every rule meets numbers that were worked out (or
 * published) independently of this code.
 */

interface Vector {
  id: string;
  fn: string;
  input: unknown;
  expect: unknown;
  tol: number;
}

const file = fileURLToPath(new URL('../../../shared/domain/calculus-vectors.json', import.meta.url));
const present = existsSync(file);
const vectors: Vector[] = present ? JSON.parse(readFileSync(file, 'utf8')) : [];

type N = NumberLike;
/** One entry binds one vector input; the file's shapes are asserted by the comparison itself. */
type Run = (input: never) => unknown;

const num = (value: N): number | null => (value === null || value === undefined ? null : Number(value));
const val = (result: Result | undefined): number | null => num(result?.value);
const instant = (text: string): number => parsePeriod(text)?.startMs ?? Number.NaN;
const POLLUTANT_ORDER = ['so2', 'no2', 'co', 'o3', 'pm10', 'pm25'] as const;

const dailyAqi = ({ std = '2026', ...items }: { std?: AqiStandard } & Partial<Record<AqiItem, N>>) =>
  aqi(items, std);
const deadlineText = (assign: string, node: DeadlineNode, calendar: 'natural' | 'workday' = 'natural') =>
  formatPeriod('N', deadline(instant(assign), node, { calendar }).deadlineMs);

const RUN: Record<string, Run> = {
  round_half_up: ([x, p]: [N, number]) => num(roundTo(x, p)),
  round_half_even: ([x, p]: [N, number]) => num(roundTo(x, p, 'half_even')),
  single_quarter: (i: { ytd: N; prev_ytd: N }) => val(periodFromYtd({ ytd: i.ytd, previousYtd: i.prev_ytd })),
  month_from_ytd: (i: { ytd: Record<number, N>; jan_feb_merged: boolean }) => {
    const months = monthsFromYtd(i.ytd, { janFebMerged: i.jan_feb_merged });
    return {
      month: Object.fromEntries(months.map((m) => [m.month, val(m.period)])),
      mom: Object.fromEntries(months.map((m) => [m.month, val(m.mom)])),
    };
  },
  month_from_ytd_pair: ([ytd, month]: [N, N]) => val(periodFromYtd({ ytd, previousYtd: month })),
  month_from_ytd_same_batch: (i: { ytd6: N; ytd5_same_batch: N; ytd5_old: N }) =>
    val(periodFromYtd({ ytd: i.ytd6, previousYtd: i.ytd5_old, previousYtdSameBatch: i.ytd5_same_batch })),
  yoy_ratio: ([current, base]: [N, N]) => val(yoy({ rule: 'value_ratio', current, base })),
  yoy_ratio_guarded: ([current, base]: [N, N]) => val(growthRatio({ current, base })),
  yoy_pp: ([current, base]: [N, N]) => val(difference(current, base)),
  yoy_day_adjusted: ([x, days, x0, days0]: [N, number, N, number]) =>
    val(dayAdjustedYoy({ value: x, days }, { value: x0, days: days0 })),
  yoy_display: (i: { rule: YoyRule; cur: N; prev: N; published: N }) =>
    val(yoy({ rule: i.rule, current: i.cur, base: i.prev, published: i.published })),
  avg_growth_geo: (growths: N[]) => val(averageGrowth(growths)),
  ytd_yoy: (i: { cur: N[]; prev: N[] }) => val(ytdYoy(i.cur, i.prev)),
  index_minus_100: ([index]: [N]) => val(indexMinus100(index)),
  chain: ([links]: [N[]]) => val(chainIndex(links).at(-1)),
  ytd_index: (i: { cur: N[]; prev: N[] }) => val(ytdIndex(i.cur, i.prev)),
  real_growth: ([nominal, cpi]: [N, N]) => val(realGrowth(nominal, cpi)),
  share: ([part, whole]: [N, N]) => val(share(part, whole)),
  ratio: ([a, b]: [N, N]) => val(rate(a, b)),
  rank: (i: { values: Record<string, N>; direction: Direction }) => {
    const entries = Object.entries(i.values).map(([key, value]) => ({ key, value }));
    return Object.fromEntries(rank({ entries, direction: i.direction }).map((r) => [r.key, r.rank]));
  },
  progress: (i: { ytd: N; target: N; months: number }) => {
    const p = progress({ ytd: i.ytd, target: i.target, elapsed: i.months });
    return { completion: val(p.completion), time: val(p.pace), gap: val(p.gap) };
  },
  reduction_completion: (i: { base: N; target: N; cur: N }) =>
    val(reductionCompletion({ base: i.base, target: i.target, current: i.cur })),
  pull_approx: (i: { prev_share: N[]; growth: N[] }) =>
    approximatePulls(
      i.prev_share.map((previousShare, k) => ({ name: String(k), previousShare, growth: i.growth[k] })),
    ).pulls.map(({ pull }) => val(pull)),
  pull_from_contribution: (i: { growth: N; contribution: N[] }) =>
    i.contribution.map((c) => val(pullFromContribution(i.growth, c))),
  rollup_sum_check: (i: { cities_sum: N; published: N }) => {
    const result = rollupSum({ parts: [i.cities_sum], published: i.published });
    return { value: val(result), alert: result.flags.includes('rollup_mismatch') };
  },
  ratio_of_sums: (pairs: [N, N][]) =>
    val(ratioOfSums(pairs.map(([numerator, denominator]) => ({ numerator, denominator })))),
  weighted_mean: (i: { x: N[]; w: N[] }) =>
    val(weightedMean(i.x.map((value, k) => ({ value, weight: i.w[k] })))),
  mean_of_cities: ([values]: [N[]]) => val(meanOfCities(values)),
  max_of_sum: (series: N[][]) => val(maxOfSum(series)),
  aqi: dailyAqi,
  aqi_daily: dailyAqi,
  iaqi: (i: { std: AqiStandard; item: AqiItem; c: N }) => iaqi(i.item, i.c, i.std),
  city_iaqi: (i: { stations_pm25: N[] }) => iaqi('pm25', cityHour(i.stations_pm25), '2026'),
  pctl: (i: { x: N[]; p: number }) => num(percentile(i.x, i.p)),
  air_composite: (i: { so2_no2_co_o3_pm10_pm25: N[]; limits: number[] }) => {
    const pick = <T>(list: T[]) =>
      Object.fromEntries(POLLUTANT_ORDER.map((p, k) => [p, list[k]])) as Record<
        (typeof POLLUTANT_ORDER)[number],
        T
      >;
    return val(airComposite(pick(i.so2_no2_co_o3_pm10_pm25), pick(i.limits)));
  },
  water_class: (i: Partial<Record<WaterItem, N>>) => {
    const verdict = waterClass(i);
    return { ...verdict, main: verdict.main.map(({ item, excess }) => [item, num(excess)]) };
  },
  water_item_class: (pairs: [WaterItem, N][]) => pairs.map(([item, c]) => waterItemClass(item, c)),
  energy_intensity_drop: ([e, g]: [N, N]) => val(energyIntensityDrop(e, g)),
  cum_drop: ([drops]: [N[]]) => val(cumulativeDrop(drops)),
  score: ([x, lo, hi]: [N, N, N]) => val(score(x, lo, hi)),
  zscore_pop: ([values]: [N[]]) => zScores(values).map(num),
  composite: (i: { w: N[]; s: N[] }) =>
    val(composite(i.w.map((weight, k) => ({ name: String(k), weight, score: i.s[k] })))),
  seasonal_adjust: ([x, factor]: [N, N]) => val(seasonallyAdjusted(x, factor)),
  as_of: (i: { series: [string, N, 'prelim' | 'final'][]; q: string[] }) => {
    const vintages = i.series.map(([at, value, status]) => ({ vintageMs: instant(at), value, status }));
    return i.q.map((at) => num(asOf(vintages, instant(at))?.value));
  },
  ears: (i: { y: N[]; min_sd: number }) => {
    const days = ears(i.y, new EarsMemo({ ...EARS_CONFIG, minDeviation: i.min_sd }));
    const pick = (key: 'c1' | 'c2' | 'c3') => Object.fromEntries(days.map((d, t) => [t, num(d[key])]));
    return { c1: pick('c1'), c2: pick('c2'), c3: pick('c3') };
  },
  ears_c1_last: ([counts]: [N[]]) => num(ears(counts).at(-1)?.c1),
  deadline: (i: { assign: string; rule: '1m' }) => deadlineText(i.assign, 'm1'),
  deadlines: (i: { assign: string; calendar: 'natural' | 'workday' }) =>
    Object.fromEntries(
      (['d1', 'd3', 'd7'] as const).map((node) => [node, deadlineText(i.assign, node, i.calendar)]),
    ),
  due_rate: (i: { due: N; ontime: N }) => val(rate(i.ontime, i.due)),
  lamp: (i: { value: N[]; precision: number; rule: string }) =>
    i.value.map((v) => lampOf(v, parseLampRules(i.rule) ?? [], { precision: i.precision })),
  accel_pp: ([growth, previous]: [N, N]) => val(accelPp(growth, previous)),
};

/** Every expected part must be there and within tolerance; what the file does not speak of is free. */
function expectClose(actual: unknown, expected: unknown, tol: number, path: string): void {
  if (typeof expected === 'number') {
    expect(actual, path).toBeTypeOf('number');
    expect(
      Math.abs(Number(actual) - expected),
      `${path}: ${String(actual)} ≠ ${expected}`,
    ).toBeLessThanOrEqual(tol + Number.EPSILON * Math.abs(expected));
  } else if (expected !== null && typeof expected === 'object') {
    const found = Object(actual) as Record<string, unknown>;
    if (Array.isArray(expected)) expect(found.length, `${path}.length`).toBe(expected.length);
    for (const [key, part] of Object.entries(expected)) expectClose(found[key], part, tol, `${path}.${key}`);
  } else {
    expect(actual, path).toBe(expected);
  }
}

describe.skipIf(!present)('shared calculus vectors', () => {
  it('are all there', () => {
    expect(vectors).toHaveLength(128);
  });

  it.each(vectors.map((v, index) => [`${v.id} #${index} ${v.fn}`, v] as const))('%s', (_, vector) => {
    const run = RUN[vector.fn];
    if (!run) throw new Error(`no mapping for ${vector.fn}`);
    expectClose(run(vector.input as never), vector.expect, vector.tol, vector.id);
  });
});

import {
  EARS_REACH_DAYS,
  EarsMemo,
  ears,
  earsReading,
  mergeSignals,
  observedCounts,
} from '@/metrics/calculus/ears';
import type { EarsRule } from '@/metrics/compile/layers/types';
import type { RegionCode } from '@/metrics/model/cell';
import { formatSlice } from '@/metrics/model/slice';
import { addPeriods, periodRange, periodStart } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';
import { cityOf, flagsOf, isProvince, levelsOf, type MadeCell, ownCells, provinceOf } from './cell';

/** Cases of one unit (a disease) in one region on one day; a row without any says that something arrived. */
export interface EarsLayerRow {
  region: RegionCode;
  unit: string;
  dayMs: number;
  cases: string | null;
  demo: boolean;
  rows: number;
}

interface Signal {
  region: RegionCode;
  unit: string;
  dayMs: number;
}

/**
 * Signals by day and month; a day without a baseline has no number of them, and a month with such days is partial. A day
 * without any row of the province is a missing report; on the others a county that
 * reports has an observed zero. A signal counts on the first day of its alarms; judged per county and unit alone, so
 * rows coded above a county have no place.
 */
export function earsCells(rule: EarsRule, rows: readonly EarsLayerRow[]): MadeCell[] {
  const reports = rows.filter(({ region }) => region % 100 !== 0);
  const signals = signalsOf(rule, reports, arrivedDays(rows));
  const days = countedDays(rule, reports, rows);
  const daily = rule.daily ? countCells(rule, 'D', days, signals) : [];
  return ownCells([...daily, ...countCells(rule, 'M', days, signals)], rule);
}

/** Days on which each province sent anything. */
function arrivedDays(rows: readonly EarsLayerRow[]): Map<RegionCode, Set<number>> {
  const arrived = new Map<RegionCode, Set<number>>();
  for (const { region, dayMs } of rows) {
    const province = provinceOf(region);
    arrived.set(province, (arrived.get(province) ?? new Set()).add(dayMs));
  }
  return arrived;
}

function signalsOf(
  rule: EarsRule,
  reports: readonly EarsLayerRow[],
  arrived: ReadonlyMap<RegionCode, ReadonlySet<number>>,
): Signal[] {
  const series = new Map<string, EarsLayerRow[]>();
  for (const row of reports) {
    const key = `${row.region} ${row.unit}`;
    series.set(key, [...(series.get(key) ?? []), row]);
  }
  const { fromMs, toMs } = rule.window;
  const days = periodRange(
    'D',
    addPeriods('D', fromMs, -EARS_REACH_DAYS - rule.mergeDays),
    Math.min(toMs, rule.nowMs),
  );
  const memo = new EarsMemo();
  return [...series.values()].flatMap((own): Signal[] => {
    const [first] = own;
    if (!first || !own.some(({ cases }) => Number(cases) > 0)) return [];
    const { region, unit } = first;
    const counts = new Map(own.map(({ dayMs, cases }) => [dayMs, cases]));
    const observed = observedCounts(days, counts, arrived.get(provinceOf(region)) ?? new Set());
    const judged = ears(observed, memo);
    const alarms = days.filter((_, i) => (judged[i]?.alarms.length ?? 0) > 0);
    return mergeSignals(alarms, rule.mergeDays)
      .filter(({ firstMs }) => firstMs >= fromMs)
      .map(({ firstMs }) => ({ region, unit, dayMs: firstMs }));
  });
}

/** A county and a day of which it can be said how many signals there were, or that it cannot be said. */
interface CountedDay {
  region: RegionCode;
  dayMs: number;
  demo: boolean;
  /** Enough days before it have arrived to deviate from. */
  judged: boolean;
}

/** Days with a baseline: of what a province reports nothing can be said on its first ones, nor after a long silence. */
function judgedDays({ window, nowMs }: EarsRule, arrived: ReadonlySet<number>): Set<number> {
  const fromMs = addPeriods('D', window.fromMs, -EARS_REACH_DAYS);
  const days = periodRange('D', fromMs, Math.min(window.toMs, nowMs));
  const judged = ears(days.map((ms) => (arrived.has(ms) ? '0' : null)));
  return new Set(days.filter((_, i) => judged[i] && earsReading(judged[i]) !== undefined));
}

/** A county counts on a day that has arrived while its own last report lies within what the day is judged by. */
function countedDays(
  rule: EarsRule,
  reports: readonly EarsLayerRow[],
  rows: readonly EarsLayerRow[],
): CountedDay[] {
  const { window, mergeDays, nowMs } = rule;
  const arrived = arrivedDays(rows);
  const judged = new Map([...arrived].map(([province, days]) => [province, judgedDays(rule, days)]));
  const byRegion = new Map<RegionCode, EarsLayerRow[]>();
  for (const row of reports) byRegion.set(row.region, [...(byRegion.get(row.region) ?? []), row]);
  const reachMs = (EARS_REACH_DAYS + mergeDays) * DAY_MS;
  const days = periodRange('D', window.fromMs, Math.min(window.toMs, nowMs));
  return [...byRegion.entries()].flatMap(([region, own]) =>
    days.flatMap((dayMs): CountedDay[] => {
      if (!arrived.get(provinceOf(region))?.has(dayMs)) return [];
      const near = own.filter((row) => row.dayMs <= dayMs && row.dayMs >= dayMs - reachMs);
      if (near.length === 0) return [];
      const isJudged = judged.get(provinceOf(region))?.has(dayMs) === true;
      return [{ region, dayMs, demo: near.some(({ demo }) => demo), judged: isJudged }];
    }),
  );
}

function countCells(
  rule: EarsRule,
  freq: 'D' | 'M',
  days: readonly CountedDay[],
  signals: readonly Signal[],
): MadeCell[] {
  const cells = new Map<
    string,
    {
      region: RegionCode;
      periodMs: number;
      demo: boolean;
      cities: Set<RegionCode>;
      judged: number;
      days: number;
    }
  >();
  const keyOf = (region: RegionCode, ms: number) => `${region} ${periodStart(freq, ms)}`;
  for (const { region, dayMs, demo, judged } of days) {
    for (const level of levelsOf(region)) {
      const key = keyOf(level, dayMs);
      const cell = cells.get(key) ?? {
        region: level,
        periodMs: periodStart(freq, dayMs),
        demo: false,
        cities: new Set(),
        judged: 0,
        days: 0,
      };
      cell.demo ||= demo;
      cell.judged += Number(judged);
      cell.days += 1;
      cell.cities.add(cityOf(region));
      cells.set(key, cell);
    }
  }
  const counts = new Map<string, Map<string, number>>();
  for (const { region, unit, dayMs } of signals) {
    const sliced =
      rule.slice === undefined ? [] : [formatSlice({ [rule.slice]: unit === '' ? '未知' : unit })];
    for (const level of levelsOf(region)) {
      const key = keyOf(level, dayMs);
      const own = counts.get(key) ?? new Map<string, number>();
      for (const slice of ['', ...sliced]) own.set(slice, (own.get(slice) ?? 0) + 1);
      counts.set(key, own);
    }
  }
  return [...cells.entries()].flatMap(([key, { region, periodMs, demo, cities, judged, days: all }]) => {
    // No signal of days that could not be judged is no zero.
    if (judged === 0) return [];
    const own = new Map([['', 0], ...(counts.get(key) ?? [])]);
    const partial = judged < all || (isProvince(region) && cities.size < rule.cities.length);
    return [...own.entries()].map(
      ([slice, count]): MadeCell => ({
        ...{ metric: rule.code, freq, region, slice, basis: 'period', periodMs, version: rule.version },
        value: String(count),
        numerator: null,
        denominator: null,
        samples: Math.max(count, 1),
        flags: flagsOf({ freq, periodMs }, rule.nowMs, { demo, partial }),
      }),
    );
  });
}

import { aboveNationPp, averageGrowth, dayAdjustedYoy, realGrowth } from '@/metrics/calculus/growth';
import { growthRatio } from '@/metrics/calculus/growth-ratio';
import { ofSources } from '@/metrics/calculus/of-sources';
import type { Result } from '@/metrics/calculus/result';
import type { Observation } from '@/metrics/model/cell';
import { addPeriods, periodParts } from '@/metrics/time/period';
import { compared, resultBetween, ruleBetween } from './compared';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { growthAt, hasGrowth, isYearIndex, type KnownGrowth } from './growth-of';
import { daysOf } from './periods';
import { type OperandSource, type Working, workingOf } from './working';

export const NATION = 100000;
/** Years whose base was the epidemic year: only there a mean of two years says more than one (calculus.md §3). */
const LOW_BASE_YEARS: readonly number[] = [2021];
/** Nominal incomes and the index that takes their prices out. */
export const DEFLATORS: ReadonlyMap<string, string> = new Map([
  ['income_urban', 'cpi_ytd'],
  ['income_rural', 'cpi_ytd'],
]);

/** 日均同比 where a February of 29 days meets one of 28 (T7). */
export function dayAdjustedWorking(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  const leap = [cell.periodMs, facts.yearsBefore(1)].some((ms) => daysOf({ ...cell, periodMs: ms }) === 29);
  if (cell.freq !== 'M' || cell.basis !== 'period' || definition.accumulation !== 'flow' || !leap) return [];
  const pair = compared(facts, facts.yearsBefore(1));
  const { current, base } = pair;
  const days = (periodMs: number) => daysOf({ ...cell, periodMs });
  return [
    workingOf(facts, {
      key: 'day_adjusted_yoy',
      label: '日均同比',
      result: unlessRunning(
        facts,
        true,
        resultBetween(
          pair,
          dayAdjustedYoy(
            { value: current?.value, days: days(cell.periodMs) },
            { value: base?.value, days: days(facts.yearsBefore(1)) },
          ),
        ),
      ),
      unit: 'percent',
      rule: ruleBetween(pair, '(本期 ÷ 本期天数) ÷ (上年同期 ÷ 上年同期天数) − 1'),
      source: '§3',
      operands: {
        current: { label: '本期日均', of: [current] },
        base: { label: '上年同期日均', of: [base] },
        days_current: { label: '本期天数', unit: 'count' },
        days_base: { label: '上年同期天数', unit: 'count' },
      },
      tone: 'direction',
    }),
  ];
}

/** 实际增速 of incomes: the price of the same stretch taken out (T18). */
export function realWorking(facts: CellFacts): Working[] {
  const { definition, current } = facts;
  const index = DEFLATORS.get(definition.code);
  if (index === undefined || facts.unfinished) return [];
  const pair = compared(facts, facts.yearsBefore(1));
  const ratio = resultBetween(pair, growthRatio({ current: current?.value, base: pair.base?.value }));
  // Levels carry more digits than a published growth.
  const published = facts.at({ measure: 'yoy' });
  const nominal = ratio.value ?? published?.value ?? null;
  const cpi = deflator(facts, index);
  return [
    workingOf(facts, {
      key: 'real_growth',
      label: '实际增速',
      result: ofSources(realGrowth(nominal, cpi?.value), {
        nominal: ratio.value === null ? published : ratio,
      }),
      unit: 'percent',
      rule: '(1 + 名义增速) ÷ (居民消费价格指数 ÷ 100) − 1',
      source: '§8',
      operands: {
        nominal: {
          label: '名义增速',
          unit: 'percent',
          ...(ratio.value === null ? { from: published } : { of: [current, pair.base] }),
        },
        cpi: { label: '居民消费价格指数(上年同期=100)', from: cpi },
      },
      tone: 'direction',
    }),
  ];
}

/** The index of the whole stretch: of the year, or cumulative to the quarter's last month. */
function deflator(facts: CellFacts, metric: string): Observation | undefined {
  const { freq, periodMs } = facts.cell;
  const own = { metric, slice: '' };
  if (freq === 'A') return facts.at({ ...own, basis: 'period' }) ?? facts.at({ ...own, basis: 'ytd' });
  const month = freq === 'Q' ? addPeriods('M', periodMs, 2) : periodMs;
  return facts.at({ ...own, freq: 'M', basis: 'ytd', periodMs: month });
}

/** 两年平均增速: geometric mean over the epidemic year and the one after (T8). */
export function twoYearWorking(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  // No year's prices stand on a low base.
  if (
    isYearIndex(definition) ||
    !hasGrowth(definition) ||
    !LOW_BASE_YEARS.includes(periodParts(cell.periodMs).year)
  )
    return [];
  const now = growthAt(facts, {});
  const then = growthAt(facts, { periodMs: facts.yearsBefore(1) });
  return [
    workingOf(facts, {
      key: 'two_year_growth',
      label: '两年平均增速',
      result: noted(
        ofSources(averageGrowth([then.value, now.value]), { growth_1: then, growth_2: now }),
        then,
        now,
      ),
      unit: 'percent',
      rule: '两年增速的几何平均;只用于上年为低基数的年份',
      source: '§3',
      operands: { growth_1: source('上年增速', then), growth_2: source('本年增速', now) },
      tone: 'direction',
    }),
  ];
}

/** 比全国, where the series of the nation is there. */
export function nationWorking(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  if (cell.region === NATION || !hasGrowth(definition)) return [];
  const nation = growthAt(facts, { region: NATION });
  if (nation.value === null) return [];
  const own = growthAt(facts, {});
  return [
    workingOf(facts, {
      key: 'above_nation_pp',
      label: '比全国',
      result: unlessSoFar(
        facts,
        own,
        noted(
          ofSources(aboveNationPp(own.value, nation.value), { growth: own, nation_growth: nation }),
          own,
          nation,
        ),
      ),
      unit: 'pp',
      rule: '本地区增速 − 全国增速',
      source: '§26',
      operands: {
        growth: source('本地区增速', own),
        nation_growth: source('全国增速', nation),
      },
      tone: 'direction',
    }),
  ];
}

/** A growth of what there is so far against a whole period is none: nothing more is made of it. */
export function unlessSoFar(facts: CellFacts, { from }: KnownGrowth, made: Result): Result {
  return unlessRunning(facts, !from || !facts.isPublished(from), made);
}

export function source(label: string, { from, of }: KnownGrowth): OperandSource {
  return { label, unit: 'percent', ...(from && { from }), ...(of && { of }) };
}

/** A result of growths with what is to be said of those that were computed. */
export function noted(made: Result, ...growths: readonly KnownGrowth[]): Result {
  if (made.value === null) return made;
  const notes = growths.flatMap((growth) => growth.notes ?? []);
  return { ...made, flags: [...new Set([...made.flags, ...notes])] };
}

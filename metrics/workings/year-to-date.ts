import { ytd, ytdYoy } from '@/metrics/calculus/accumulate';
import { growthRatio } from '@/metrics/calculus/growth-ratio';
import { ofSeriesBreak } from '@/metrics/calculus/of-series-break';
import { ofSides } from '@/metrics/calculus/of-sides';
import { ofSources } from '@/metrics/calculus/of-sources';
import { noResult, type Result, resultOf } from '@/metrics/calculus/result';
import type { Freq, Observation } from '@/metrics/model/cell';
import { isProfitMetric } from '@/metrics/model/profit-metric';
import { periodLabelZh } from '@/metrics/time/label';
import { lastOfYear, periodStart, samePeriodLastYear } from '@/metrics/time/period';
import { crossedBy } from './compared';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { growthAt, hasGrowth } from './growth-of';
import { partsOfYear, type YearPart } from './periods';
import { type Working, workingOf } from './working';

/** 累计 and 累计同比 of a flow that is known month by month; the reported cumulative figure stands where it is. */
export function accumulationWorkings(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  const { freq } = cell;
  if (definition.accumulation !== 'flow' || cell.basis !== 'period' || (freq !== 'M' && freq !== 'Q'))
    return [];
  const parts = partsOfYear(definition, freq, cell.periodMs);
  const months = parts.map((part) => facts.at(part));
  const former = parts.map(({ periodMs, basis }) =>
    facts.at({ basis, periodMs: samePeriodLastYear(freq, periodMs) }),
  );
  const ofYear = yearEnded(facts);
  const reported = facts.at({ basis: 'ytd' }) ?? ofYear;
  const base = facts.at({ basis: 'ytd', periodMs: facts.yearsBefore(1) });
  const own = reported !== undefined && !facts.isPublished(reported);
  const summed = reported?.flags.includes('deduced') ?? false;
  const total = ytd(months.map(levelOf), reported?.value);
  const [madeNow, madeThen] = [reported?.value == null, base?.value == null];
  const sides = [...(madeNow ? months : [reported]), ...(madeThen ? former : [base])];
  const partial = sides.some((o) => o?.flags.includes('partial'));
  const both = !madeNow && !madeThen;
  const unknownBase = madeThen && former.every((o) => o?.value == null);
  // Without anything of last year it is the base that lacks, not a part of it.
  const isProfit = isProfitMetric(facts.definition);
  const ratioTo = (then: string | null | undefined) =>
    growthRatio({ current: total.value, base: then, isProfit });
  const sums = madeNow && madeThen;
  // A reported side stands before its sum, whatever the other one is made of.
  const mixed = () => ratioTo(madeThen ? ytd(former.map(levelOf)).value : base?.value);
  const growth = both
    ? ofSides(
        definition,
        ratioTo(base?.value),
        reported,
        base,
        crossedBy(facts, { ...cell, basis: 'ytd' }, facts.yearsBefore(1)),
      )
    : unknownBase && total.value !== null
      ? ratioTo(base?.value)
      : partial
        ? noResult('partial', {})
        : sinceBreak(
            facts,
            sums ? ytdYoy(months.map(levelOf), former.map(levelOf), isProfit) : mixed(),
            former,
          );
  const marks = (list: readonly (Observation | undefined)[]) => ({
    flags: list.flatMap((o) => o?.flags ?? []),
  });
  const now = marks(madeNow ? months : [reported]);
  const then = marks(madeThen ? former : [base]);
  const label = periodLabelZh(freq, cell.periodMs, 'ytd');
  const unitName = freq === 'M' ? '各月' : '各季';
  const workings = [
    workingOf(facts, {
      key: 'ytd',
      label: `${label}累计`,
      result: { ...total, basis: own ? 'computed' : total.basis },
      unit: 'value',
      rule:
        summed || !reported
          ? `年初至今${unitName}之和,缺一即空`
          : own
            ? '由明细计算的累计值;与各期之和相差超过 0.5% 时标记'
            : `来源报告的累计值;与${unitName}之和相差超过 0.5% 时标记`,
      source: '§5',
      operands: {
        reported: { label: own ? '累计' : '报送累计', from: reported },
        sum_of_months: { label: `${unitName}之和` },
        ...Object.fromEntries(
          months.map((from, index) => [`month_${index + 1}`, { label: partLabel(freq, parts[index]), from }]),
        ),
      },
    }),
  ];
  // What a year grew by is said of the year.
  if (ofYear !== undefined && reported === ofYear) return workings;
  const percent = definition.yoy === 'value_ratio' || definition.yoy === 'value_ratio_comparable';
  // What somebody said of the 累计 is said of it here as well, as long as it stands.
  const { value: said, from: published } = growthAt(facts, { basis: 'ytd' });
  if (published && said !== null && hasGrowth(definition))
    return [
      ...workings,
      workingOf(facts, {
        key: 'ytd_yoy',
        label: '累计同比',
        result: resultOf(said, { published: said }, { basis: 'published' }),
        unit: 'percent',
        rule: '取累计的发布增速',
        source: '§5',
        operands: { published: { label: '发布增速', unit: 'percent', from: published } },
        tone: 'direction',
      }),
    ];
  if (!percent) return workings;
  return [
    ...workings,
    workingOf(facts, {
      key: 'ytd_yoy',
      label: '累计同比',
      result: unlessRunning(
        facts,
        true,
        ofSources(growth, { current: now, ytd: now, base: then, ytd_last_year: then }),
      ),
      unit: 'percent',
      rule: '本年累计 ÷ 上年同期累计 − 1;不是各月同比的平均',
      source: '§5',
      operands: {
        ytd: { label: '本年累计', of: months },
        ytd_last_year: { label: '上年同期累计', of: former },
        current: { label: '本年累计', from: reported, of: madeNow ? months : [] },
        base: { label: '上年同期累计', from: base, of: madeThen ? former : [] },
      },
      tone: 'direction',
    }),
  ];
}

/** The year that the period ends, which is its 累计 under another name (calculus.md §2). */
function yearEnded(facts: CellFacts): Observation | undefined {
  const { freq, periodMs } = facts.cell;
  const yearMs = periodStart('A', periodMs);
  if (lastOfYear(freq, yearMs) !== periodMs) return undefined;
  const year = facts.at({ freq: 'A', basis: 'period', periodMs: yearMs });
  return year?.value == null ? undefined : year;
}

/** A sum is as old as its oldest part, and a break after its first one parts it from this year's. */
function sinceBreak(facts: CellFacts, made: Result, former: readonly (Observation | undefined)[]): Result {
  const known = former.filter((o) => o !== undefined);
  const [oldest] = [...known].sort((a, b) => a.vintageMs - b.vintageMs);
  const firstMs = Math.min(...known.map(({ periodMs }) => periodMs));
  const crossed = oldest ? crossedBy(facts, facts.cell, firstMs) : [];
  return ofSeriesBreak(made, facts.current, oldest, crossed);
}

function partLabel(freq: Freq, part: YearPart | undefined): string {
  return part ? periodLabelZh(freq, part.periodMs, part.basis) : '';
}

function levelOf(o: Observation | undefined): string | null {
  return o?.value ?? null;
}

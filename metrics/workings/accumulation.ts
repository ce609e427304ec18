import { ytd, ytdYoy } from '@/metrics/calculus/accumulate';
import { periodFromYtd } from '@/metrics/calculus/from-ytd';
import { growthRatio } from '@/metrics/calculus/growth-ratio';
import { noResult, type Result, type ResultBasis, resultOf } from '@/metrics/calculus/result';
import { toDecimal } from '@/metrics/format/decimal';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { periodLabelZh } from '@/metrics/time/label';
import { addPeriods, periodParts, samePeriodLastYear } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { mergesJanFeb, opensYear, publishedBefore, yearToDate } from './periods';
import { type OperandSource, type Working, workingOf } from './working';

const DEDUCED_RULE = '本期累计 − 上期累计(与本期同一发布批次的版次);推算值,上期可能已修订';

const SINGLE_RULE: Partial<Record<ResultBasis, string>> = {
  published: '发布值;不以累计之差覆盖',
  computed: '本期自身的值;不以累计之差覆盖',
};

/** 当月 or 单季 of a cumulative flow, its 环比, and what the source said of the period itself. */
export function singlePeriodWorkings(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  if (definition.accumulation !== 'flow') return [];
  if (cell.freq === 'A') return lastQuarter(facts);
  if (cell.basis !== 'ytd' || (cell.freq !== 'M' && cell.freq !== 'Q')) return [];
  const name = cell.freq === 'M' ? '当月' : '单季';
  const single = singleAt(facts, cell.periodMs);
  const workings = [
    workingOf(facts, {
      key: 'single_period',
      label: single.result.basis === 'deduced' ? `${name}(推算)` : name,
      result: single.result,
      unit: 'value',
      rule: SINGLE_RULE[single.result.basis] ?? DEDUCED_RULE,
      source: cell.freq === 'M' ? '§2、§6' : '§2',
      operands: single.operands,
    }),
  ];
  return [...workings, ...singleMom(facts, single), ...formerYtd(facts)];
}

interface Single {
  result: Result;
  operands: Record<string, OperandSource>;
}

function singleAt(facts: CellFacts, periodMs: number): Single {
  const { cell, definition } = facts;
  const current = facts.at({ periodMs });
  const labels = { ytd: { label: labelOf(current, cell, periodMs), from: current } };
  const published = facts.at({ periodMs, basis: 'period' });
  const said = toDecimal(published?.value);
  if (published && said) {
    const basis = facts.isPublished(published) ? 'published' : 'computed';
    return {
      result: resultOf(said, { value: published.value, ytd: current?.value }, { basis }),
      operands: { ...labels, value: { label: '本期', from: published } },
    };
  }
  const { month } = periodParts(periodMs);
  if (cell.freq === 'M' && mergesJanFeb(definition) && month <= 2)
    return {
      result: noResult('merged_jan_feb', { ytd: current?.value }, { basis: 'deduced' }),
      operands: labels,
    };
  if (opensYear({ ...cell, periodMs })) {
    const value = toDecimal(current?.value);
    const operands = { ytd: current?.value };
    return {
      result: value === null ? noResult('missing', operands) : resultOf(value, operands),
      operands: labels,
    };
  }
  const formerMs = publishedBefore(definition, { ...cell, periodMs });
  const newest = facts.at({ periodMs: formerMs });
  const former = current ? facts.batchOf(current, { periodMs: formerMs }) : newest;
  return {
    result: periodFromYtd({
      ytd: current?.value,
      previousYtd: newest?.value,
      previousYtdSameBatch: former?.value,
    }),
    operands: { ...labels, previous_ytd: { label: labelOf(former, cell, formerMs), from: former } },
  };
}

/** 环比 of the single month; none for the first of the year and none over merged 1-2月 (T3). */
function singleMom(facts: CellFacts, single: Single): Working[] {
  const { cell, definition } = facts;
  if (cell.freq !== 'M' || definition.mom !== 'value_ratio') return [];
  const { month } = periodParts(cell.periodMs);
  const merged = mergesJanFeb(definition) && month <= 3;
  if (month === 1) return [];
  const former = singleAt(facts, addPeriods('M', cell.periodMs, -1));
  const base = former.result.value;
  const result = merged
    ? noResult('merged_jan_feb', { current: single.result.value })
    : growthRatio({ current: single.result.value, base, baseName: '上月' });
  const deduced = single.result.basis === 'deduced' || former.result.basis === 'deduced';
  return [
    workingOf(facts, {
      key: 'single_mom',
      label: deduced ? '当月环比(推算)' : '当月环比',
      result: unlessRunning(facts, true, { ...result, basis: deduced ? 'deduced' : 'computed' }),
      unit: 'percent',
      rule: '当月 ÷ 上月当月 − 1,无当月值的由累计推算;1-2月合并时3月无环比',
      source: '§2、§4',
      operands: { current: { label: '当月' }, base: { label: '上月当月' } },
      tone: 'direction',
    }),
  ];
}

/** The cumulative figure before, where only this one and the single month were published (T11). */
function formerYtd(facts: CellFacts): Working[] {
  const { cell, current, definition } = facts;
  const single = facts.at({ basis: 'period' });
  if (cell.freq !== 'M' || !current || single?.value == null || opensYear(cell)) return [];
  const formerMs = publishedBefore(definition, cell);
  if (facts.at({ periodMs: formerMs })?.value != null) return [];
  const difference = periodFromYtd({ ytd: current.value, previousYtd: single.value });
  return [
    workingOf(facts, {
      key: 'previous_ytd',
      label: `${periodLabelZh('M', formerMs, 'ytd')}累计(推算)`,
      result: {
        ...difference,
        operands: difference.operands.map((operand) =>
          operand.name === 'previous_ytd' ? { ...operand, name: 'single_period' } : operand,
        ),
      },
      unit: 'value',
      rule: '本期累计 − 当月;推算值',
      source: '§6',
      operands: {
        ytd: { label: labelOf(current, cell, cell.periodMs), from: current },
        single_period: { label: '当月', from: single },
      },
    }),
  ];
}

/** The fourth quarter of accounts that are published cumulatively: the year less its first three quarters (T2). */
function lastQuarter(facts: CellFacts): Working[] {
  const { cell, current, definition } = facts;
  if (definition.period_rule !== 'QC' || !current || cell.basis === 'ytd') return [];
  const where: Partial<CellKey> = {
    freq: 'Q',
    basis: 'ytd',
    periodMs: addPeriods('Q', cell.periodMs, 2),
  };
  const newest = facts.at(where);
  const former = facts.batchOf(current, where);
  return [
    workingOf(facts, {
      key: 'single_period',
      label: '四季度(推算)',
      result: periodFromYtd({
        ytd: current.value,
        previousYtd: newest?.value,
        previousYtdSameBatch: former?.value,
      }),
      unit: 'value',
      rule: '全年 − 前三季度累计(与全年同一发布批次的版次);推算值,前三季度数年末可能已修订',
      source: '§2',
      operands: {
        ytd: { label: '全年', from: current },
        previous_ytd: { label: '前三季度累计', from: former },
      },
    }),
  ];
}

/** 累计 and 累计同比 of a flow that is known month by month; the reported cumulative figure stands where it is. */
export function accumulationWorkings(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  const { freq } = cell;
  if (definition.accumulation !== 'flow' || cell.basis !== 'period' || (freq !== 'M' && freq !== 'Q'))
    return [];
  const periods = mergesJanFeb(definition) ? [] : yearToDate(freq, cell.periodMs);
  const months = periods.map((periodMs) => facts.at({ periodMs }));
  const former = periods.map((periodMs) => facts.at({ periodMs: samePeriodLastYear(freq, periodMs) }));
  const reported = facts.at({ basis: 'ytd' });
  const base = facts.at({ basis: 'ytd', periodMs: facts.yearsBefore(1) });
  const own = reported !== undefined && !facts.isPublished(reported);
  const total = ytd(months.map(levelOf), reported?.value);
  const partial = [...months, ...former].some((o) => o?.flags.includes('partial'));
  const both = reported?.value != null && base?.value != null;
  const growth = both
    ? growthRatio({ current: reported.value, base: base.value })
    : partial
      ? noResult('partial', {})
      : ytdYoy(months.map(levelOf), former.map(levelOf));
  const label = periodLabelZh(freq, cell.periodMs, 'ytd');
  const unitName = freq === 'M' ? '各月' : '各季';
  const workings = [
    workingOf(facts, {
      key: 'ytd',
      label: `${label}累计`,
      result: { ...total, basis: own ? 'computed' : total.basis },
      unit: 'value',
      rule: own
        ? '由明细计算的累计值;与各期之和相差超过 0.5% 时标记'
        : reported
          ? '来源报告的累计值;与各月之和相差超过 0.5% 时标记'
          : `年初至今${unitName}之和,缺一即空`,
      source: '§5',
      operands: {
        reported: { label: own ? '累计' : '报送累计', from: reported },
        sum_of_months: { label: `${unitName}之和` },
        ...Object.fromEntries(
          months.map((from, index) => [
            `month_${index + 1}`,
            { label: periodLabelZh(freq, periods[index] ?? cell.periodMs), from },
          ]),
        ),
      },
    }),
  ];
  const percent = definition.yoy === 'value_ratio' || definition.yoy === 'value_ratio_comparable';
  if (!percent) return workings;
  return [
    ...workings,
    workingOf(facts, {
      key: 'ytd_yoy',
      label: '累计同比',
      result: unlessRunning(facts, true, growth),
      unit: 'percent',
      rule: '本年累计 ÷ 上年同期累计 − 1;不是各月同比的平均',
      source: '§5',
      operands: {
        ytd: { label: '本年累计' },
        ytd_last_year: { label: '上年同期累计' },
        current: { label: '本年累计', from: reported },
        base: { label: '上年同期累计', from: base },
      },
      tone: 'direction',
    }),
  ];
}

function levelOf(o: Observation | undefined): string | null {
  return o?.value ?? null;
}

function labelOf(o: Observation | undefined, { freq, basis }: CellKey, periodMs: number): string {
  const label = `${periodLabelZh(freq, periodMs, basis)}累计`;
  return o?.status === 'prelim' || o?.status === 'flash' ? `${label}(初步)` : label;
}

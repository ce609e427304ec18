import { isYtdMismatch } from '@/metrics/calculus/accumulate';
import { isOfTwoBatches, periodFromYtd } from '@/metrics/calculus/from-ytd';
import { growthRatio } from '@/metrics/calculus/growth-ratio';
import { ofSides, type Side } from '@/metrics/calculus/of-sides';
import { noResult, type Result, type ResultBasis, resultOf, sumOf } from '@/metrics/calculus/result';
import { toDecimal } from '@/metrics/format/decimal';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { isProfitMetric } from '@/metrics/model/profit-metric';
import { periodLabelZh } from '@/metrics/time/label';
import { addPeriods, periodParts } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { mergesJanFeb, opensYear, publishedBefore } from './periods';
import { type OperandSource, type Working, workingOf } from './working';

/** Where no batch has both, the sentence must not say so. */
function deducedRule({ flags }: Result): string {
  const batch = flags.includes('status_mixed')
    ? ';上期未随本期修订,两数不是同一发布批次'
    : '(与本期同一发布批次的版次)';
  return `本期累计 − 上期累计${batch};推算值,上期可能已修订`;
}

const SINGLE_RULE: Partial<Record<ResultBasis, string>> = {
  published: '发布值;不以累计之差覆盖',
  computed: '本期自身的值;不以累计之差覆盖',
};

/** 当月 or 单季 of a cumulative flow, its 环比, and what the source said of the period itself. */
export function singlePeriodWorkings(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  if (definition.accumulation !== 'flow') return [];
  if (cell.freq === 'A') return lastOfYear(facts);
  if (cell.basis !== 'ytd' || (cell.freq !== 'M' && cell.freq !== 'Q')) return [];
  const name = cell.freq === 'M' ? '当月' : '单季';
  const single = singleAt(facts, cell.periodMs);
  const workings = [
    workingOf(facts, {
      key: 'single_period',
      label: single.result.basis === 'deduced' ? `${name}(推算)` : name,
      result: single.result,
      unit: 'value',
      rule: SINGLE_RULE[single.result.basis] ?? deducedRule(single.result),
      source: cell.freq === 'M' ? '§2、§6' : '§2',
      operands: single.operands,
    }),
  ];
  return [...workings, ...singleMom(facts, single), ...formerYtd(facts)];
}

interface Single {
  result: Result;
  operands: Record<string, OperandSource>;
  /** What the value was read from, or made of. */
  from: readonly (Observation | undefined)[];
}

function singleAt(facts: CellFacts, periodMs: number): Single {
  const { cell, definition } = facts;
  const current = facts.at({ periodMs });
  const labels = { ytd: { label: labelOf(current, cell, periodMs), from: current } };
  const published = facts.at({ periodMs, basis: 'period' });
  const said = toDecimal(published?.value);
  // A difference made and stored earlier is still a difference, and is said with its operands.
  const deduced = published?.flags.includes('deduced') ?? false;
  if (published && said && !deduced) {
    const basis = facts.isPublished(published) ? 'published' : 'computed';
    const formerMs = publishedBefore(definition, { ...cell, periodMs });
    const former = facts.at({ periodMs: formerMs });
    // What is counted here goes on from no 累计 that a publisher says otherwise (calculus.md §5).
    const isPublished = (o: Observation | undefined) => o !== undefined && facts.isPublished(o);
    const leaps =
      !opensYear({ ...cell, periodMs }) &&
      isPublished(former) &&
      !isPublished(current) &&
      isYtdMismatch(current?.value, sumOf([former?.value, published.value]));
    const operands = {
      value: published.value,
      ytd: current?.value,
      ...(leaps && { previous_ytd: former?.value }),
    };
    return {
      result: resultOf(said, operands, { basis, flags: leaps ? ['ytd_mismatch'] : [] }),
      operands: {
        ...labels,
        value: { label: '本期', from: published },
        ...(leaps && { previous_ytd: { label: labelOf(former, cell, formerMs), from: former } }),
      },
      from: [published],
    };
  }
  const { month } = periodParts(periodMs);
  if (cell.freq === 'M' && mergesJanFeb(definition) && month <= 2)
    return {
      result: noResult('merged_jan_feb', { ytd: current?.value }, { basis: 'deduced' }),
      operands: labels,
      from: [current],
    };
  if (opensYear({ ...cell, periodMs })) {
    const value = toDecimal(current?.value);
    const operands = { ytd: current?.value };
    return {
      result: value === null ? noResult('missing', operands) : resultOf(value, operands),
      operands: labels,
      from: [current],
    };
  }
  const formerMs = publishedBefore(definition, { ...cell, periodMs });
  const newest = facts.at({ periodMs: formerMs });
  const former = current ? facts.batchOf(current, { periodMs: formerMs }) : newest;
  const made = marked(
    periodFromYtd({
      ytd: current?.value,
      previousYtd: newest?.value,
      previousYtdSameBatch: former?.value,
    }),
    current,
    former,
    facts,
  );
  return {
    result: deduced && published ? asStored(made, published) : made,
    operands: {
      ...labels,
      previous_ytd: { label: labelOf(former, cell, formerMs), from: former },
      value: { label: '本期', from: published },
    },
    from: [current, former],
  };
}

/** A difference of figures that stand differently says so. */
function marked(
  made: Result,
  now: Observation | undefined,
  former: Observation | undefined,
  facts: CellFacts,
): Result {
  const revised = now && facts.vintages(now).findLast(({ vintageMs }) => vintageMs < now.vintageMs);
  if (made.value === null || !isOfTwoBatches(now, former, revised)) return made;
  return { ...made, flags: [...made.flags, 'status_mixed'] };
}

/** The stored cell is what is shown everywhere; the working must not say another number or fewer marks. */
function asStored(made: Result, stored: Observation): Result {
  const kept = (['ytd_revised', 'status_mixed'] as const).filter(
    (flag) => stored.flags.includes(flag) || made.flags.includes(flag),
  );
  return {
    value: stored.value,
    basis: 'deduced',
    flags: kept,
    operands: [...made.operands, { name: 'value', value: stored.value }],
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
    : growthRatio({
        current: single.result.value,
        base,
        baseName: '上月',
        isProfit: isProfitMetric(definition),
      });
  const marked = ofSides(definition, result, sideOf(facts, single), sideOf(facts, former));
  return [
    workingOf(facts, {
      key: 'single_mom',
      label: marked.basis === 'deduced' ? '当月环比(推算)' : '当月环比',
      result: unlessRunning(facts, true, marked),
      unit: 'percent',
      rule: '当月 ÷ 上月当月 − 1,无当月值的由累计推算;1-2月合并时3月无环比',
      source: '§2、§4',
      operands: {
        current: { label: '当月', of: single.from },
        base: { label: '上月当月', of: former.from },
      },
      tone: 'direction',
    }),
  ];
}

/** A difference is as incomplete as what it was made of, and known with the later of the two. */
function sideOf({ cell }: CellFacts, { result, from }: Single): Side | undefined {
  const read = from.filter((o) => o !== undefined);
  const [only] = read;
  if (!only) return undefined;
  const flags = new Set<string>(result.flags);
  if (result.basis === 'deduced') flags.add('deduced');
  for (const flag of ['partial', 'series_break'])
    if (read.some((o) => o.flags.includes(flag))) flags.add(flag);
  return {
    flags: [...flags],
    vintageMs: Math.max(...read.map(({ vintageMs }) => vintageMs)),
    source: only.source,
    region: cell.region,
    ...(read.length === 1 && only.parts && { parts: only.parts }),
  };
}

/** The cumulative figure before, where only this one and the single month were published (T11). */
function formerYtd(facts: CellFacts): Working[] {
  const { cell, current, definition } = facts;
  const single = facts.at({ basis: 'period' });
  if (cell.freq !== 'M' || !current || single?.value == null || opensYear(cell)) return [];
  const formerMs = publishedBefore(definition, cell);
  if (facts.at({ periodMs: formerMs })?.value != null) return [];
  const difference = marked(
    periodFromYtd({ ytd: current.value, previousYtd: single.value }),
    current,
    single,
    facts,
  );
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

/** How the last quarter or month of a year is called, and what was published before the year. */
const LAST_OF_YEAR = {
  Q: { name: '四季度', before: '前三季度' },
  M: { name: '12月', before: '1-11月' },
} as const;

/**
 * The last quarter or month of a published year, which ends no cumulative figure of its own: the year less the one before
 * it (calculus.md §2, T2). Of a month only where that one is known, for many a year was published without.
 */
function lastOfYear(facts: CellFacts): Working[] {
  const { cell, current, definition } = facts;
  const freq = definition.period_rule === 'QC' ? 'Q' : 'M';
  const monthly = definition.kind === 'reported' && ['MC', 'MC12'].includes(definition.period_rule);
  if (!(freq === 'Q' || monthly) || !current || cell.basis === 'ytd') return [];
  const where: Partial<CellKey> = {
    freq,
    basis: 'ytd',
    periodMs: addPeriods(freq, cell.periodMs, freq === 'Q' ? 2 : 10),
  };
  const newest = facts.at(where);
  if (freq === 'M' && newest?.value == null) return [];
  const former = facts.batchOf(current, where);
  const result = marked(
    periodFromYtd({
      ytd: current.value,
      previousYtd: newest?.value,
      previousYtdSameBatch: former?.value,
    }),
    current,
    former,
    facts,
  );
  const isMixed = result.flags.includes('status_mixed');
  const { name, before } = LAST_OF_YEAR[freq];
  return [
    workingOf(facts, {
      key: 'single_period',
      label: `${name}(推算)`,
      result,
      unit: 'value',
      rule: `全年 − ${before}累计${isMixed ? `;${before}未随全年修订,两数不是同一发布批次` : '(与全年同一发布批次的版次)'};推算值,${before}数年末可能已修订`,
      source: '§2',
      operands: {
        ytd: { label: '全年', from: current },
        previous_ytd: { label: `${before}累计`, from: former },
      },
    }),
  ];
}

function labelOf(o: Observation | undefined, { freq, basis }: CellKey, periodMs: number): string {
  const label = `${periodLabelZh(freq, periodMs, basis)}累计`;
  return o?.status === 'prelim' || o?.status === 'flash' ? `${label}(初步)` : label;
}

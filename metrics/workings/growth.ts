import { growthRatio } from '@/metrics/calculus/growth-ratio';
import { mom } from '@/metrics/calculus/mom';
import { growthStands } from '@/metrics/calculus/published-growth';
import { type Flag, noResult, type Result } from '@/metrics/calculus/result';
import { differsFrom, isOnFinalBase, yoy } from '@/metrics/calculus/yoy';
import { formatChange, precisionOfChange } from '@/metrics/format/change';
import { isYtd } from '@/metrics/model/basis';
import type { MetricDefinition } from '@/metrics/model/definition';
import { momRule } from '@/metrics/model/mom-rule';
import { isProfitMetric } from '@/metrics/model/profit-metric';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { alignedDay, FESTIVAL_SOURCE } from '@/metrics/time/festivals';
import { addPeriods } from '@/metrics/time/period';
import { type Compared, compared, countedUnlike, resultBetween, ruleBetween } from './compared';
import type { CellFacts } from './facts';
import { publishedGrowth } from './growth-of';
import { mergesJanFeb, publishedBefore } from './periods';
import { type Working, workingOf } from './working';

const RULE_ZH: Readonly<Record<MetricDefinition['yoy'] | MetricDefinition['mom'], string>> = {
  value_ratio: '本期 ÷ 基期 − 1',
  value_ratio_comparable: '有可比口径发布值取发布值,否则 本期 ÷ 基期 − 1(名义、未调整)',
  published: '只认发布增速(不变价),不由水平值反算',
  published_comparable: '只认可比口径发布增速,不由水平值反算',
  published_sa: '只认季节调整后的发布值',
  pp_diff: '本期 − 基期,百分点差',
  abs_diff: '本期 − 基期',
  index_minus_100: '指数 − 100',
  none: '不计算',
};

/** 同比 by the metric's rule; as published where it was. */
export function yoyWorking(facts: CellFacts): Working[] {
  const { definition } = facts;
  if (definition.yoy === 'none') return [];
  const published = publishedGrowth(facts);
  const pair = compared(facts, facts.yearsBefore(1));
  const { current, base } = pair;
  const made = yoy({
    rule: definition.yoy,
    current: current?.value,
    base: base?.value,
    published: published?.value,
    ...(current && { currentStatus: current.status }),
    ...(base && { baseStatus: base.status }),
    recent: [1, 2, 3].map((years) => facts.at({ periodMs: facts.yearsBefore(years) })?.value),
    preferPublished: growthStands(definition, published, [current, base]),
    isProfit: isProfitMetric(definition),
  });
  const change = resultBetween(pair, made);
  const computed = change.basis !== 'published' && change.value !== null;
  return [
    workingOf(facts, {
      key: 'yoy',
      label: '同比',
      result: unlessRunning(facts, published?.value == null, {
        ...change,
        flags: [...change.flags, ...(computed ? countedUnlike(pair) : [])],
      }),
      unit: change.unit,
      precision: precisionOfChange(change.unit, shownPrecision(definition, facts.cell.region)),
      rule: ruleBetween(
        pair,
        change.basis === 'published' ? publishedRule(facts, pair, published?.value) : RULE_ZH[definition.yoy],
      ),
      source: definition.yoy === 'index_minus_100' ? '§7' : '§3',
      operands: {
        current: { label: '本期', from: current },
        index: { label: '本期指数', from: current },
        base: { label: '上年同期', from: base },
        published: { label: '发布增速', from: published },
      },
      tone: 'direction',
    }),
  ];
}

/** Of a growth as published where levels could have made it: what they say where it is another number (calculus.md §1). */
function publishedRule(
  { definition, cell }: CellFacts,
  pair: Compared,
  published: string | null | undefined,
): string {
  const rule = definition.yoy;
  if (rule !== 'value_ratio' && rule !== 'pp_diff' && rule !== 'abs_diff') return RULE_ZH[rule];
  const levels = resultBetween(pair, yoy({ rule, current: pair.current?.value, base: pair.base?.value }));
  if (!differsFrom(levels.value, published)) return '取发布值';
  const text = formatChange(levels.value, {
    unit: levels.unit,
    precision: precisionOfChange(levels.unit, shownPrecision(definition, cell.region)),
    unitText: definition.unit,
  });
  return `取发布值;按所列水平值算为 ${text},水平值可能是约数`;
}

/** The plain ratio of levels beside a growth that only the publisher may give: never the headline (T16, T17). */
export function nominalWorking(facts: CellFacts): Working[] {
  const { definition } = facts;
  const rule = definition.yoy;
  const pair = compared(facts, facts.yearsBefore(1));
  const { current, base } = pair;
  const published = publishedGrowth(facts)?.value != null;
  if (rule !== 'published' && rule !== 'published_comparable' && rule !== 'value_ratio_comparable') return [];
  if (!current || !base || facts.unfinished || (rule === 'value_ratio_comparable' && !published)) return [];
  const ratio = resultBetween(
    pair,
    growthRatio({ current: current.value, base: base.value, isProfit: isProfitMetric(definition) }),
  );
  const onFinal = isOnFinalBase(current.status, base.status);
  const flags: Flag[] = ['nominal_unadjusted', ...(onFinal ? (['base_final'] as const) : [])];
  return [
    workingOf(facts, {
      key: 'nominal',
      label: '名义变动',
      result: ratio.value === null ? ratio : { ...ratio, flags: [...ratio.flags, ...flags] },
      unit: 'percent',
      rule:
        rule === 'published'
          ? '现价水平值之比,含价格因素;上年数还可能已按普查修订。不是增速,以发布的不变价增速为准'
          : '水平值之比,上年同期未按可比口径调整。以发布的可比口径增速为准',
      source: '§8',
      operands: {
        current: { label: '本期', from: current },
        base: { label: '上年同期', from: base },
      },
    }),
  ];
}

/** 环比: never for 累计 and never for years. */
export function momWorking(facts: CellFacts): Working[] {
  const { definition, cell } = facts;
  if (definition.mom === 'none' || isYtd(cell.basis) || cell.freq === 'A') return [];
  const published = facts.at({ measure: 'mom' });
  // March has no February of its own to compare with.
  const merged = mergesJanFeb(definition) && publishedBefore(definition, cell) !== before(facts);
  const pair = compared(facts, before(facts));
  const { current, base: previous } = pair;
  const made = mom({
    rule: momRule(definition),
    basis: cell.basis,
    current: current?.value,
    previous: previous?.value,
    published: published?.value,
    isProfit: isProfitMetric(definition),
  });
  const change = resultBetween(pair, made);
  const result = merged && change.value === null ? noResult('merged_jan_feb', {}) : change;
  return [
    workingOf(facts, {
      key: 'mom',
      label: cell.freq === 'D' ? '较前一日' : '环比',
      result: unlessRunning(facts, published?.value == null, result),
      unit: change.unit,
      precision: precisionOfChange(change.unit, shownPrecision(definition, facts.cell.region)),
      rule: ruleBetween(pair, RULE_ZH[momRule(definition)]),
      source: '§4',
      operands: {
        current: { label: '本期', from: current },
        index: { label: '本期指数', from: current },
        previous: { label: '上期', from: previous },
        // As the rules of ratio and difference call it.
        base: { label: '上期', from: previous },
        published: { label: '发布环比', from: published },
      },
      tone: 'direction',
    }),
  ];
}

/** 农历对齐同比 of a daily flow around 春节, 清明, 端午 and 中秋: a display aid beside the Gregorian comparison. */
export function lunarWorking(facts: CellFacts): Working[] {
  const { cell } = facts;
  const aligned = isDailyFlow(facts) ? alignedDay(cell.periodMs) : null;
  if (aligned === null) return [];
  const pair = compared(facts, aligned.dayMs);
  const { current, base } = pair;
  return [
    workingOf(facts, {
      key: 'lunar_yoy',
      label: '农历对齐同比',
      result: unlessRunning(
        facts,
        true,
        resultBetween(
          pair,
          growthRatio({ current: current?.value, base: base?.value, baseName: '上年对齐日' }),
        ),
      ),
      unit: 'percent',
      rule: ruleBetween(pair, `与上年距${aligned.festival}天数相同的一日比;只供展示,考核与月报用公历同比`),
      source: `§3;${FESTIVAL_SOURCE}`,
      operands: {
        current: { label: '本日', from: current },
        base: { label: '上年对齐日', from: base },
      },
      tone: 'direction',
    }),
  ];
}

export function isDailyFlow({ cell, definition }: CellFacts): boolean {
  return cell.freq === 'D' && definition.accumulation === 'flow' && !isYtd(cell.basis);
}

/** A running period is not compared with whole ones; what was published of it stands. */
export function unlessRunning(facts: CellFacts, computed: boolean, result: Result): Result {
  if (!facts.unfinished || !computed || !facts.current) return result;
  return {
    ...noResult('running', {}, { text: '本期未结束,不与整期比较' }),
    operands: result.operands,
  };
}

function before({ cell }: CellFacts): number {
  return addPeriods(cell.freq, cell.periodMs, -1);
}

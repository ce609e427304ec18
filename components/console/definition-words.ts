import type { MetricDefinition, RollupWeight } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import type { Release, ReleaseRule } from '@/metrics/model/definition-release';
import type { ThresholdRule, ThresholdSet } from '@/metrics/model/definition-threshold';
import type {
  Accumulation,
  Aggregation,
  Direction,
  Level,
  MomRule,
  PeriodRule,
  RollupMethod,
  YoyRule,
} from '@/metrics/model/definition-vocabulary';

/** A definition's codes in the words of statisticians; every code has one, or the types do not hold. */

export const ACCUMULATION_WORDS: Record<Accumulation, string> = {
  flow: '流量(可按期累加)',
  stock: '存量(取期末)',
  rate: '比率(不可相加)',
  index: '指数(不可相加)',
};

export const DIRECTION_WORDS: Record<Direction, string> = {
  higher_better: '越高越好',
  lower_better: '越低越好',
  band: '在区间内为好',
  neutral: '不分好坏',
};

export const YOY_WORDS: Record<YoyRule, string> = {
  value_ratio: '本期与上年同期之比',
  value_ratio_comparable: '按可比口径的本期与上年同期之比',
  published: '只用公布的增速',
  published_comparable: '只用按可比口径公布的增速',
  pp_diff: '百分点之差',
  abs_diff: '数值之差',
  index_minus_100: '指数减 100',
  none: '不算同比',
};

export const MOM_WORDS: Record<MomRule, string> = {
  value_ratio: '本期与上期之比',
  published_sa: '只用公布的季调环比',
  pp_diff: '百分点之差',
  abs_diff: '数值之差',
  index_minus_100: '指数减 100',
  none: '不算环比',
};

export const PERIOD_WORDS: Record<PeriodRule, string> = {
  Y: '年度',
  YE: '年末',
  SY: '学年初',
  QC: '季度累计',
  QP: '单季或季末',
  MC: '月度累计(1–2 月合并)',
  MC12: '月度累计(含 1 月)',
  M: '月度',
  ME: '月末',
  M_noJanFeb: '月度(无 1、2 月)',
  D: '日',
  H: '小时',
  RT: '实时',
  PTD: '期初至今',
};

export const ROLLUP_WORDS: Record<RollupMethod, string> = {
  sum: '下级相加',
  ratio_of_sums: '分子、分母分别相加后相除',
  weighted_mean: '加权平均',
  mean_of_cities: '各市平均',
  max_of_sum: '相加后取最大',
  max: '取最大',
  recompute: '由明细重算',
  recompute_distinct: '由明细去重重算',
  published_only: '只用公布值',
  none: '不上卷',
};

export const LEVEL_WORDS: Record<Level, string> = {
  province: '省',
  city: '市',
  county: '县',
  park: '开发区',
  grid: '网格',
  station: '站点',
  enterprise: '企业',
  scenic: '景区',
};

const AGGREGATION_WORDS: Record<Aggregation, string> = {
  count: '计数',
  sum: '求和',
  avg: '平均',
  min: '最小',
  max: '最大',
  last: '最后一个',
  quantile: '分位数',
  distinct: '去重计数',
  distinct_sketch: '去重计数(近似)',
  time_weighted_avg: '按时间加权平均',
};

export function roundingZh({ precision, rounding }: MetricDefinition): string {
  return `显示 ${precision} 位小数,${rounding === 'half_up' ? '四舍五入' : '四舍六入五成双(GB/T 8170)'}`;
}

export function weightZh(weight: RollupWeight): string {
  if (weight.by === 'equal') return '等权';
  return weight.by === 'denominator' ? `以分母 ${weight.name} 为权` : `以 ${weight.formula} 为权`;
}

/** 求和 reg_capital,当 event = 'establish' */
export function aggregateZh({ agg, column, expr, where, q }: Aggregate): string {
  const of = column ?? expr;
  const quantile = q === undefined ? '' : `(${q})`;
  return `${AGGREGATION_WORDS[agg]}${quantile}${of ? ` ${of}` : ' 行'}${where ? `,当 ${where}` : ''}`;
}

export function releaseZh({ lag, rules }: Release): string {
  return `${lag}(${rules.map(releaseRuleZh).join(';')})`;
}

const PERIOD_ENDS = { day: '日', month: '月', quarter: '季', year: '年' } as const;

function spanZh([from, to]: readonly [number, number], unit: string): string {
  return from === to ? `第 ${from} ${unit}` : `第 ${from}–${to} ${unit}`;
}

function releaseRuleZh(rule: ReleaseRule): string {
  const stage = rule.stage === undefined ? '' : rule.stage === 'flash' ? '快报:' : '最终:';
  switch (rule.type) {
    case 'continuous':
      return `${stage}持续到达${rule.cadence_minutes ? `,约每 ${rule.cadence_minutes} 分钟` : ''}`;
    case 'after_event':
      return `${stage}事件后 ${rule.hours} 小时内`;
    case 'in_year':
      return `${stage}当年 ${rule.month} 月${rule.days ? spanZh(rule.days, '日') : ''}`;
    case 'after_period': {
      const after = [
        rule.months ? spanZh(rule.months, '个月') : '',
        rule.days ? spanZh(rule.days, '天') : '',
        rule.hour === undefined ? '' : `${rule.hour} 时`,
      ].filter((part) => part !== '');
      return `${stage}${PERIOD_ENDS[rule.period]}末后${after.join('')}`;
    }
  }
}

const OPS = { lt: '<', le: '≤', gt: '>', ge: '≥' } as const;
const COLOUR_WORDS = { red: '红', orange: '橙', yellow: '黄', blue: '蓝' } as const;
const STATISTICS: Readonly<Record<string, string>> = {
  annual_mean: '年均值',
  daily_mean: '日均值',
  hourly_mean: '小时均值',
  daily_max_8h: '日最大 8 小时',
  percentile: '百分位数',
  daily_aqi: '日 AQI',
};

export function thresholdRuleZh(rule: ThresholdRule): string {
  switch (rule.type) {
    case 'compare':
      return `${levelZh(rule)}:${OPS[rule.op]} ${rule.limit}`;
    case 'equals':
      return `${levelZh(rule)}:为 ${rule.equals.join('、')}`;
    case 'range':
      return `${levelZh(rule)}:${rule.from}${rule.to === undefined ? ' 及以上' : `–${rule.to}`}`;
    case 'limit':
      return `${STATISTICS[rule.statistic]}限值 ${rule.limit}`;
    case 'sustained':
      return `${levelZh(rule)}:${rule.any_of
        .map(({ all_of: all }) =>
          all
            .map(
              ({ statistic, op, limit, hours }) =>
                `${STATISTICS[statistic]} ${OPS[op]} ${limit}${hours ? ` 持续 ${hours} 小时` : ''}`,
            )
            .join(' 且 '),
        )
        .join(',或 ')}`;
  }
}

function levelZh({ colour, label }: { colour?: keyof typeof COLOUR_WORDS; label?: string }): string {
  return [colour ? COLOUR_WORDS[colour] : '', label ?? ''].filter((part) => part !== '').join(' ') || '触发';
}

export function thresholdSourceZh({
  source,
  standard,
  valid_from: from,
  valid_to: to,
}: ThresholdSet): string {
  const origin = source === 'standard' ? `标准 ${standard ?? ''}` : '缺省(部署可调)';
  return `${origin}${from || to ? `,适用 ${from ?? '…'} 至 ${to ?? '…'}` : ''}`;
}

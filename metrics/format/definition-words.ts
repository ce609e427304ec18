import type { Freq } from '@/metrics/model/cell';
import type { CompositeDefinition, MetricDefinition, RollupWeight } from '@/metrics/model/definition';
import type { Aggregate, FunctionCall } from '@/metrics/model/definition-aggregate';
import type {
  Accumulation,
  Aggregation,
  Direction,
  Level,
  MomRule,
  PeriodRule,
  PublishedBasis,
  RollupMethod,
  Rounding,
  YoyRule,
} from '@/metrics/model/definition-vocabulary';
import type { RegionLevel } from '@/metrics/model/region';

/** A definition's codes in the words of statisticians: the one table of each, for desk, console, passport and reference. */

export const KIND_ZH: Readonly<Record<MetricDefinition['kind'], string>> = {
  reported: '报送',
  aggregated: '由明细计算',
  derived: '派生',
  composite: '综合',
};

export const FREQ_ZH: Readonly<Record<Freq, string>> = {
  A: '年',
  Q: '季',
  M: '月',
  D: '日',
  H: '时',
  N: '分',
};

const BASIS_ZH: Readonly<Record<string, string>> = {
  period: '当期',
  ytd: '本年累计',
  point: '时点',
  mean: '均值',
  std2026: '2026版标准',
  std2026_ytd: '2026版标准累计',
  sand_adjusted: '扣沙',
  sand_adjusted_ytd: '扣沙累计',
  std2026_sand_adjusted: '2026版标准扣沙',
  std2026_sand_adjusted_ytd: '2026版标准扣沙累计',
};

/** A basis on screen. A named one of an operator's own that has no title keeps its name. */
export function basisTitle(basis: string): string {
  return BASIS_ZH[basis] ?? basis;
}

/** Levels of regions and the places below and beside them. */
export const LEVEL_ZH: Readonly<Record<Level | RegionLevel, string>> = {
  nation: '全国',
  province: '省级',
  city: '市级',
  county: '县级',
  park: '开发区',
  grid: '网格',
  station: '站点',
  enterprise: '企业',
  scenic: '景区',
};

export const ACCUMULATION_ZH: Readonly<Record<Accumulation, string>> = {
  flow: '流量(可按期累加)',
  stock: '存量(取期末)',
  rate: '比率(不可相加)',
  index: '指数(不可相加)',
};

export const DIRECTION_ZH: Readonly<Record<Direction, string>> = {
  higher_better: '越高越好',
  lower_better: '越低越好',
  band: '在区间内为好',
  neutral: '不分好坏',
};

export const ROUNDING_ZH: Readonly<Record<Rounding, string>> = {
  half_up: '四舍五入',
  half_even: '四舍六入五成双',
};

export const ROLLUP_ZH: Readonly<Record<RollupMethod, string>> = {
  sum: '下级相加',
  ratio_of_sums: '分子分母分别相加再除',
  weighted_mean: '加权平均',
  mean_of_cities: '各市等权平均',
  max_of_sum: '先求和再取最大',
  max: '取最大',
  recompute: '按本级重算',
  recompute_distinct: '按本级重新去重',
  published_only: '只认本级发布',
  none: '不上卷',
};

export const YOY_ZH: Readonly<Record<YoyRule, string>> = {
  value_ratio: '同口径水平值之比',
  value_ratio_comparable: '有可比口径发布值用发布值,否则按水平值计算(名义、未调整)',
  published: '只认发布增速',
  published_comparable: '只认可比口径发布增速',
  pp_diff: '百分点差',
  abs_diff: '差值',
  index_minus_100: '指数−100',
  none: '不计算',
};

export const MOM_ZH: Readonly<Record<MomRule, string>> = {
  value_ratio: '与上期水平值之比',
  published_sa: '只认季节调整后的发布值',
  pp_diff: '百分点差',
  abs_diff: '差值',
  index_minus_100: '指数−100',
  none: '不计算',
};

export const PERIOD_RULE_ZH: Readonly<Record<PeriodRule, string>> = {
  Y: '年度',
  YE: '年末时点',
  SY: '学年初',
  QC: '季度累计(一季度、上半年、前三季度、全年)',
  QP: '季度时点或当季',
  MC: '月度累计,1–2月合并,1月无数',
  MC12: '月度累计,1月单独有数',
  M: '当月',
  ME: '月末时点',
  M_noJanFeb: '当月,1、2月不发布',
  D: '逐日',
  H: '逐时',
  RT: '实时',
  PTD: '期初至今',
};

export const PROGRESS_ZH = { time: '时序进度', history: '前三年同期平均进度' } as const;
export const FIVE_YEAR_ZH = { reduction: '从基期降到目标', yearly_drop: '各年降低率累计' } as const;
/** As it is said behind 发布数. */
export const PUBLISHED_BASIS_ZH: Readonly<Record<PublishedBasis, string>> = {
  sand_adjusted: '已扣除沙尘影响',
};
export const APPROXIMATE_ZH = '近似法,与公布单位的算法有残差';
export const ROWS_ZH = { in_period: '业务时间在期内的行', as_of: '截至期末的全部行' } as const;
const PART_MEASURE_ZH = { level: '水平值', yoy: '同比', mom: '环比' } as const;

const AGGREGATION_ZH: Readonly<Record<Aggregation, string>> = {
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

export function additiveZh({ additive_over_regions: additive }: MetricDefinition): string {
  return additive ? '可相加' : '不可相加';
}

export function weightZh(weight: RollupWeight): string {
  if (weight.by === 'equal') return '等权';
  return weight.by === 'denominator' ? `以分母 ${weight.name} 为权` : `以 ${weight.formula} 为权`;
}

/** 求和 reg_capital,当 event = 'establish' */
export function aggregateZh({ agg, column, expr, where, q }: Aggregate): string {
  const of = column ?? expr;
  const quantile = q === undefined ? '' : `(${q})`;
  return `${AGGREGATION_ZH[agg]}${quantile}${of ? ` ${of}` : ' 行'}${where ? `,当 ${where}` : ''}`;
}

/** A named function with its arguments, as the engine has it. */
export function callZh({ name, args }: FunctionCall): string {
  const list = Object.entries(args).map(([key, value]) => `${key}: ${String(value)}`);
  return `${name}(${list.join(', ')})`;
}

/** What a part of an index counts for; its metric is named by who shows it. */
export function partZh({
  measure,
  weight,
  score,
  integrity,
}: NonNullable<CompositeDefinition['parts']>[number]): string {
  const trust = integrity ? `;在线率或有效率低于 ${integrity.below}% 时得分乘 ${integrity.factor}` : '';
  return `(${PART_MEASURE_ZH[measure]}),权重 ${weight},${score[0]} 计 0 分、${score[1]} 计 100 分${trust}`;
}

export function missingZh(missing: NonNullable<CompositeDefinition['missing']>): string {
  const small = missing.min_denominator;
  return `在手权重不低于 ${missing.reweight_if_at_least} 时重新配权并标记,否则整个指数缺失${small ? `;样本少于 ${small} 的分项视为缺` : ''}`;
}

import type { RollupMethod } from './definition-vocabulary';

/**
 * Functions that a definition may name instead of writing an expression: rules of a standard that take several steps.
 * The engine implements each once, with tests; a definition only names it and its arguments.
 */

/**
 * What an argument is: a column of the dataset (`time_column`: a date or an instant; `pollutant`: one of the six of the
 * air standards, `ozone`: the only one with 8 h means), a metric's code, a condition over rows or over derived rows (city
 * days, evaluated sections), a number of whole days.
 */
export type ArgumentKind =
  | 'column'
  | 'time_column'
  | 'pollutant'
  | 'ozone'
  | 'metric'
  | 'row_condition'
  | 'aqi_day_condition'
  | 'water_class_condition'
  | 'day_count';

export interface NamedFunction {
  /** Kind of definition that may use it. */
  usedBy: 'aggregated' | 'composite';
  args: Readonly<Record<string, ArgumentKind>>;
  /** Arguments that may be left out. */
  optional?: Readonly<Record<string, ArgumentKind>>;
  /** The value comes with its numerator and denominator, so it rolls up as a ratio of sums. */
  isRatio?: boolean;
  /** The value is a number of things, so that no part of it is below zero. */
  isCount?: boolean;
  /** The only method by which a higher region's value follows; absent: the function does not decide it. */
  rollup?: RollupMethod;
  /** Chinese, for whoever writes a definition. */
  description: string;
}

const DUE_ITEMS = { item: 'column', deadline: 'time_column', done: 'row_condition' } as const;

const TAKEN_BACK = {
  undone: 'row_condition',
  restored: 'row_condition',
  cancelled: 'row_condition',
} as const;

const POLLUTANT_METRICS = {
  pm25: 'metric',
  pm10: 'metric',
  so2: 'metric',
  no2: 'metric',
  co: 'metric',
  o3: 'metric',
} as const;

/** The arguments of the functions over all six: each the metric of its pollutant. */
export const POLLUTANT_ARGUMENTS: readonly string[] = Object.keys(POLLUTANT_METRICS);

export const NAMED_FUNCTIONS: Readonly<Record<string, NamedFunction>> = {
  air_mean: {
    usedBy: 'aggregated',
    args: { pollutant: 'pollutant' },
    description: '站点小时值→城市小时值(评价点均值)→日均(≥20个有效小时)→时段均值;全省为各市算术平均(HJ 663)',
  },
  air_mda8: {
    usedBy: 'aggregated',
    args: { pollutant: 'ozone' },
    description: '城市日最大8小时滑动平均:每个8小时≥6个有效小时,≥14个有效8小时值,不足但最大值已超160仍有效',
  },
  air_day_count: {
    usedBy: 'aggregated',
    isCount: true,
    args: { where: 'aqi_day_condition' },
    description: '满足条件的城市日数;条件写在城市日AQI(列名 aqi)上',
  },
  stock_balance: {
    usedBy: 'aggregated',
    args: { opening: 'metric', distinct: 'column', plus: 'row_condition', minus: 'row_condition' },
    optional: { moved_in: 'row_condition', moved_out: 'row_condition' },
    description:
      '期末存量=最近一次发布的存量+其后新增户数−其后退出户数,按 distinct 列去重;满足 moved_in、moved_out 的迁入、迁出每次都计,在两地共同的上级相抵',
  },
  water_class: {
    usedBy: 'aggregated',
    args: { section: 'column' },
    rollup: 'none',
    description:
      '断面水质类别1–6(GB 3838-2002 单因子,均值先修约,取最差项;等于限值归较好类,超Ⅴ类为6),差于Ⅲ类时带主要污染指标及超标倍数(氰化物、重金属优先);年评价用各月浓度的均值',
  },
  water_class_share: {
    usedBy: 'aggregated',
    args: { section: 'column', where: 'water_class_condition' },
    isRatio: true,
    rollup: 'ratio_of_sums',
    description:
      '满足条件的断面数占参评断面数的百分比;条件写在断面水质类别(列名 class)上,断流、冰封断面由行条件剔除',
  },
  ears_signals: {
    usedBy: 'aggregated',
    isCount: true,
    args: { cases: 'metric', unit: 'column', merge_days: 'day_count' },
    rollup: 'sum',
    description:
      '对县×unit列的日病例序列运行 EARS C1/C2/C3 的预警信号数;同一单元 merge_days 日内的报警合并为一个信号',
  },
  due_rate: {
    usedBy: 'aggregated',
    args: DUE_ITEMS,
    optional: TAKEN_BACK,
    isRatio: true,
    rollup: 'ratio_of_sums',
    description:
      '期内到期事项中按时完成的百分比(13710):分母按 deadline 归期,未到期的不进分母;期限前满足 done 而其后未满足 undone 为按时,期限后的行不再改变;期限前满足 cancelled 的事项退出分子分母,满足 undone 或 restored 的行使其恢复;行条件按事项到期时的状态判定',
  },
  settled_rate: {
    usedBy: 'aggregated',
    args: DUE_ITEMS,
    isRatio: true,
    rollup: 'ratio_of_sums',
    optional: TAKEN_BACK,
    description:
      '截至期末已到期事项中已完成的百分比:逾期完成也算完成(销号清零);期末前满足 cancelled 的事项退出分子分母;满足 undone 的行使事项恢复未完成或恢复在办,满足 restored 的只恢复在办',
  },
  supervised_open: {
    usedBy: 'aggregated',
    isCount: true,
    args: { item: 'column' },
    rollup: 'sum',
    description: '时点在办事项数(13710):交办或重开之后没有办结、撤销的事项',
  },
  supervised_overdue: {
    usedBy: 'aggregated',
    isCount: true,
    args: { item: 'column' },
    rollup: 'sum',
    description:
      '时点逾期事项数(13710):在办且任一节点(部署、反馈、7日或1月办结、最终期限)已过期限而未完成;逾期后补批的延期不改期限',
  },
  aqi: {
    usedBy: 'composite',
    args: POLLUTANT_METRICS,
    description: '各污染物分指数IAQI的最大值,向上进位取整;缺项规则按 HJ 633(2026-03-01 前按 2012 版)',
  },
  air_composite_index: {
    usedBy: 'composite',
    args: POLLUTANT_METRICS,
    description: '六项单项指数(浓度与二级限值之比,各修约到两位)之和;限值取期末执行的 GB 3095 版本',
  },
};

/** What is wrong with a definition's rollup for the function that it names; undefined: nothing. */
export function wrongRollup(name: string, rollup: RollupMethod): string | undefined {
  const needed = Object.hasOwn(NAMED_FUNCTIONS, name) ? NAMED_FUNCTIONS[name]?.rollup : undefined;
  if (needed === undefined || needed === rollup) return undefined;
  return `上卷方式 ${rollup} 不能用于 ${name},应为 ${needed}`;
}

/**
 * Functions that a definition may name instead of writing an expression: rules of a standard that take several steps.
 * The engine implements each once, with tests; a definition only names it and its arguments.
 */

/** What an argument is: a column of the dataset, a metric's code, a condition over rows or over derived rows. */
export type ArgumentKind = 'column' | 'metric' | 'row_condition' | 'aqi_day_condition';

export interface NamedFunction {
  /** Kind of definition that may use it. */
  usedBy: 'aggregated' | 'composite';
  args: Readonly<Record<string, ArgumentKind>>;
  description: string;
}

const POLLUTANT_METRICS = {
  pm25: 'metric',
  pm10: 'metric',
  so2: 'metric',
  no2: 'metric',
  co: 'metric',
  o3: 'metric',
} as const;

export const NAMED_FUNCTIONS: Readonly<Record<string, NamedFunction>> = {
  air_mean: {
    usedBy: 'aggregated',
    args: { pollutant: 'column' },
    description: '站点小时值→城市小时值(评价点均值)→日均(≥20个有效小时)→时段均值;全省为各市算术平均(HJ 663)',
  },
  air_mda8: {
    usedBy: 'aggregated',
    args: { pollutant: 'column' },
    description: '城市日最大8小时滑动平均:每个8小时≥6个有效小时,≥14个有效8小时值,不足但最大值已超160仍有效',
  },
  air_day_count: {
    usedBy: 'aggregated',
    args: { where: 'aqi_day_condition' },
    description: '满足条件的城市日数;条件写在城市日AQI(列名 aqi)上',
  },
  stock_balance: {
    usedBy: 'aggregated',
    args: { opening: 'metric', distinct: 'column', plus: 'row_condition', minus: 'row_condition' },
    description: '期末存量=最近一次发布的存量+其后转入户数−其后转出户数,按 distinct 列去重',
  },
  aqi: {
    usedBy: 'composite',
    args: POLLUTANT_METRICS,
    description: '各污染物分指数IAQI的最大值,向上进位取整;缺项规则按 HJ 633(2026-03-01 前按 2012 版)',
  },
  air_composite_index: {
    usedBy: 'composite',
    args: POLLUTANT_METRICS,
    description: '六项单项指数(浓度与二级限值之比,各修约到两位)之和;限值按日期取 GB 3095 版本',
  },
};

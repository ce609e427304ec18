import { THRESHOLD_MEASURE_ZH } from '@/metrics/format/threshold-measure';
import type { Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdRule, ThresholdSet } from '@/metrics/model/definition-threshold';
import { parseSlice } from '@/metrics/model/slice';
import { findDataset } from '@/server/datasets/registry';
import { DIMENSION_ZH } from '@/server/services/desk/dimension-titles';
import type { ThresholdView } from '@/server/services/desk/types';

/** The closed vocabularies in Chinese, for the desk. */

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
};

/** A named basis that has no title keeps its name. */
export function basisTitle(basis: string): string {
  return BASIS_ZH[basis] ?? basis;
}

export const KIND_ZH = {
  reported: '报送',
  aggregated: '由明细计算',
  derived: '派生',
  composite: '综合',
} as const;
export const DIRECTION_ZH = {
  higher_better: '越高越好',
  lower_better: '越低越好',
  band: '处于区间为好',
  neutral: '不分好坏',
} as const;
export const ACCUMULATION_ZH = { flow: '流量', stock: '存量', rate: '比率', index: '指数' } as const;
export const ROUNDING_ZH = { half_up: '四舍五入', half_even: '四舍六入五成双' } as const;
export const ROLLUP_ZH = {
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
} as const;
export const YOY_ZH = {
  value_ratio: '同口径水平值之比',
  value_ratio_comparable: '有可比口径发布值用发布值,否则按水平值计算(名义、未调整)',
  published: '只认发布增速',
  published_comparable: '只认可比口径发布增速',
  pp_diff: '百分点差',
  abs_diff: '差值',
  index_minus_100: '指数−100',
  none: '不计算',
} as const;
export const MOM_ZH = {
  value_ratio: '与上期水平值之比',
  published_sa: '只认季节调整后的发布值',
  pp_diff: '百分点差',
  abs_diff: '差值',
  index_minus_100: '指数−100',
  none: '不计算',
} as const;

export function dimensionTitle(dim: string, definition: MetricDefinition): string {
  return columnOf(dim, definition)?.title ?? DIMENSION_ZH[dim] ?? dim;
}

/**
 * A value of a dimension in words. Contracts describe an enumeration by listing its values in their order, with or
 * without the code before (`person 个人、enterprise 企业`); any other description leaves the value as it is.
 */
export function valueTitle(dim: string, value: string, definition: MetricDefinition): string {
  const column = columnOf(dim, definition);
  const parts = column?.description.split('、') ?? [];
  const at = column?.enumValues?.indexOf(value) ?? -1;
  const part = parts.length === column?.enumValues?.length ? parts[at] : undefined;
  return part === undefined ? value : part.replace(`${value} `, '');
}

function columnOf(dim: string, definition: MetricDefinition) {
  if (definition.kind !== 'aggregated') return undefined;
  return findDataset(definition.dataset)?.contract.columns.find(({ name }) => name === dim);
}

/** 渠道=微信、主题=供热; the whole is 全部. */
export function sliceTitle(slice: string, definition: MetricDefinition): string {
  const parts = Object.entries(parseSlice(slice));
  if (parts.length === 0) return '全部';
  return parts
    .map(([dim, value]) => `${dimensionTitle(dim, definition)}=${valueTitle(dim, value, definition)}`)
    .join('、');
}

const OP_ZH = { lt: '<', le: '≤', gt: '>', ge: '≥' } as const;
const COLOUR_ZH = { blue: '蓝', yellow: '黄', orange: '橙', red: '红' } as const;
const STATISTIC_ZH = {
  annual_mean: '年均',
  daily_mean: '日均',
  hourly_mean: '小时均值',
  daily_max_8h: '日最大 8 小时',
  percentile: '百分位',
} as const;

export function thresholdView(set: ThresholdSet): ThresholdView {
  const valid = [
    set.valid_from && `自 ${set.valid_from}`,
    set.valid_to && `至 ${set.valid_to}`,
    set.only && `只判 ${set.only.values.join('、')}(${set.only.source})`,
    set.tentative_days && `最近 ${set.tentative_days} 日仅作提示`,
  ].filter(Boolean);
  const origin =
    set.source === 'standard' ? `标准规定${set.standard ? ` ${set.standard}` : ''}` : '默认,可配置';
  return {
    measure: THRESHOLD_MEASURE_ZH[set.measure],
    source: [origin, ...valid].join(','),
    by: set.by?.map((dim) => DIMENSION_ZH[dim] ?? dim).join(' × ') ?? null,
    rules: set.rules.map((rule) => {
      const colour = 'colour' in rule ? (rule.colour ?? null) : null;
      const label = 'label' in rule ? rule.label : undefined;
      return {
        colour,
        level: [colour && COLOUR_ZH[colour], label].filter(Boolean).join(' ') || '限值',
        words: ruleWords(rule),
      };
    }),
  };
}

function ruleWords(rule: ThresholdRule): string {
  switch (rule.type) {
    case 'compare':
      return `${OP_ZH[rule.op]} ${rule.limit}`;
    case 'equals':
      return `为 ${rule.equals.join('、')}`;
    case 'range':
      return rule.to === undefined ? `≥ ${rule.from}` : `${rule.from} – ${rule.to}`;
    case 'limit':
      return `${STATISTIC_ZH[rule.statistic]} ≤ ${rule.limit}`;
    case 'sustained':
      return rule.any_of
        .map(({ all_of }) =>
          all_of
            .map(
              ({ op, limit, hours }) => `日 AQI ${OP_ZH[op]} ${limit}${hours ? ` 持续 ${hours} 小时` : ''}`,
            )
            .join(' 且 '),
        )
        .join(';或 ');
  }
}

import type {
  Colour,
  ThresholdMeasure,
  ThresholdRule,
  ThresholdSet,
} from '@/metrics/model/definition-threshold';

/** What a threshold compares, in words. */
export const THRESHOLD_MEASURE_ZH: Readonly<Record<ThresholdMeasure, string>> = {
  value: '数值',
  yoy: '同比',
  wow: '周环比',
  'value-100': '指数−100',
  day_value: '日值',
  month_value: '月值',
  value_vs_target_pp: '与目标之差(百分点)',
  growth_vs_target_pp: '增速与目标之差(百分点)',
  completion_vs_time_pp: '完成率与时序进度之差(百分点)',
  vs_quota_time_pp: '用量占配额与时序进度之差(百分点)',
  vs_plan_pct: '实际占计划(%)',
  vs_redline: '占红线(%)',
  'load/available_capacity': '负荷/可用容量',
  ears: 'EARS 信号',
  event_level: '事件级别',
  alert_level: '预警级别',
  class: '类别',
};

const OP_ZH = { lt: '<', le: '≤', gt: '>', ge: '≥' } as const;
export const COLOUR_ZH: Readonly<Record<Colour, string>> = {
  red: '红',
  orange: '橙',
  yellow: '黄',
  blue: '蓝',
};
const STATISTIC_ZH = {
  annual_mean: '年均',
  daily_mean: '日均',
  hourly_mean: '小时均值',
  daily_max_8h: '日最大 8 小时',
  percentile: '百分位',
} as const;

/** Who sets the limits, and for when, whom and how far they hold. */
export function thresholdSourceZh(set: ThresholdSet): string {
  const origin =
    set.source === 'standard' ? `标准规定${set.standard ? ` ${set.standard}` : ''}` : '默认,可配置';
  const valid = [
    set.valid_from && `自 ${set.valid_from}`,
    set.valid_to && `至 ${set.valid_to}`,
    set.only && `只判 ${set.only.values.join('、')}(${set.only.source})`,
    set.tentative_days && `最近 ${set.tentative_days} 日仅作提示`,
  ];
  return [origin, ...valid].filter(Boolean).join(',');
}

/** 黄 断电: the colour, the standard's word, or both. */
export function thresholdLevelZh(rule: ThresholdRule): string {
  const colour = 'colour' in rule && rule.colour && COLOUR_ZH[rule.colour];
  const label = 'label' in rule && rule.label;
  return [colour, label].filter(Boolean).join(' ') || '限值';
}

export function thresholdRuleZh(rule: ThresholdRule): string {
  switch (rule.type) {
    case 'compare':
      return `${OP_ZH[rule.op]} ${String(rule.limit).replace('-', '−')}`;
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

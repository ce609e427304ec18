import type { ThresholdMeasure } from '@/metrics/model/definition-threshold';

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

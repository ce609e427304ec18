import type { ThresholdMeasure } from '@/metrics/model/definition-threshold';

/** What a measure cannot be read without, in words: 无法判断:缺…. */
export const LACKING_ZH: Readonly<Record<ThresholdMeasure, string>> = {
  value: '本期值',
  yoy: '可比的上年同期或公布的增速',
  wow: '上周同日',
  'value-100': '本期指数',
  day_value: '日值',
  month_value: '月值',
  value_vs_target_pp: '年度目标',
  growth_vs_target_pp: '增速的年度目标',
  completion_vs_time_pp: '年度目标或本年累计',
  vs_quota_time_pp: '年度配额(目标值)或本年累计',
  vs_plan_pct: '年度计划(目标值)',
  vs_redline: '红线(目标值)',
  'load/available_capacity': '可用发电能力',
  ears: '足够的逐日基线',
  event_level: '分级别的事件数',
  alert_level: '分级别的预警数',
  class: '断面水质类别',
};

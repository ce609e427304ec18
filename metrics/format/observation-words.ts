import type { Measure, ObsStatus } from '@/metrics/model/cell';
import type { DerivedSource } from '@/metrics/model/derived-source';
import { citationZh } from '@/metrics/model/unverified';

/** What a cell is and where it comes from, in the words of every screen and file. */

export const STATUS_ZH: Readonly<Record<ObsStatus, string>> = {
  flash: '快报',
  prelim: '初步',
  final: '最终',
  census: '普查',
  estimate: '估计',
  forecast: '预测',
  missing: '缺',
};

export const MEASURE_ZH: Readonly<Record<Measure, string>> = {
  level: '水平值',
  yoy: '发布同比',
  mom: '发布环比',
  target: '年度目标',
};

/** How a cell follows from others: words of ours, not a publisher's. */
const DERIVED_ZH: Readonly<Record<DerivedSource, string>> = {
  derived: '按算式由其他指标计算',
  composite: '分项打分加权',
  rollup: '由下级地区汇总',
  deduced: '由同一指标的其他时段得出',
};

/** Words of a source; a publisher's citation and a dataset's name stand as they are. */
export function sourceZh(source: string): string {
  return (DERIVED_ZH as Readonly<Record<string, string>>)[source] ?? citationZh(source);
}

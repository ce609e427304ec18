import { citationZh } from '@/metrics/model/unverified';

/** Sources that are words of ours, not a publisher's: how a cell follows from others. */
const SOURCE_ZH: Readonly<Record<string, string>> = {
  derived: '按算式由其他指标计算',
  composite: '分项打分加权',
  rollup: '由下级地区汇总',
  deduced: '由同一指标的其他时段推算',
};

/** Words of a source; a publisher's citation and a dataset's name stand as they are. */
export function sourceZh(source: string): string {
  return SOURCE_ZH[source] ?? citationZh(source);
}

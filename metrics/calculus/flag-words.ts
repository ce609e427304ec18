import { UNVERIFIED_ZH } from '@/metrics/model/unverified';
import { type MainPollutantsFlag, mainPollutantsOfFlag } from './environment/water-text';
import { FLAG_ZH, type Flag } from './result';

/** Flags that a stored cell carries beside those of the calculus. */
const STORED_FLAG_ZH = {
  demo: '演示数据',
  vintage_assumed: '发布日按惯例推定',
  weekday_calendar: '当年无放假安排,工作日按周一至周五计',
  insufficient: '有效样本不足',
  of_published: '由公布数合成',
  stock_replaced: '期末另有公布的存量,其后从公布数起算',
  ...UNVERIFIED_ZH,
} as const;

/** Whatever we write on a cell ourselves; a publisher's file may bring more. */
export type CellFlag = Flag | keyof typeof STORED_FLAG_ZH | MainPollutantsFlag;

const WORDS: Readonly<Record<string, string>> = { ...FLAG_ZH, ...STORED_FLAG_ZH };

/** Words of a flag; an unknown one is shown as it is rather than hidden. */
export function flagZh(flag: string): string {
  return WORDS[flag] ?? mainPollutantsOfFlag(flag) ?? flag;
}

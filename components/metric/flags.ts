import { mainPollutantsOfFlag } from '@/metrics/calculus/environment/water-text';
import { FLAG_ZH } from '@/metrics/calculus/result';
import { UNVERIFIED_ZH } from '@/metrics/model/unverified';

/** Flags that observations carry beside those of the calculus. */
const OWN_FLAG_ZH: Readonly<Record<string, string>> = {
  demo: '演示数据',
  vintage_assumed: '发布日按惯例推定',
  basis_assumed: '口径按惯例推定',
  weekday_calendar: '当年无放假安排,工作日按周一至周五计',
  inferred: '由其他发布数推得',
  ...UNVERIFIED_ZH,
  running: '本期未结束',
  insufficient: '有效样本不足',
};

/** Words of a flag; an unknown one is shown as it is rather than hidden. */
export function flagZh(flag: string): string {
  const known: Readonly<Record<string, string>> = FLAG_ZH;
  return OWN_FLAG_ZH[flag] ?? known[flag] ?? mainPollutantsOfFlag(flag) ?? flag;
}

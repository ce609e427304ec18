import { formatNumber } from '@/metrics/format/number';
import type { MainPollutant } from './water-class';
import { WATER_CLASS_ZH, WATER_ITEM_ZH, type WaterClass, type WaterItem } from './water-standard';

/** Ⅰ类 … 劣Ⅴ类; 未评价 when there is no verdict. */
export function waterClassText(verdict: WaterClass | null): string {
  return verdict === null ? '未评价' : WATER_CLASS_ZH[verdict];
}

/** Main pollutants as bulletins list them, with the excess where there is one: 氨氮(0.20)、化学需氧量(0.10). */
export function mainPollutantsText(main: readonly Pick<MainPollutant, 'item' | 'excess'>[]): string {
  return main
    .map(({ item, excess }) => {
      const multiple = excess === null ? '' : `(${formatNumber(excess, { precision: 2 })})`;
      return `${WATER_ITEM_ZH[item]}${multiple}`;
    })
    .join('、');
}

const FLAG = 'main_pollutants:';
export type MainPollutantsFlag = `${typeof FLAG}${string}`;

/** Main pollutants as they travel with an observation: `main_pollutants:nh3n=0.2,do=`, in their order. */
export function mainPollutantsFlag(
  main: readonly Pick<MainPollutant, 'item' | 'excess'>[],
): MainPollutantsFlag {
  return `${FLAG}${main.map(({ item, excess }) => `${item}=${excess ?? ''}`).join(',')}`;
}

/** The words for such a flag; undefined for any other. */
export function mainPollutantsOfFlag(flag: string): string | undefined {
  if (!flag.startsWith(FLAG)) return undefined;
  const main = flag
    .slice(FLAG.length)
    .split(',')
    .flatMap((part) => {
      const [item = '', excess = ''] = part.split('=');
      return Object.hasOwn(WATER_ITEM_ZH, item) ? [{ item: item as WaterItem, excess: excess || null }] : [];
    });
  return `主要污染指标:${mainPollutantsText(main)}`;
}

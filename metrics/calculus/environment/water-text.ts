import { formatNumber } from '@/metrics/format/number';
import type { MainPollutant } from './water-class';
import { WATER_CLASS_ZH, WATER_ITEM_ZH, type WaterClass } from './water-standard';

/** Ⅰ类 … 劣Ⅴ类; 未评价 when there is no verdict. */
export function waterClassText(verdict: WaterClass | null): string {
  return verdict === null ? '未评价' : WATER_CLASS_ZH[verdict];
}

/** Main pollutants as bulletins list them, with the excess where there is one: 氨氮(0.20)、化学需氧量(0.10). */
export function mainPollutantsText(main: readonly MainPollutant[]): string {
  return main
    .map(({ item, excess }) => {
      const multiple = excess === null ? '' : `(${formatNumber(excess, { precision: 2 })})`;
      return `${WATER_ITEM_ZH[item]}${multiple}`;
    })
    .join('、');
}

import { LEVEL_ZH } from '@/metrics/format/definition-words';
import { DATA_STATE_ZH } from '@/metrics/model/data-state';
import { REGION_LEVELS, type RegionLevel } from '@/metrics/model/region';
import type { Coverage } from '@/server/observations/coverage';

/** Of a metric that has values, but none to show at this level of regions: where they are. */
export function whereElse(
  { levels, wholeLevels }: Pick<Coverage, 'levels' | 'wholeLevels'>,
  shown: RegionLevel,
): string {
  if (!levels.includes(shown)) {
    const names = REGION_LEVELS.filter((level) => levels.includes(level)).map((level) => LEVEL_ZH[level]);
    return `仅${names.join('、')}${DATA_STATE_ZH.present}`;
  }
  return wholeLevels.includes(shown) ? '近期无数,早前的见指标页' : '仅有分组数或增速,见指标页';
}

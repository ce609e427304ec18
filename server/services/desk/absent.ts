import { isYtd } from '@/metrics/model/basis';
import type { RegionCode } from '@/metrics/model/cell';
import { isUnit } from '@/metrics/model/judged-unit';
import { keepsSlices } from '@/metrics/model/kept-slices';
import { isNeverPublished } from '@/metrics/time/following';
import { periodName } from '@/metrics/time/period-of-rule';
import type { Reach } from '@/server/services/desk/reach';
import { noOpening } from '@/server/services/desk/state';
import { freshnessInPeriod } from '@/server/services/screens/freshness';
import type { Freshness } from '@/server/services/screens/types';

export interface Absence {
  reason: string;
  freshness?: Freshness;
}

/**
 * Why one period of a series that has others is without a figure: by its rule it never has one (calculus.md §2), by the
 * release calendar it is promised, late or overdue, or it simply lies behind without. Null where the metric's own reason
 * says it better.
 */
export function absenceOf(
  reach: Reach,
  at: { region: RegionCode; slice: string },
  periodMs: number,
): Absence | null {
  const { definition, freq, basis } = reach;
  const { region, slice } = at;
  const isUnitDay = isUnit(definition, { region, slice, freq });
  if (
    slice !== '' &&
    definition.kind === 'aggregated' &&
    !isUnitDay &&
    !keepsSlices(definition, { region, freq })
  )
    return { reason: '县级没有这项分组,只有市和全省的' };
  if (isNeverPublished(definition.period_rule, freq, periodMs, basis)) {
    const name = periodName(definition, { freq, basis: 'period', periodMs });
    return { reason: isYtd(basis) ? `1-2月合并发布,${name}不单独发布` : `${name}的当月数按规则不发布` };
  }
  if (definition.kind !== 'reported') {
    const opening = noOpening(definition);
    if (opening !== null) return { reason: opening };
    // What accumulates is made of its months: it is the last of them that is not there.
    if (!isYtd(basis) || definition.accumulation !== 'flow' || (freq !== 'M' && freq !== 'Q')) return null;
    return { reason: `缺${periodName(definition, { freq, basis: 'period', periodMs })}` };
  }
  const freshness = freshnessInPeriod(definition, { freq, basis, periodMs }, false, reach);
  return { freshness, reason: freshness.text };
}

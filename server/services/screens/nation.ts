import { aboveNationPp } from '@/metrics/calculus/growth';
import { ofSources } from '@/metrics/calculus/of-sources';
import { formatChange } from '@/metrics/format/change';
import { formatNumber } from '@/metrics/format/number';
import { toneOf } from '@/metrics/format/tone';
import type { Observation } from '@/metrics/model/cell';
import { isGrowthMetric } from '@/metrics/model/growth-metric';
import { unverifiedReason } from '@/metrics/model/unverified';
import { NATION_CODE } from '@/metrics/regions/tree';
import { hasGrowth } from '@/metrics/workings/growth-of';
import { type ChangeInput, publishedGrowth, yoyResult } from '@/server/services/screens/change';
import { cellOf, isRunning, seriesLike } from '@/server/services/screens/reading';
import type { ChangeFigure } from '@/server/services/screens/types';

interface Growth {
  value: string | null;
  /** The cell that says it; absent when it was computed. */
  from?: Observation | undefined;
  /** Of the cell, or of what was computed. */
  flags: readonly string[];
  /** What it was computed from. */
  of?: readonly (Observation | undefined)[];
}

/**
 * 比全国: the growth here minus the growth of the nation in the same period, in percentage points (calculus.md §26).
 * Null where either is unknown: what is published of the nation is published late and not for everything.
 *
 * @param nation whatever was read of the nation
 */
export function nationOf(input: ChangeInput, nation: readonly Observation[]): ChangeFigure | null {
  const { definition, current, asOfMs } = input;
  if (
    !current ||
    current.region === NATION_CODE ||
    !hasGrowth(definition) ||
    isRunning(definition, current, asOfMs)
  )
    return null;
  const there = growthOf({ ...input, observations: nation }, { ...current, region: NATION_CODE });
  const here = growthOf(input, current);
  const { value, basis } = ofSources(aboveNationPp(here.value, there.value), {
    growth: here,
    nation_growth: there,
  });
  if (value === null) return null;
  const unverified = unverifiedReason(...[here, there].flatMap(({ from, of = [] }) => [from, ...of]));
  return {
    label: '比全国',
    value,
    text: formatChange(value, { unit: 'pp', precision: 1 }),
    unit: 'pp',
    tone: toneOf(value, definition.direction, 1),
    basis,
    rule: `本地区增速 − 全国增速 ${formatNumber(there.value, { precision: 1 })}%`,
    cell: there.from ? cellOf(there.from) : null,
    ...(unverified !== null && { unverified }),
  };
}

/** Growth in percent: the metric itself where it is one, as published first, else by levels where the rule admits it. */
function growthOf(input: ChangeInput, at: Observation): Growth {
  const level = seriesLike(input.observations, at).get(at.periodMs);
  if (isGrowthMetric(input.definition))
    return { value: level?.value ?? null, from: level, flags: level?.flags ?? [] };
  const made = level && yoyResult(input, level);
  // As 同比 says it, also where it says in words that there is none: a growth published before its levels were revised
  // does not speak any more.
  if (made?.change.unit === 'percent') {
    const { value, flags, basis } = made.change;
    return { value, flags, ...(basis === 'published' ? { from: made.published } : { of: made.sides }) };
  }
  const published = publishedGrowth(input, at);
  if (published?.value != null) return { value: published.value, from: published, flags: published.flags };
  return { value: null, flags: made?.change.flags ?? [] };
}

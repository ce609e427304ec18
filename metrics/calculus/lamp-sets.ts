import { type CellKey, FREQUENCIES, type Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdMeasure, ThresholdSet } from '@/metrics/model/definition-threshold';
import { isOfUnit, judgesUnits } from '@/metrics/model/judged-unit';
import { colourOf } from './threshold-lamp';

/** Days that the lamp of a daily figure looks back on: what is read of the year before is there to be compared with. */
export const LAMP_DAYS = 31;

/** The threshold sets that can light a lamp: limits or words without a colour light nothing. */
export function lampSets({ thresholds }: Pick<MetricDefinition, 'thresholds'>): ThresholdSet[] {
  return (thresholds?.sets ?? []).filter(({ rules }) => rules.some((rule) => colourOf(rule) !== undefined));
}

/**
 * The sets that speak of a cell. A unit is judged by those that name it; a cell that is no unit of any keeps all of them,
 * because it has to be said what they are judged on.
 */
export function setsOf(
  definition: Pick<MetricDefinition, 'thresholds' | 'slices'>,
  cell: Pick<CellKey, 'region' | 'slice' | 'freq'>,
): ThresholdSet[] {
  const sets = lampSets(definition);
  const own = (set: ThresholdSet) => isOfUnit(definition, set, cell);
  if (!sets.some((set) => judgesUnits(set) && own(set))) return sets;
  return sets.filter((set) => !judgesUnits(set) || own(set));
}

/** The frequency in which a set is judged when it has one of its own, whatever figure is shown. */
export function lampFreq({ measure, rules }: Pick<ThresholdSet, 'measure' | 'rules'>): Freq | undefined {
  return rules.some(({ type }) => type === 'sustained') ? 'D' : OWN_FREQ[measure];
}

const OWN_FREQ: Partial<Record<ThresholdMeasure, Freq>> = { day_value: 'D', month_value: 'M' };

/** Frequencies beyond a figure's own that judging a metric needs; a unit is judged on days that are its own. */
export function lampFreqs(definition: Pick<MetricDefinition, 'thresholds'>): Freq[] {
  return lampSets(definition).flatMap((set) => (judgesUnits(set) ? [] : (lampFreq(set) ?? [])));
}

/** A figure of a year is not judged by its days. */
export function isCoarser(a: Freq, b: Freq): boolean {
  return FREQUENCIES.indexOf(a) < FREQUENCIES.indexOf(b);
}

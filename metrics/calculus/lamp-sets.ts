import { type CellKey, FREQUENCIES, type Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdMeasure, ThresholdSet } from '@/metrics/model/definition-threshold';
import { colourOf } from './threshold-lamp';

/** The threshold sets that can light a lamp: limits or words without a colour light nothing. */
export function lampSets({ thresholds }: Pick<MetricDefinition, 'thresholds'>): ThresholdSet[] {
  return (thresholds?.sets ?? []).filter(({ rules }) => rules.some((rule) => colourOf(rule) !== undefined));
}

/** Sets that are judged unit by unit, never for a whole region: EARS by county and disease or topic (calculus.md §23). */
export function judgesUnits({ measure, by }: Pick<ThresholdSet, 'measure' | 'by'>): boolean {
  return by !== undefined || measure === 'ears';
}

/** Whether a cell is such a unit: a county, and one value of one dimension there. */
export function isOfUnit(
  { by }: Pick<ThresholdSet, 'by'>,
  { region, slice, freq }: Pick<CellKey, 'region' | 'slice' | 'freq'>,
): boolean {
  const [dimension = ''] = slice.split('=');
  const single = slice !== '' && !slice.includes(';');
  return freq === 'D' && region % 100 !== 0 && single && (by === undefined || by.includes(dimension));
}

/** The frequency in which a set is judged when it has one of its own, whatever figure is shown. */
export function lampFreq({ measure, rules }: Pick<ThresholdSet, 'measure' | 'rules'>): Freq | undefined {
  return rules.some(({ type }) => type === 'sustained') ? 'D' : OWN_FREQ[measure];
}

const OWN_FREQ: Partial<Record<ThresholdMeasure, Freq>> = { day_value: 'D', month_value: 'M' };

/** Frequencies beyond a figure's own that judging a metric needs. */
export function lampFreqs(definition: Pick<MetricDefinition, 'thresholds'>): Freq[] {
  return lampSets(definition).flatMap((set) => lampFreq(set) ?? []);
}

/** A figure of a year is not judged by its days. */
export function isCoarser(a: Freq, b: Freq): boolean {
  return FREQUENCIES.indexOf(a) < FREQUENCIES.indexOf(b);
}

import type { Observation } from '@/metrics/model/cell';
import { citationZh } from '@/metrics/model/unverified';
import { knownRegion } from '@/metrics/regions/tree';
import { formatPeriod } from '@/metrics/time/label';
import { isoOf } from '@/metrics/time/zone';

/** An observation as other systems read it: SDMX period, ISO instants in the province's time, decimals as text. */
export interface PublicObservation {
  metric: string;
  freq: string;
  region: number;
  regionName: string;
  slice: string;
  basis: string;
  measure: string;
  /** SDMX TIME_PERIOD, e.g. 2024-Q1. */
  period: string;
  /** First instant of the period. */
  periodStart: string;
  value: string | null;
  /** Of this value: % for a published rate, whatever its metric's own unit is. */
  unit: string;
  numerator: string | null;
  denominator: string | null;
  sampleCount: number;
  status: string;
  flags: string[];
  /** When this value became known. */
  vintage: string;
  source: string;
  definitionVersion: number;
  runId: string;
}

export function publicObservation(o: Observation, metricUnit: string): PublicObservation {
  return {
    metric: o.metric,
    freq: o.freq,
    region: o.region,
    regionName: knownRegion(o.region)?.name ?? String(o.region),
    slice: o.slice,
    basis: o.basis,
    measure: o.measure,
    period: formatPeriod(o.freq, o.periodMs),
    periodStart: isoOf(o.periodMs),
    value: o.value,
    unit: o.measure === 'yoy' || o.measure === 'mom' ? '%' : metricUnit,
    numerator: o.numerator,
    denominator: o.denominator,
    sampleCount: o.sampleCount,
    status: o.status,
    flags: o.flags,
    vintage: isoOf(o.vintageMs),
    source: citationZh(o.source),
    definitionVersion: o.definitionVersion,
    runId: o.runId,
  };
}

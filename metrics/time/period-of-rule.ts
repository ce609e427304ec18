import type { CellKey, Observation } from '@/metrics/model/cell';
import { isCensusCount } from '@/metrics/model/census-count';
import type { MetricDefinition } from '@/metrics/model/definition';
import { periodLabelAt, periodLabelZh } from './label';
import { nextPeriod, periodParts } from './period';

type Ruled = Pick<MetricDefinition, 'period_rule' | 'release'>;
type Of = Pick<CellKey, 'freq' | 'basis' | 'periodMs'> & Partial<Pick<Observation, 'status'>>;

/**
 * Whether a figure of the period speaks of the whole of it at an instant. Some are counted and published within their
 * year: a harvest in December, pupils in autumn. There is nothing to wait for until its end.
 */
export function isWholeAt({ release }: Ruled, { freq, periodMs }: Omit<Of, 'basis'>, atMs: number): boolean {
  if (nextPeriod(freq, periodMs) <= atMs) return true;
  return freq === 'A' && release.rules.some(({ type }) => type === 'in_year');
}

/** The period of a figure as it is called: of pupils the beginning of the school year, which is no end of a year, nor is a census. */
export function periodName(definition: Ruled, of: Of): string {
  const { freq, basis, periodMs } = of;
  if (freq === 'A' && isCensusCount(of)) return `${periodParts(periodMs).year}年普查时点`;
  if (definition.period_rule === 'SY' && freq === 'A') return `${periodParts(periodMs).year}学年初`;
  return periodLabelZh(freq, periodMs, basis);
}

/** The same at an instant: what is not whole yet says 至今. */
export function periodNameAt(definition: Ruled, of: Of, atMs: number): string {
  return isWholeAt(definition, of, atMs)
    ? periodName(definition, of)
    : periodLabelAt(of.freq, of.periodMs, of.basis, atMs);
}

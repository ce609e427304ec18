import { isYtd } from '@/metrics/model/basis';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';

/** What an index that is named by its months has as 100 (`calculus.md` §7). */
const MONTHLY_BASE = '上年同月=100';

/** A metric as a figure of one frequency is called: the index of a year is 上年=100, for no year has a 上年同月. */
export function nameAt(
  { name }: Pick<MetricDefinition, 'name'>,
  { freq, basis }: Pick<CellKey, 'freq' | 'basis'>,
): string {
  return name.replace(MONTHLY_BASE, baseOf(freq, basis));
}

function baseOf(freq: CellKey['freq'], basis: CellKey['basis']): string {
  if (freq === 'A') return '上年=100';
  if (isYtd(basis)) return '上年同期=100';
  return freq === 'Q' ? '上年同季=100' : MONTHLY_BASE;
}

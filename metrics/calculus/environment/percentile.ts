import { type Decimal, mustDecimal, type NumberLike } from '@/metrics/format/decimal';
import { presentOf } from '../result';

/**
 * Percentile of HJ 663: ascending X, k = 1 + (n − 1)·p, linear between neighbours (T41). Missing values are left out; null
 * when none is there.
 *
 * @param p 0–1, e.g. 0.9 for O3, 0.95 for CO
 */
export function percentile(values: readonly NumberLike[], p: string | number): Decimal | null {
  const ratio = mustDecimal(p);
  if (ratio.isNegative() || ratio.gt(1)) throw new RangeError(`percentile outside 0–1: ${p}`);
  const sorted = presentOf(values).sort((a, b) => a.cmp(b));
  const k = ratio.times(sorted.length - 1);
  const below = sorted[k.floor().toNumber()];
  if (below === undefined) return null;
  const above = sorted[k.floor().toNumber() + 1] ?? below;
  return below.plus(above.minus(below).times(k.minus(k.floor())));
}

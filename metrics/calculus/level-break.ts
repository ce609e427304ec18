import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { roundTo } from '@/metrics/format/rounding';
import { growthRatio } from './growth-ratio';

/** Growth is published with one place; what rounds to zero contradicts nothing. */
const PLACES = 1;

/**
 * Whether two neighbouring levels contradict the growth that was published between them: it says up and they fall, or
 * it says down and they rise. Prices alone may move a ratio far from constant-price growth (T16), so that its size
 * proves nothing; a ratio of the other sign most often means that the earlier level was revised (census, 最终核实)
 * and stands here as it was first released. False where either is unknown.
 */
export function contradictsGrowth(current: NumberLike, base: NumberLike, published: NumberLike): boolean {
  const said = toDecimal(published) === null ? null : roundTo(published, PLACES);
  const { value } = growthRatio({ current, base });
  const ratio = value === null ? null : roundTo(value, PLACES);
  if (!said || !ratio || said.isZero() || ratio.isZero()) return false;
  return said.isNegative() !== ratio.isNegative();
}

/** What a picture says between the two periods. */
export function breakNote(label: string): string {
  return `${label}与此前年份口径可能不同(普查修订):发布增速与水平值之比方向相反`;
}

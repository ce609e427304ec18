import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { noResult, type Result, resultOf } from '../result';

/** Fewer sections are judged one by one, not as a whole. */
const FEWEST_SECTIONS = 5;

export interface RiverSections {
  /** Evaluated ones; dry and frozen sections are none of them. Left out where nobody counts them and they are many: a province. */
  sections?: NumberLike;
  /** Shares of the classes Ⅰ–Ⅲ and 劣Ⅴ in percent. */
  good: NumberLike;
  worst: NumberLike;
}

/** 优 to 重度污染 of a river, a basin or a whole region by its sections (calculus.md §20, T49). The value is the share of good ones. */
export function riverQuality({ sections, good, worst }: RiverSections): Result {
  const operands = { ...(sections !== undefined && { sections }), good, worst };
  const count = toDecimal(sections);
  const share = toDecimal(good);
  if (share === null) return noResult('operand_missing', operands);
  if (sections === null) return noResult('operand_missing', operands, { text: '参评断面数不详' });
  if (count?.lt(FEWEST_SECTIONS)) {
    const text = `参评断面不足 ${FEWEST_SECTIONS} 个,逐断面评价`;
    return noResult('not_applicable', operands, { text });
  }
  const said = (text: string) => resultOf(share, operands, { text });
  if (share.gte(90)) return said('优');
  if (share.gte(75)) return said('良好');
  const bad = toDecimal(worst);
  if (bad === null) return noResult('operand_missing', operands);
  if (bad.lt(20)) return said('轻度污染');
  return said(bad.lt(40) ? '中度污染' : '重度污染');
}

import { asValue } from './decimal';
import { type Fragment, integer, sql } from './fragment';

/**
 * k = 1 + (n − 1)·p, linear between neighbours, in exact decimals (HJ 663, T41). p = `part`/`whole`, both whole numbers;
 * `list` is an array of decimals with at least one member.
 */
export function percentile(list: Fragment, part: number, whole = 100): Fragment {
  const steps = sql`((length(${list}) - 1) * ${integer(part)})`;
  const low = sql`arraySort(${list})[toUInt32(intDiv(${steps}, ${integer(whole)}) + 1)]`;
  const high = sql`arraySort(${list})[toUInt32(least(intDiv(${steps}, ${integer(whole)}) + 2, length(${list})))]`;
  return asValue(sql`${low} + (${high} - ${low}) * (${steps} % ${integer(whole)}) / ${integer(whole)}`);
}

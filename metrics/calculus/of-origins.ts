import { PUBLISHED_BASIS_ZH } from '@/metrics/format/definition-words';
import type { MetricDefinition } from '@/metrics/model/definition';
import { type OfOrigin, type Origin, originOf } from '@/metrics/model/origin';
import { usesBase } from './equal-coverage';
import { asPublished } from './published-growth';
import type { Result } from './result';

/**
 * A comparison of a published value with one computed from rows, of a metric that publishers count otherwise: empty with
 * its reason (calculus.md §16: 扣沙 and 未扣沙 are two bases, and 同比 is within one). A growth as published stands, and in
 * place of such a comparison, too. What is of both is compared and keeps its mark.
 */
export function ofOrigins<T extends Result>(
  definition: MetricDefinition,
  made: T,
  current: OfOrigin | undefined,
  base: OfOrigin | undefined,
): T {
  if (!usesBase(made)) return made;
  return acrossOrigins(definition, made, originOf(definition, current), originOf(definition, base));
}

/** The same of what was made of two results of which it is known by whose 口径 they are. */
export function acrossOrigins<T extends Result>(
  { published_basis: basis }: MetricDefinition,
  made: T,
  current: Origin | null,
  base: Origin | null,
): T {
  const differ = [current, base].includes('published') && [current, base].includes('computed');
  if (made.basis === 'published' || made.value === null || basis === undefined || !differ) return made;
  const text = `口径不同,不可比(发布数${PUBLISHED_BASIS_ZH[basis]})`;
  return asPublished(made) ?? { ...made, value: null, text, flags: ['not_comparable'] };
}

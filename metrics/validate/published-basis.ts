import { error, type Rule } from './rule';

/**
 * Another 口径 of publishers is another than that of rows: a metric that is reported alone has none, and one that keeps
 * the basis under its own name has it there (calculus.md §16).
 */
export const publishedBasis: Rule = (definition) => {
  const { published_basis: basis, kind, slices } = definition;
  const found = (message: string) => [
    error('published_basis', definition, 'published_basis', message, '去掉 published_basis'),
  ];
  if (basis === undefined) return [];
  if (kind === 'reported') return found('报送指标只有公布数,没有由明细计算的数与之区分');
  if (slices.includes(basis)) return found(`${basis} 已另列为一种口径,通常的公布数与由明细计算的数口径相同`);
  return [];
};

import type { ResultBasis } from '@/metrics/calculus/result';

/** How a value came about, in a word. */
export const BASIS_ZH: Readonly<Record<ResultBasis, string>> = {
  published: '发布',
  computed: '计算',
  approximate: '近似',
  deduced: '推算',
};

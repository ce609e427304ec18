import type { Basis } from '@/metrics/model/cell';

const BASIS_ZH: Readonly<Record<string, string>> = {
  period: '当期',
  ytd: '本年累计',
  point: '时点',
  mean: '均值',
  std2026: '2026版标准',
  std2026_ytd: '2026版标准累计',
  sand_adjusted: '扣沙',
};

/** A basis on screen. A named one of an operator's own that has no title keeps its name. */
export function basisTitle(basis: Basis): string {
  return BASIS_ZH[basis] ?? basis;
}

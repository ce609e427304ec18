import type { LineageRole } from '@/metrics/lineage/lineage';

/** The vocabulary that only the reference spells out. */
export const ROLE_ZH: Readonly<Record<LineageRole, string>> = {
  operand: '参与计算',
  opening: '期初存量',
  weight: '上卷权数',
};

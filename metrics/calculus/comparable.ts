import type { CellKey } from '@/metrics/model/cell';

/**
 * Whether two cells may be compared for 同比: all coordinates but the period agree, and so does the definition.
 * The basis matters most: 扣沙 and 未扣沙, `std2012` and `std2026` are bases, not vintages (calculus.md §3, §16, §18.6).
 *
 * @returns the coordinates that differ; empty when comparable
 */
export function incomparabilities(
  a: CellKey & { definitionVersion?: number },
  b: CellKey & { definitionVersion?: number },
): (keyof CellKey | 'definitionVersion')[] {
  const same = ['metric', 'freq', 'region', 'slice', 'basis', 'measure', 'definitionVersion'] as const;
  return same.filter((key) => a[key] !== b[key]);
}

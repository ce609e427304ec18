import type { RegionRow } from '@/server/services/desk/types';

export type RegionSortKey = 'rank' | 'name' | 'value' | 'change' | 'share';
export interface RegionSort {
  key: RegionSortKey;
  descending: boolean;
}

/** Sorted by one column; what is missing stands at the end in either order. */
export function sortRows(rows: readonly RegionRow[], { key, descending }: RegionSort): RegionRow[] {
  // The server's order is by rank, or by value where there are no ranks.
  if (key === 'rank') return descending ? presentFirst([...rows].reverse()) : [...rows];
  if (key === 'name') {
    const sign = descending ? -1 : 1;
    return [...rows].sort((a, b) => sign * (a.region.code - b.region.code));
  }
  return [...rows].sort((a, b) => {
    const x = numberOf(a, key);
    const y = numberOf(b, key);
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return descending ? y - x : x - y;
  });
}

function presentFirst(rows: RegionRow[]): RegionRow[] {
  const missing = ({ figure }: RegionRow) => Number(figure.value === null);
  return rows.sort((a, b) => missing(a) - missing(b));
}

function numberOf(row: RegionRow, key: 'value' | 'change' | 'share'): number | null {
  const text =
    key === 'value' ? row.figure.value : key === 'change' ? row.change.value : (row.share?.value ?? null);
  return text === null ? null : Number(text);
}

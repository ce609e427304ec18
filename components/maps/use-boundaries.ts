'use client';

import { useQuery } from '@tanstack/react-query';
import type { BoundaryTopology } from '@/metrics/geo/boundary-topology';

export interface BoundaryFile {
  /** What stands under the map: source and 审图号, or that there is none. */
  sourceLine: string;
  topology: BoundaryTopology;
}

const HOUR_MS = 3_600_000;

/** Outlines of the map; once seen they stay, whatever happens to the connection. */
export function useBoundaries() {
  return useQuery({
    queryKey: ['boundaries'],
    queryFn: async (): Promise<BoundaryFile> => {
      const response = await fetch('/api/boundaries');
      if (!response.ok) throw new Error(`边界读取失败(${response.status})`);
      return (await response.json()) as BoundaryFile;
    },
    staleTime: HOUR_MS,
    gcTime: Number.POSITIVE_INFINITY,
    retry: true,
    retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 15_000),
  });
}

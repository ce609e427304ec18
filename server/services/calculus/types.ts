import type { CellKey, ObsStatus } from '@/metrics/model/cell';
import type { CellRevisions } from '@/metrics/workings/revision';
import type { Working } from '@/metrics/workings/working';
import type { RegionRef } from '@/server/services/screens/types';

/** Everything that the calculus says of one cell at one instant, each result with what it was made of. */
export interface CellCalculus {
  cell: CellKey;
  metric: { code: string; name: string; unit: string; precision: number; definitionVersion: number };
  region: RegionRef;
  periodLabel: string;
  asOfMs: number;
  /** The level; null without one. */
  value: string | null;
  text: string;
  status: ObsStatus | null;
  /** null without a level, and of an observed zero: no vintage is kept of it. */
  vintageMs: number | null;
  flags: string[];
  workings: Working[];
  revisions: CellRevisions;
}

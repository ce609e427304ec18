import type { RegionCode } from '@/metrics/model/cell';

/** Half-open stretch of time, epoch milliseconds. */
export interface Window {
  fromMs: number;
  toMs: number;
}

/**
 * Who asks. `system`: a job computes the cells of every region and stores them; they are scoped when they are read
 * (server/observations/read.ts). A person: only cells of own regions come back and only metrics of own domains are
 * compiled (`domains` null: all); such a plan is for answering, it completes no window and is never stored.
 */
export type CompileScope = 'system' | { regions: readonly RegionCode[]; domains: readonly string[] | null };

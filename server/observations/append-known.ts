import type { Stores } from '@/server/context';
import { bumpDataVersion } from '@/server/observations/append';
import { announceAppend } from '@/server/observations/derive-queue';

/** A fact with the instant it became known; the caller has compared it with what is known already. */
export interface KnownObservation {
  metric: string;
  freq: string;
  region: number;
  slice: string;
  basis: string;
  measure: string;
  periodMs: number;
  vintageMs: number;
  value: string | null;
  numerator?: string | null;
  denominator?: string | null;
  sampleCount: number;
  status: string;
  flags: readonly string[];
  source: string;
  definitionVersion: number;
}

/**
 * Appends facts with vintages of their own, all in one insert. `dependents: false` is for what is derived itself: its
 * dependents are derived in the same pass. @returns how many.
 */
export async function appendKnown(
  stores: Stores,
  runId: string,
  observations: readonly KnownObservation[],
  { dependents = true }: { dependents?: boolean } = {},
): Promise<number> {
  if (observations.length === 0) return 0;
  if (dependents) await announceAppend(stores, runId);
  await stores.warehouse.jobs.insert(
    'observation',
    observations.map((one) => ({
      metric: one.metric,
      freq: one.freq,
      region: one.region,
      slice: one.slice,
      basis: one.basis,
      measure: one.measure,
      period: one.periodMs / 1000,
      vintage: (one.vintageMs / 1000).toFixed(3),
      value: one.value,
      numerator: one.numerator ?? null,
      denominator: one.denominator ?? null,
      sample_count: one.sampleCount,
      status: one.status,
      flags: one.flags,
      source: one.source,
      run_id: runId,
      definition_version: one.definitionVersion,
    })),
    { max_partitions_per_insert_block: 0 },
  );
  const version = await bumpDataVersion(stores);
  stores.bus.emit('observations', {
    version,
    metrics: [...new Set(observations.map(({ metric }) => metric))].sort(),
    regions: [...new Set(observations.map(({ region }) => region))].sort((a, b) => a - b),
  });
  return observations.length;
}

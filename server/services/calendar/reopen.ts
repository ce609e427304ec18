import { usesWorkdays } from '@/metrics/compile/workdays';
import { PROVINCE_CODE } from '@/metrics/regions/tree';
import { instantOf } from '@/metrics/time/zone';
import { datasetSpan } from '@/server/compute/window';
import type { Context, Stores } from '@/server/context';
import { findDataset } from '@/server/datasets/registry';
import type { Transaction } from '@/server/db/client';
import { computeQueue } from '@/server/db/schema/ingest';

/** A stretch of one dataset whose working days are counted anew. */
export interface Reopened {
  dataset: string;
  /** Its Chinese name. */
  title: string;
  fromMs: number;
  toMs: number;
}

/**
 * What a change of a year's table makes untrue: that year of every dataset with a metric that counts working days.
 * What is counted may have begun in the year before, so its rows are looked at too; computation follows them into
 * later ones. Nothing for a year that lies ahead.
 */
export async function affectedByYear(ctx: Context, year: number): Promise<Reopened[]> {
  const [fromMs, toMs] = [instantOf(year - 1), instantOf(year + 1)];
  if (instantOf(year) > ctx.clock.nowMs()) return [];
  const names = ctx.registry
    .all()
    .flatMap(({ definition }) =>
      definition.kind === 'aggregated' && usesWorkdays(definition) ? [definition.dataset] : [],
    );
  const affected: Reopened[] = [];
  for (const dataset of [...new Set(names)].sort()) {
    // A definition may speak of a dataset that is not connected. Somebody waits for this answer: not behind a computation.
    const entry = findDataset(dataset);
    if (!entry) continue;
    const span = await datasetSpan(ctx, entry, 'screens');
    if (span && span.fromMs < toMs) affected.push({ dataset, title: entry.contract.title, fromMs, toMs });
  }
  return affected;
}

export async function queueReopened(
  tx: Transaction,
  clock: Stores['clock'],
  reopened: readonly Reopened[],
): Promise<void> {
  if (reopened.length === 0) return;
  await tx.insert(computeQueue).values(
    reopened.map(({ dataset, fromMs, toMs }) => ({
      dataset,
      windowStart: new Date(fromMs),
      windowEnd: new Date(toMs),
      createdAt: new Date(clock.nowMs()),
    })),
  );
}

/** Every figure may be fresh or overdue by another day now: open screens read again. */
export function announceCalendar(ctx: Context, version: number): void {
  const metrics = ctx.registry.all().map(({ definition }) => definition.code);
  ctx.bus.emit('observations', { version, metrics, regions: [PROVINCE_CODE] });
}

import type { Stores } from '@/server/context';
import { allDatasets } from '@/server/datasets/registry';
import { outdated, presentlyComputedBy, readComputedBy, rememberComputedBy } from './computed-by';
import { type DatasetFailure, failureOf, runCompute } from './run';
import type { RunReport } from './run-record';

/** Of the processes of an installation one computes again; the others wait, and find it done. */
const LOCK = 'compute again';

interface UpgradeRun {
  runId: string;
  signal?: AbortSignal;
}

/**
 * Computes again what a newer build counts otherwise: all rows of a dataset whose rules changed, or the metrics of it
 * whose definitions did. What is equal is not appended, and what it is computed by is remembered last: a kill at any
 * point costs doing the dataset again. Like every computation it gives way to what a wall waits for.
 */
export async function computeOutdated(stores: Stores, run: UpgradeRun): Promise<RunReport> {
  // A schedule that comes while this process is at it has nothing to wait for.
  if (stores.underWay.has(LOCK)) return { outcome: 'skipped', rowsRead: 0, rowsWritten: 0 };
  return stores.underWay.share(LOCK, () => stores.locks.hold(LOCK, () => computeAgain(stores, run)));
}

async function computeAgain(stores: Stores, { runId, signal }: UpgradeRun): Promise<RunReport> {
  const report: RunReport = { outcome: 'skipped', rowsRead: 0, rowsWritten: 0 };
  const done: { dataset: string; metrics: readonly string[] | 'all' }[] = [];
  const failures: DatasetFailure[] = [];
  const known = await readComputedBy(stores);
  for (const { contract } of allDatasets()) {
    const dataset = contract.name;
    const present = presentlyComputedBy(stores.registry, dataset);
    const metrics = outdated(known.get(dataset), present);
    if (metrics === null) continue;
    signal?.throwIfAborted();
    try {
      const result = await runCompute(stores, {
        ...{ dataset, fromMs: 0, reason: 'upgrade', runId },
        ...(metrics !== 'all' && { metrics }),
        ...(signal && { signal }),
      });
      await rememberComputedBy(stores, dataset, present);
      if (result.datasets.length === 0) continue;
      report.rowsRead += result.rowsRead;
      report.rowsWritten += result.rowsWritten + result.derivedRows;
      done.push({ dataset, metrics });
    } catch (error) {
      // The others are not to wait with it; it is tried again by the next run.
      if (signal?.aborted) throw error;
      failures.push({ dataset, error });
    }
  }
  if (failures.length > 0) throw failureOf(failures);
  return { ...report, outcome: done.length > 0 ? 'success' : 'skipped', details: { computed: done } };
}

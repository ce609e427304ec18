import { randomUUID } from 'node:crypto';
import type { Freq } from '@/metrics/model/cell';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { allDatasets, getDataset } from '@/server/datasets/registry';
import { messageOf } from '@/server/redacted';
import { deriveObservations, mustDerive } from './derive/derive';
import { computeEarly, computeEntry, takeUrgent } from './entry';
import { waitingDatasets } from './queue';
import { type RunReport, recordRun } from './run-record';
import { alone, beforeOthers, giveWay } from './turns';

export interface ComputeOptions {
  /** Absent: every dataset with something waiting (or every dataset when a window or metrics are named). */
  dataset?: string;
  /** Stretch of business time instead of what waits in the queue; `fromMs` alone reaches to the newest row. */
  fromMs?: number;
  toMs?: number;
  /** Codes; absent: all that read the dataset. */
  metrics?: readonly string[];
  freqs?: readonly Freq[];
  /** Why, for the record: `queue`, `push`, `sweep`, `command` … */
  reason: string;
  /** Identity of the run; a second run of the same id does nothing. */
  runId?: string;
  /** Rows of the queue of which `runEarly` has computed what a wall waits for: it is not computed once more. */
  shown?: ReadonlySet<number>;
  signal?: AbortSignal;
}

export interface ComputeResult {
  runId: string;
  rowsRead: number;
  rowsWritten: number;
  /** Rows of what follows from other cells: formulas, composites, rollups, other stretches of time. */
  derivedRows: number;
  /** Cells of these that were looked at. */
  derivedCells: number;
  durationMs: number;
  datasets: readonly string[];
  /** What was refused and why, metric by metric. */
  refusals: readonly { metric: string; code: string; message: string }[];
}

const ALL_FREQS: readonly Freq[] = ['N', 'H', 'D', 'M', 'Q', 'A'];

/**
 * Computes observations from dataset rows: what waits in the queue, or a named stretch. Idempotent; killed at any point
 * it leaves the queue as it was, and the next run finishes without doubling anything.
 */
export function runCompute(stores: Stores, options: ComputeOptions): Promise<ComputeResult> {
  return alone(stores, () => compute(stores, options));
}

/**
 * Computes of what waits for a dataset only what a wall waits for, before the longer computations under way or waiting;
 * it stays in the queue for a whole run. @returns the rows of the queue that were looked at.
 */
export function runEarly(
  stores: Stores,
  { dataset, signal }: { dataset: string; signal?: AbortSignal },
): Promise<readonly number[]> {
  return beforeOthers(stores, async () => {
    const entry = getDataset(dataset);
    const take = await takeUrgent(stores, entry);
    if (!take) return [];
    const runId = randomUUID();
    let shown: readonly number[] = [];
    await recordRun(stores, { id: runId, job: 'compute' }, async () => {
      const done = await computeEarly(stores, {
        entry,
        take,
        runId,
        freqs: ALL_FREQS,
        ...(signal && { signal }),
      });
      shown = done.shown;
      const details = { reason: 'push', datasets: [dataset] };
      return { outcome: 'success', rowsRead: 0, rowsWritten: done.rowsWritten, details };
    });
    return shown;
  });
}

async function compute(stores: Stores, options: ComputeOptions): Promise<ComputeResult> {
  const runId = options.runId ?? randomUUID();
  const startedMs = performance.now();
  const result = {
    runId,
    rowsRead: 0,
    rowsWritten: 0,
    derivedRows: 0,
    derivedCells: 0,
    datasets: [] as string[],
    refusals: [] as ComputeResult['refusals'][number][],
  };
  const { signal } = options;
  const pause = () => giveWay(stores);
  const failures: DatasetFailure[] = [];
  const work = async (): Promise<RunReport> => {
    for (const entry of await entriesFor(stores, options)) {
      const dataset = entry.contract.name;
      try {
        const done = await computeEntry(stores, {
          entry,
          runId,
          pause,
          freqs: options.freqs ?? ALL_FREQS,
          ...(isExplicit(options) && { stretch: { fromMs: options.fromMs, toMs: options.toMs } }),
          ...(options.metrics && { metrics: options.metrics }),
          ...(options.shown && { shown: options.shown }),
          ...(signal && { signal }),
        });
        if (!done) continue;
        result.rowsRead += done.rowsRead;
        result.rowsWritten += done.rowsWritten;
        result.datasets.push(dataset);
        result.refusals.push(...done.refusals);
      } catch (error) {
        // What waits of it stays queued. The others are not to wait with it, for ever if it fails each time.
        if (signal?.aborted) throw error;
        failures.push({ dataset, error });
      }
    }
    const derived = await deriveObservations(stores, { runId, pause, ...(signal && { signal }) });
    result.derivedRows = derived.rowsWritten;
    result.derivedCells = derived.targets;
    if (failures.length > 0) throw failureOf(failures);
    return reportOf(result, options.reason);
  };
  // A run inside a scheduled job is recorded by the job; nothing waiting leaves no trace at all.
  if (options.runId !== undefined || !(await hasWork(stores, options))) await work();
  else await recordRun(stores, { id: runId, job: 'compute' }, work);
  return { ...result, durationMs: Math.round(performance.now() - startedMs) };
}

/** A run's record; its details are for the operator. */
export function reportOf(result: Omit<ComputeResult, 'durationMs'>, reason: string): RunReport {
  const { datasets, refusals, derivedCells, derivedRows } = result;
  return {
    outcome: datasets.length === 0 && derivedCells === 0 ? 'skipped' : 'success',
    rowsRead: result.rowsRead,
    rowsWritten: result.rowsWritten + derivedRows,
    details: { reason, datasets, derivedCells, derivedRows, refusals },
  };
}

export interface DatasetFailure {
  dataset: string;
  error: unknown;
}

/** One error that names what failed of which dataset. */
export function failureOf(failures: readonly DatasetFailure[]): Error {
  const text = failures.map(({ dataset, error }) => `${dataset}: ${messageOf(error)}`);
  return new Error(text.join('\n'), { cause: failures[0]?.error });
}

async function hasWork(stores: Stores, options: ComputeOptions): Promise<boolean> {
  if (isExplicit(options) || (await mustDerive(stores))) return true;
  const waiting = await waitingDatasets(stores);
  return options.dataset === undefined ? waiting.length > 0 : waiting.includes(options.dataset);
}

function isExplicit({ fromMs, toMs, metrics }: ComputeOptions): boolean {
  return fromMs !== undefined || toMs !== undefined || metrics !== undefined;
}

async function entriesFor(stores: Stores, options: ComputeOptions): Promise<DatasetEntry[]> {
  if (options.dataset !== undefined) return [getDataset(options.dataset)];
  if (isExplicit(options)) return [...allDatasets()];
  const waiting = new Set(await waitingDatasets(stores));
  // Published figures first: computed cells give way to them.
  return allDatasets().filter((entry) => waiting.has(entry.contract.name));
}

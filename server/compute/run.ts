import { randomUUID } from 'node:crypto';
import type { Window } from '@/metrics/compile/types';
import type { Freq } from '@/metrics/model/cell';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { allDatasets, getDataset } from '@/server/datasets/registry';
import { computeDataset } from './dataset';
import { deriveObservations, mustDerive } from './derive/derive';
import { publishOfficialFigures } from './official';
import { dropQueue, takeQueue, waitingDatasets } from './queue';
import { type RunReport, recordRun } from './run-record';
import { rowsIn } from './statement';
import { datasetSpan } from './window';

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
  signal?: AbortSignal;
}

export interface ComputeResult {
  runId: string;
  rowsRead: number;
  rowsWritten: number;
  /** Rows of what follows from other cells: formulas, composites, rollups, other stretches of time. */
  derivedRows: number;
  durationMs: number;
  datasets: readonly string[];
  /** What was refused and why, metric by metric. */
  refusals: readonly { metric: string; code: string; message: string }[];
}

const ALL_FREQS: readonly Freq[] = ['N', 'H', 'D', 'M', 'Q', 'A'];
const OFFICIAL = 'official_figure';

/** One run at a time a process: two would compute the same cells and compare with a state that the other changes. */
const chains = new WeakMap<object, Promise<unknown>>();

/**
 * Computes observations from dataset rows: what waits in the queue, or a named stretch. Idempotent; killed at any point
 * it leaves the queue as it was, and the next run finishes without doubling anything.
 */
export function runCompute(stores: Stores, options: ComputeOptions): Promise<ComputeResult> {
  return alone(stores, () => compute(stores, options));
}

/** Waits for the computations of this process that came before, then runs with none beside it. */
export function alone<T>(stores: Pick<Stores, 'warehouse'>, work: () => Promise<T>): Promise<T> {
  const before = chains.get(stores.warehouse) ?? Promise.resolve();
  const turn = before.catch(() => undefined).then(work);
  chains.set(stores.warehouse, turn);
  return turn;
}

async function compute(stores: Stores, options: ComputeOptions): Promise<ComputeResult> {
  const runId = options.runId ?? randomUUID();
  const startedMs = performance.now();
  const result = {
    runId,
    rowsRead: 0,
    rowsWritten: 0,
    derivedRows: 0,
    datasets: [] as string[],
    refusals: [] as ComputeResult['refusals'][number][],
  };
  const work = async (): Promise<RunReport> => {
    for (const entry of await entriesFor(stores, options)) {
      const done = await computeEntry(stores, entry, options, runId);
      if (!done) continue;
      result.rowsRead += done.rowsRead;
      result.rowsWritten += done.rowsWritten;
      result.datasets.push(entry.contract.name);
      result.refusals.push(...done.refusals);
    }
    const { signal } = options;
    const derived = await deriveObservations(stores, { runId, ...(signal && { signal }) });
    result.derivedRows = derived.rowsWritten;
    const idle = result.datasets.length === 0 && derived.targets === 0;
    return {
      outcome: idle ? 'skipped' : 'success',
      rowsRead: result.rowsRead,
      rowsWritten: result.rowsWritten + derived.rowsWritten,
      details: {
        reason: options.reason,
        datasets: result.datasets,
        derivedCells: derived.targets,
        derivedRows: derived.rowsWritten,
        refusals: result.refusals,
      },
    };
  };
  // A run inside a scheduled job is recorded by the job; nothing waiting leaves no trace at all.
  if (options.runId !== undefined || !(await hasWork(stores, options))) await work();
  else await recordRun(stores, { id: runId, job: 'compute' }, work);
  return { ...result, durationMs: Math.round(performance.now() - startedMs) };
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

async function computeEntry(
  stores: Stores,
  entry: DatasetEntry,
  options: ComputeOptions,
  runId: string,
): Promise<{ rowsRead: number; rowsWritten: number; refusals: ComputeResult['refusals'] } | null> {
  const { name, businessTime } = entry.contract;
  const take = isExplicit(options) ? null : await takeQueue(stores, name);
  const windows = take ? take.windows : await explicitWindow(stores, entry, options);
  if (windows.length === 0) return null;
  if (name === OFFICIAL) {
    const done = await publishOfficialFigures(stores, runId);
    if (take) await dropQueue(stores, take.ids);
    return { ...done, refusals: [] };
  }
  const done = await computeDataset(stores, {
    entry,
    changed: windows,
    definitions: definitionsOf(stores, options.metrics),
    freqs: options.freqs ?? ALL_FREQS,
    runId,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  // Only now: a kill before this line leaves the rows queued, and computing them again appends nothing twice.
  if (take) await dropQueue(stores, take.ids);
  let rowsRead = 0;
  for (const window of windows)
    rowsRead += await rowsIn(stores, name, businessTime, window.fromMs, window.toMs);
  return { rowsRead, rowsWritten: done.rowsWritten, refusals: done.refusals };
}

async function explicitWindow(
  stores: Stores,
  entry: DatasetEntry,
  options: ComputeOptions,
): Promise<Window[]> {
  const span = await datasetSpan(stores, entry);
  if (!span) return [];
  const fromMs = Math.max(options.fromMs ?? span.fromMs, span.fromMs);
  const toMs = Math.min(options.toMs ?? span.toMs, span.toMs);
  return fromMs < toMs ? [{ fromMs, toMs }] : [];
}

function definitionsOf(stores: Stores, metrics: readonly string[] | undefined) {
  return stores.registry
    .all()
    .filter(({ definition }) => metrics === undefined || metrics.includes(definition.code))
    .map(({ definition, version }) => ({ definition, version }));
}

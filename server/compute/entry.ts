import type { Window } from '@/metrics/compile/types';
import { FREQUENCIES, type Freq } from '@/metrics/model/cell';
import { DAY_MS } from '@/metrics/time/zone';
import { countedDefinitions } from '@/server/catalogue/registry';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { OFFICIAL_FIGURE } from '@/server/datasets/official-figure';
import { type ComputePart, computeDataset, type DatasetRunResult } from './dataset';
import { rememberFeedBegin } from './feed-begin';
import { publishOfficialFigures } from './official';
import { dropQueue, type QueueTake, takeQueue } from './queue';
import { rowsIn } from './statement';
import { datasetSpan } from './window';

/** What of one dataset is computed, and how. */
export interface EntryRun {
  entry: DatasetEntry;
  runId: string;
  /** A named stretch of business time; absent: what waits in the queue. */
  stretch?: { fromMs?: number | undefined; toMs?: number | undefined };
  /** Codes; absent: all that read the dataset. */
  metrics?: readonly string[];
  freqs: readonly Freq[];
  /** Rows of the queue of which a wall has what it waits for. */
  shown?: ReadonlySet<number>;
  pause?: () => Promise<void>;
  signal?: AbortSignal;
}

export interface EntryResult extends Omit<DatasetRunResult, 'begin'> {
  rowsRead: number;
}

/** More is a delivery of history: no wall waits for it, and it would keep others waiting. */
const EARLY_LIMIT_MS = 62 * DAY_MS;

/** Everything that changes with the rows; null when nothing waits. Only then is it taken out of the queue. */
export async function computeEntry(stores: Stores, run: EntryRun): Promise<EntryResult | null> {
  const { entry, stretch } = run;
  const { name, businessTime } = entry.contract;
  const take = stretch ? null : await takeQueue(stores, name);
  const windows = take ? take.windows : await stretchOf(stores, entry, stretch ?? {});
  if (windows.length === 0) return null;
  const shown = take?.ids.every((id) => run.shown?.has(id)) === true;
  if (name === OFFICIAL_FIGURE) {
    const done = shown ? { rowsRead: 0, rowsWritten: 0 } : await publishOfficialFigures(stores, run.runId);
    if (take) await dropQueue(stores, take.ids);
    return { ...done, refusals: [] };
  }
  const done = await computeWindows(stores, run, windows, shown ? 'rest' : undefined);
  // All that is marked by it has been computed again; of some metrics or frequencies the others have not.
  const isWhole = run.metrics === undefined && FREQUENCIES.every((freq) => run.freqs.includes(freq));
  if (done.begin && isWhole) await rememberFeedBegin(stores, name, done.begin);
  // Only now: a kill before this line leaves the rows queued, and computing them again appends nothing twice.
  if (take) await dropQueue(stores, take.ids);
  let rowsRead = 0;
  for (const window of windows)
    rowsRead += await rowsIn(stores, name, businessTime, window.fromMs, window.toMs);
  return { rowsRead, rowsWritten: done.rowsWritten, refusals: done.refusals };
}

export interface EarlyResult {
  rowsWritten: number;
  /** Rows of the queue that were looked at; they stay in it. */
  shown: readonly number[];
}

/** What a wall waits for of what waits in the queue: rows placed by when they came in, and published figures. */
export async function computeEarly(
  stores: Stores,
  run: Pick<EntryRun, 'entry' | 'runId' | 'freqs' | 'signal'> & { take: QueueTake },
): Promise<EarlyResult> {
  const { entry, take } = run;
  const shown = take.ids;
  if (entry.contract.name === OFFICIAL_FIGURE) {
    const { rowsWritten } = await publishOfficialFigures(stores, run.runId);
    return { rowsWritten, shown };
  }
  const { rowsWritten } = await computeWindows(stores, run, take.windows, 'early');
  return { rowsWritten, shown };
}

/** What waits and is short enough to go before others. */
export async function takeUrgent(stores: Stores, { contract }: DatasetEntry): Promise<QueueTake | null> {
  const take = await takeQueue(stores, contract.name);
  const lengthMs = take.windows.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return lengthMs > 0 && lengthMs <= EARLY_LIMIT_MS ? take : null;
}

function computeWindows(
  stores: Stores,
  { entry, metrics, freqs, runId, pause, signal }: Omit<EntryRun, 'stretch' | 'shown'>,
  changed: readonly Window[],
  part: ComputePart | undefined,
): Promise<DatasetRunResult> {
  return computeDataset(stores, {
    entry,
    changed,
    definitions: countedDefinitions(stores.registry).filter(
      ({ definition }) => metrics === undefined || metrics.includes(definition.code),
    ),
    freqs,
    runId,
    ...(part && { part }),
    ...(pause && { pause }),
    ...(signal && { signal }),
  });
}

async function stretchOf(
  stores: Stores,
  entry: DatasetEntry,
  wanted: { fromMs?: number | undefined; toMs?: number | undefined },
): Promise<Window[]> {
  const span = await datasetSpan(stores, entry);
  if (!span) return [];
  const fromMs = Math.max(wanted.fromMs ?? span.fromMs, span.fromMs);
  const toMs = Math.min(wanted.toMs ?? span.toMs, span.toMs);
  return fromMs < toMs ? [{ fromMs, toMs }] : [];
}

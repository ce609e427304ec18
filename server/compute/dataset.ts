import { compileDataset } from '@/metrics/compile/compile';
import { askedByQuarter } from '@/metrics/compile/quarters';
import type { CompileInput, Refusal, VersionedDefinition, Window } from '@/metrics/compile/types';
import { mergeWindows, sharingPeriods, splitWindow, widen } from '@/metrics/compile/windows';
import { workdayTableOf } from '@/metrics/compile/workdays';
import type { Freq } from '@/metrics/model/cell';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { PROVINCE_CODE, regionsOfLevel } from '@/metrics/regions/tree';
import { readWorkCalendar } from '@/server/calendar/holidays';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { AIR_RULES } from './air-rules';
import {
  type FeedBegin,
  isPlacedLater,
  movedBegin,
  presentFeedBegin,
  readFeedBegin,
  settledFrom,
} from './feed-begin';
import { readOpenings } from './openings';
import { rowsIn, runStatements } from './statement';
import { stockWindows } from './stocks';
import { affectedWindow, datasetSpan, excludedSlices } from './window';

export type ComputePart = 'early' | 'rest';

export interface DatasetRun {
  entry: DatasetEntry;
  /** Stretches of business time whose rows changed. */
  changed: readonly Window[];
  definitions: readonly VersionedDefinition[];
  freqs: readonly Freq[];
  runId: string;
  /** Only what a wall waits for of the changed rows, or only everything else; absent: both. */
  part?: ComputePart;
  /** Asked between statements: others may compute here, because what is done is appended. */
  pause?: () => Promise<void>;
  /** Asked between statements: a stop loses nothing, because what is done is appended and the rest stays queued. */
  signal?: AbortSignal;
}

export interface DatasetRunResult {
  rowsWritten: number;
  refusals: readonly Refusal[];
  /** Where the rows begin, by which the cells are marked; absent where none of the metrics asks. */
  begin?: FeedBegin;
}

/**
 * What is computed in one statement: so much that reading it takes longer than the engine's planning, so little that
 * whoever waits for its end waits for seconds, and its cells fit into memory.
 */
const ROWS_A_STATEMENT = 5_000_000;
const MONTHS_A_STATEMENT = 12;

/**
 * Computes what depends on the changed rows: hours, days and months first, piece by piece, so that a wall sees them
 * at once; then what is made of them (cumulative values, years, percentiles, indices).
 */
export async function computeDataset(stores: Stores, run: DatasetRun): Promise<DatasetRunResult> {
  const { entry, definitions } = run;
  const { contract } = entry;
  const span = await datasetSpan(stores, entry);
  const own = definitions.flatMap(({ definition }) =>
    definition.kind === 'aggregated' && definition.dataset === contract.name ? [definition] : [],
  );
  const times = [...new Set(own.flatMap(({ time }) => (time === undefined ? [] : [time])))];
  const items = itemDeadlines(own);
  if (own.length === 0) return { rowsWritten: 0, refusals: [] };
  const early = run.part === 'early';
  const windows: Window[] = early ? [...run.changed] : [];
  for (const changed of early ? [] : run.changed)
    windows.push(await affectedWindow(stores, entry, { times, items }, changed));
  const nowMs = stores.clock.nowMs();
  const { begin, moved } = await beginOf(stores, run, own, early ? null : span);
  const settledFromMs = begin && settledFrom(entry, begin);
  windows.push(...moved);
  const stocks = early
    ? []
    : await stockWindows(stores, { entry, changed: [...run.changed, ...moved], times }, own, span?.toMs ?? 0);
  // A register is known as far as its stocks are: in months in which nothing was due, too.
  if (items.length > 0) windows.push(...stocks);
  const [calendar, excluded, openings] = await Promise.all([
    readWorkCalendar(stores),
    excludedSlices(stores, contract, [...new Set(own.flatMap(({ slices }) => slices))], span?.toMs ?? 0),
    readOpenings(stores, own, nowMs),
  ]);
  const base: Omit<CompileInput, 'freqs' | 'window' | 'stockWindow'> = {
    // The installation computes for everybody; who may see which cell is decided when it is read.
    scope: 'system',
    contract,
    definitions,
    nowMs,
    deadlines: entry.mayBeFuture,
    province: PROVINCE_CODE,
    cities: regionsOfLevel('city').map((city) => city.code),
    counties: regionsOfLevel('county').map((county) => county.code),
    air: AIR_RULES,
    workdays: workdayTableOf(calendar),
    excludedSlices: excluded,
    openings,
    quarterly: askedByQuarter(stores.registry.all().map(({ definition }) => definition)),
    fedDaily: isFedDaily(stores, contract.name),
    operands: operandsOfFunctions(stores, own),
    ...(entry.labelsHourEnd ? { labelsHourEnd: true } : {}),
    ...(settledFromMs === undefined ? {} : { settledFromMs }),
  };
  let rowsWritten = 0;
  let part = 0;
  const refusals = new Map<string, Refusal>();
  const execute = async (freqs: readonly Freq[], windows: Pick<CompileInput, 'window' | 'stockWindow'>) => {
    const plan = compileDataset({ ...base, freqs, ...windows });
    for (const refusal of plan.refusals) refusals.set(`${refusal.metric} ${refusal.code}`, refusal);
    const from = run.part === 'rest' ? plan.earlyLayers : 0;
    for (const layer of plan.layers.slice(from, early ? plan.earlyLayers : undefined)) {
      await run.pause?.();
      run.signal?.throwIfAborted();
      part += 1;
      const stageId = `${run.runId}-${part}`;
      const done = await runStatements(stores, layer, { runId: run.runId, source: contract.name }, stageId);
      rowsWritten += done.appended + done.withdrawn;
    }
  };
  const [fine, long] = [run.freqs.filter((freq) => !isLong(freq)), run.freqs.filter(isLong)];
  for (const [freqs, window] of fineWindows(fine, windows)) {
    for (const piece of await piecesOf(stores, entry, window)) await execute(freqs, { window: piece });
  }
  for (const window of fine.length > 0 ? stocks : []) {
    for (const piece of await piecesOf(stores, entry, window)) await execute(fine, { stockWindow: piece });
  }
  if (long.length > 0 && !early) {
    for (const window of mergeWindows(windows.map((one) => widen('A', one)))) await execute(long, { window });
    for (const stockWindow of stocks) await execute(long, { stockWindow });
  }
  return { rowsWritten, refusals: [...refusals.values()], ...(begin && { begin }) };
}

/** Where the rows begin, and the cells that were marked by another beginning. What a wall waits for is marked by none. */
async function beginOf(
  stores: Stores,
  { entry, changed }: DatasetRun,
  own: readonly AggregatedDefinition[],
  span: Window | null,
): Promise<{ begin?: FeedBegin; moved: readonly Window[] }> {
  if (!span || !isPlacedLater(own, entry)) return { moved: [] };
  const known = await readFeedBegin(stores, entry.contract.name);
  const begin = await presentFeedBegin(stores, entry, { known, lowMs: span.fromMs, changed });
  return { begin, moved: movedBegin(entry, known, begin, stores.clock.nowMs()) };
}

/** A stretch in pieces of whole months, each for a statement of its own. */
async function piecesOf(stores: Stores, { contract }: DatasetEntry, window: Window): Promise<Window[]> {
  const months = splitWindow('M', window, 1).length;
  if (months === 1) return [window];
  const rows = await rowsIn(stores, contract.name, contract.businessTime, window.fromMs, window.toMs);
  const fitting = Math.floor((months * ROWS_A_STATEMENT) / Math.max(rows, 1));
  return splitWindow('M', window, Math.max(1, Math.min(fitting, MONTHS_A_STATEMENT)));
}

/**
 * What is read of rows, in order. A changed row reopens its whole month, so stretches of one month are one pass over it;
 * hours and minutes reopen their days alone, and keep to the stretches.
 */
function fineWindows(freqs: readonly Freq[], windows: readonly Window[]): [readonly Freq[], Window][] {
  const byHour = freqs.filter((freq) => freq === 'H' || freq === 'N');
  const byDay = freqs.filter((freq) => freq !== 'H' && freq !== 'N');
  return sharingPeriods('M', windows)
    .flatMap((group): [readonly Freq[], Window][] => {
      const [first] = group;
      const last = group.at(-1);
      if (!first || !last) return [];
      if (first === last) return [[freqs, first]];
      const whole: Window = { fromMs: first.fromMs, toMs: last.toMs };
      return [...group.map((window): [readonly Freq[], Window] => [byHour, window]), [byDay, whole]];
    })
    .filter(([asked]) => asked.length > 0);
}

/** Made of whole years: of their months, or of their rows where these do not add up. */
function isLong(freq: Freq): boolean {
  return freq === 'A' || freq === 'Q';
}

/** Items with the column of their deadline, by which `due_rate` places them. */
function itemDeadlines(definitions: readonly AggregatedDefinition[]): { item: string; deadline: string }[] {
  return definitions.flatMap(({ fn }) =>
    fn?.name === 'due_rate' ? [{ item: String(fn.args.item), deadline: String(fn.args.deadline) }] : [],
  );
}

/** Whatever is computed just now: some metric of the dataset counts its rows day by day. */
function isFedDaily({ registry }: Stores, dataset: string): boolean {
  return registry.all().some(({ definition }) => {
    if (definition.kind !== 'aggregated' || definition.dataset !== dataset) return false;
    return !definition.fn && definition.rows === 'in_period' && ['D', 'H', 'N'].includes(definition.freq);
  });
}

/** Metrics whose rows a named function counts by their own definition. */
function operandsOfFunctions({ registry }: Stores, definitions: readonly AggregatedDefinition[]) {
  return definitions.flatMap(({ fn }) => {
    const found = registry.find(String(fn?.args.cases ?? ''));
    return found ? [found.definition] : [];
  });
}

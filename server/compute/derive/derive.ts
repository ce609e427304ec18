import { isCityMean, PUBLISHED_FREQS } from '@/metrics/derive/city-mean';
import { cellId } from '@/metrics/derive/known';
import { frequenciesOf } from '@/metrics/derive/reach';
import type { Speakers } from '@/metrics/derive/speakers';
import type { CellKey, Freq } from '@/metrics/model/cell';
import { countingOf } from '@/server/catalogue/registry';
import type { Stores } from '@/server/context';
import { announceAppend, dropDeriveQueue, takeDeriveQueue } from '@/server/observations/derive-queue';
import { readCells, type WantedCells } from '@/server/observations/history';
import { Changed, Pending, targetsFrom } from './pass';
import { isDerivedByPresentRules, rememberRules } from './present-rules';
import { readAhead } from './read-ahead';
import { derivationsOf } from './rules-of';
import { deriveTargets } from './targets';
import { countAfterBrokenRuns } from './uncounted';

export interface DeriveResult {
  /** Cells that were looked at. */
  targets: number;
  rowsWritten: number;
}

/** Rows that are held before they are appended: bounds memory when everything is derived. */
const FLUSH_ROWS = 20_000;

/**
 * Derives what depends on the observations appended since the last time: formulas, composites, rollups and other
 * stretches of time, operands first, each at every instant at which an operand became known. The queue is emptied
 * last, so that a kill at any point costs nothing but doing it again, and doing it again appends nothing twice.
 */
export async function deriveObservations(
  stores: Stores,
  { runId, pause, signal }: { runId: string; pause?: () => Promise<void>; signal?: AbortSignal },
): Promise<DeriveResult> {
  const queued = await takeDeriveQueue(stores);
  const result: DeriveResult = { targets: 0, rowsWritten: 0 };
  const everything = !(await isDerivedByPresentRules(stores));
  if (queued.length === 0 && !everything) return result;
  const derivations = derivationsOf(stores.registry);
  const operands = [...new Set(derivations.flatMap((speakers) => speakers.operands))].sort();
  const made = derivations.map(({ metric }) => metric);
  const changed = new Changed();
  const silenced = new Changed();
  const published = { metrics: operands.filter((code) => isPublished(stores, code)) };
  const cells = everything
    ? await readCells(stores, [published], null, made)
    : await readCells(stores, [published, ...computedCells(stores, derivations)], queued, made);
  for (const one of cells) {
    changed.add(one.cell);
    if (one.silenced) silenced.add(one.cell);
  }
  const sinceMs = everything
    ? 0
    : cells.reduce((least, { vintageMs }) => Math.min(least, vintageMs), Number.MAX_SAFE_INTEGER) - 1;
  const shared = everything ? null : await readAhead(stores, derivations, changed, silenced, sinceMs);
  const pending = new Pending(stores, runId);
  for (const speakers of derivations) {
    // What another run appends meanwhile is announced by that run, and derived by the next pass.
    await pause?.();
    signal?.throwIfAborted();
    // Cells computed from rows are many: of all of them only those of one metric are held at a time.
    const large = everything ? speakers.operands.filter((code) => !isPublished(stores, code)) : [];
    const more =
      large.length > 0
        ? await readCells(stores, [{ metrics: large, within: cellsFor(stores, speakers) }], null)
        : [];
    const targets = targetsFrom(
      speakers,
      [...changed.of(speakers.operands), ...more.map(({ cell }) => cell)],
      silenced.of([speakers.metric]),
    );
    const slices = await slicedLike(stores, speakers, targets);
    targets.push(...slices);
    if (targets.length === 0) continue;
    result.targets += targets.length;
    const vintages = await deriveTargets(stores, speakers, targets, {
      sinceMs,
      effectiveFromMs: countingOf(stores.registry.get(speakers.metric)).fromMs,
      pending: pending.of([...speakers.operands, speakers.metric]),
      // Slices that follow the whole were not foreseen.
      ...(shared && slices.length === 0 && { shared }),
      ...(signal && { signal }),
    });
    for (const { cell } of vintages) changed.add(cell);
    pending.add(vintages);
    if (pending.size >= FLUSH_ROWS) {
      // Killed before the last metric, what is flushed here has dependents that were not yet derived.
      await announceAppend(stores, runId);
      result.rowsWritten += await pending.flush();
    }
  }
  if (pending.size > 0) await announceAppend(stores, runId);
  result.rowsWritten += await pending.flush();
  await rememberRules(stores);
  await countAfterBrokenRuns(stores, queued);
  await dropDeriveQueue(stores, [...queued, runId]);
  return result;
}

/** Whether there is anything to derive. */
export async function mustDerive(stores: Stores): Promise<boolean> {
  return (await takeDeriveQueue(stores)).length > 0 || !(await isDerivedByPresentRules(stores));
}

function isPublished({ registry }: Stores, code: string): boolean {
  return registry.find(code)?.definition.kind === 'reported';
}

type Within = NonNullable<WantedCells['within']>;

/** Of computed metrics what anything derived can use: most of what a run appends is slices and days that nothing reads. */
function computedCells(stores: Stores, derivations: readonly Speakers[]): WantedCells[] {
  const wanted = new Map<string, { freqs: Set<Freq>; dimensions: Set<string> }>();
  for (const speakers of derivations) {
    const { freqs, dimensions } = cellsFor(stores, speakers);
    for (const code of speakers.operands) {
      if (isPublished(stores, code)) continue;
      const within = wanted.get(code) ?? { freqs: new Set(), dimensions: new Set() };
      wanted.set(code, within);
      for (const freq of freqs) within.freqs.add(freq);
      for (const dimension of dimensions) within.dimensions.add(dimension);
    }
  }
  const groups = new Map<string, { metrics: string[]; within: Within }>();
  for (const [code, { freqs, dimensions }] of wanted) {
    const within = { freqs: [...freqs].sort(), dimensions: [...dimensions].sort() };
    const key = JSON.stringify(within);
    const group = groups.get(key) ?? { metrics: [], within };
    groups.set(key, group);
    group.metrics.push(code);
  }
  return [...groups.values()];
}

/** Which cells of its operands a metric can use at all: of a wall's dataset most are slices and hours that it never reads. */
function cellsFor({ registry }: Stores, { metric }: Speakers): Within {
  const { definition } = registry.get(metric);
  if (isCityMean(definition)) return { freqs: PUBLISHED_FREQS, dimensions: [] };
  return { freqs: frequenciesOf(definition), dimensions: definition.slices };
}

/** A yearly stock has no slices, but what is derived by slice divides by it: the slices that there are follow the whole. */
async function slicedLike(
  stores: Stores,
  speakers: Speakers,
  targets: readonly CellKey[],
): Promise<CellKey[]> {
  const { definition } = stores.registry.get(speakers.metric);
  const readsCoarser = speakers.rules.some((rule) => rule.freqsOf(definition.freq).length > 1);
  if (definition.slices.length === 0 || !readsCoarser || targets.length === 0) return [];
  const known = new Set(targets.map(cellId));
  const wanted = { metrics: [speakers.metric], within: cellsFor(stores, speakers) };
  const own = await readCells(stores, [wanted], null);
  return own
    .map(({ cell }) => cell)
    .filter(
      (cell) => cell.slice !== '' && !known.has(cellId(cell)) && known.has(cellId({ ...cell, slice: '' })),
    );
}

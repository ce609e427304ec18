import { cellId } from '@/metrics/derive/known';
import { frequenciesOf } from '@/metrics/derive/reach';
import { type DerivationRule, derivationRules } from '@/metrics/derive/rules';
import type { CellKey } from '@/metrics/model/cell';
import type { Stores } from '@/server/context';
import { announceAppend, dropDeriveQueue, takeDeriveQueue } from '@/server/observations/derive-queue';
import { type CellFilter, readCells } from '@/server/observations/history';
import { Changed, Pending } from './pass';
import { isDerivedByPresentRules, rememberRules } from './present-rules';
import { REGIONS } from './regions';
import { deriveTargets } from './targets';

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
  const rules = derivationRules(stores.registry.all(), REGIONS);
  const operands = [...new Set(rules.flatMap((rule) => rule.operands))].sort();
  const changed = new Changed();
  let sinceMs = 0;
  const small = everything ? operands.filter((code) => isPublished(stores, code)) : operands;
  const cells = await readCells(stores, small, everything ? null : queued);
  for (const { cell } of cells) changed.add(cell);
  if (!everything)
    sinceMs = cells.reduce((least, { vintageMs }) => Math.min(least, vintageMs), Number.MAX_SAFE_INTEGER) - 1;
  const pending = new Pending(stores, runId);
  for (const rule of rules) {
    // What another run appends meanwhile is announced by that run, and derived by the next pass.
    await pause?.();
    signal?.throwIfAborted();
    // Cells computed from rows are many: of all of them only those of one rule are held at a time.
    const large = everything ? rule.operands.filter((code) => !isPublished(stores, code)) : [];
    const more = large.length > 0 ? await readCells(stores, large, null, cellsFor(rule)) : [];
    const targets = targetsOf(rule, [...changed.of(rule.operands), ...more.map(({ cell }) => cell)]);
    targets.push(...(await slicedLike(stores, rule, targets)));
    if (targets.length === 0) continue;
    result.targets += targets.length;
    const vintages = await deriveTargets(stores, rule, targets, {
      sinceMs,
      effectiveFromMs: stores.registry.get(rule.metric).effectiveFromMs,
      pending: pending.of([...rule.operands, rule.metric]),
      ...(signal && { signal }),
    });
    for (const { cell } of vintages) changed.add(cell);
    pending.add(vintages);
    if (pending.size >= FLUSH_ROWS) {
      // Killed before the last rule, what is flushed here has dependents that were not yet derived.
      await announceAppend(stores, runId);
      result.rowsWritten += await pending.flush();
    }
  }
  result.rowsWritten += await pending.flush();
  await rememberRules(stores);
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

/** Lower regions first: a city that counties make is a part of the province. */
function targetsOf(rule: DerivationRule, cells: readonly CellKey[]): CellKey[] {
  const targets = new Map<string, CellKey>();
  for (const cell of cells) for (const target of rule.targetsOf(cell)) targets.set(cellId(target), target);
  return [...targets.values()].sort((a, b) => height(a) - height(b));
}

function height({ region }: CellKey): number {
  return region % 10_000 === 0 ? 2 : region % 100 === 0 ? 1 : 0;
}

/** Which cells of its operands a rule can use at all: of a wall's dataset most are slices and hours that it never reads. */
function cellsFor({ definition }: DerivationRule): CellFilter {
  return { freqs: frequenciesOf(definition), dimensions: definition.slices };
}

/** A yearly stock has no slices, but what is derived by slice divides by it: the slices that there are follow the whole. */
async function slicedLike(
  stores: Stores,
  rule: DerivationRule,
  targets: readonly CellKey[],
): Promise<CellKey[]> {
  const { definition } = rule;
  const readsCoarser = rule.freqsOf(definition.freq).length > 1;
  if (definition.slices.length === 0 || !readsCoarser || targets.length === 0) return [];
  const known = new Set(targets.map(cellId));
  const own = await readCells(stores, [rule.metric], null, cellsFor(rule));
  return own
    .map(({ cell }) => cell)
    .filter(
      (cell) => cell.slice !== '' && !known.has(cellId(cell)) && known.has(cellId({ ...cell, slice: '' })),
    );
}

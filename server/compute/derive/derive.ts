import { cellId, type DerivedSource } from '@/metrics/derive/known';
import { type DerivationRule, derivationRules } from '@/metrics/derive/rules';
import type { DerivedVintage } from '@/metrics/derive/timeline';
import type { CellKey } from '@/metrics/model/cell';
import type { Stores } from '@/server/context';
import { appendKnown } from '@/server/observations/append-known';
import { dropDeriveQueue, takeDeriveQueue } from '@/server/observations/derive-queue';
import { readCells } from '@/server/observations/history';
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
  { runId, signal }: { runId: string; signal?: AbortSignal },
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
    signal?.throwIfAborted();
    // Cells computed from rows are many: of all of them only those of one rule are held at a time.
    const large = everything ? rule.operands.filter((code) => !isPublished(stores, code)) : [];
    const more = large.length > 0 ? await readCells(stores, large, null) : [];
    const targets = targetsOf(rule, [...changed.of(rule.operands), ...more.map(({ cell }) => cell)]);
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
    if (pending.size >= FLUSH_ROWS) result.rowsWritten += await pending.flush();
  }
  result.rowsWritten += await pending.flush();
  await rememberRules(stores);
  await dropDeriveQueue(stores, queued);
  return result;
}

/** Whether there is anything to derive. */
export async function mustDerive(stores: Stores): Promise<boolean> {
  return (await takeDeriveQueue(stores)).length > 0 || !(await isDerivedByPresentRules(stores));
}

function isPublished({ registry }: Stores, code: string): boolean {
  return registry.find(code)?.definition.kind === 'reported';
}

function targetsOf(rule: DerivationRule, cells: readonly CellKey[]): CellKey[] {
  const targets = new Map<string, CellKey>();
  for (const cell of cells) for (const target of rule.targetsOf(cell)) targets.set(cellId(target), target);
  return [...targets.values()];
}

/** Cells by metric, each once. */
class Changed {
  private readonly byMetric = new Map<string, Map<string, CellKey>>();

  add(cell: CellKey): void {
    const cells = this.byMetric.get(cell.metric) ?? new Map<string, CellKey>();
    cells.set(cellId(cell), cell);
    this.byMetric.set(cell.metric, cells);
  }

  of(metrics: readonly string[]): CellKey[] {
    return metrics.flatMap((metric) => [...(this.byMetric.get(metric)?.values() ?? [])]);
  }
}

/** What was derived and is not yet in the warehouse; later rules read it from here. */
class Pending {
  private rows: DerivedVintage[] = [];

  constructor(
    private readonly stores: Stores,
    private readonly runId: string,
  ) {}

  get size(): number {
    return this.rows.length;
  }

  add(vintages: readonly DerivedVintage[]): void {
    this.rows.push(...vintages);
  }

  of(metrics: readonly string[]): DerivedVintage[] {
    return this.rows.filter(({ cell }) => metrics.includes(cell.metric));
  }

  async flush(): Promise<number> {
    const rows = this.rows.map(({ cell, known }) => ({
      ...cell,
      ...known,
      source: known.source as DerivedSource,
    }));
    this.rows = [];
    return appendKnown(this.stores, this.runId, rows, { dependents: false });
  }
}

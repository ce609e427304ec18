import { cellId } from '@/metrics/derive/known';
import { type Speakers, targetsOf } from '@/metrics/derive/speakers';
import type { DerivedVintage } from '@/metrics/derive/timeline';
import type { CellKey, Freq } from '@/metrics/model/cell';
import type { Stores } from '@/server/context';
import { appendKnown } from '@/server/observations/append-known';

/** Cells by metric, each once. */
export class Changed {
  private readonly byMetric = new Map<string, Map<string, CellKey>>();

  constructor(before?: Changed) {
    for (const [metric, cells] of before?.byMetric ?? []) this.byMetric.set(metric, new Map(cells));
  }

  add(cell: CellKey): void {
    const cells = this.byMetric.get(cell.metric) ?? new Map<string, CellKey>();
    cells.set(cellId(cell), cell);
    this.byMetric.set(cell.metric, cells);
  }

  of(metrics: readonly string[]): CellKey[] {
    return metrics.flatMap((metric) => [...(this.byMetric.get(metric)?.values() ?? [])]);
  }
}

/**
 * What was derived and is not yet in the warehouse; later rules read it from here. Where two rules speak of one cell
 * and instant, the later word replaces the earlier one: written together nothing would tell them apart.
 */
export class Pending {
  private rows = new Map<string, DerivedVintage>();

  constructor(
    private readonly stores: Stores,
    private readonly runId: string,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  add(vintages: readonly DerivedVintage[]): void {
    for (const one of vintages) this.rows.set(`${cellId(one.cell)}|${one.known.vintageMs}`, one);
  }

  of(metrics: readonly string[]): DerivedVintage[] {
    return [...this.rows.values()].filter(({ cell }) => metrics.includes(cell.metric));
  }

  async flush(): Promise<number> {
    const rows = [...this.rows.values()].map(({ cell, known }) => ({ ...cell, ...known }));
    this.rows = new Map();
    return appendKnown(this.stores, this.runId, rows, { dependents: false });
  }
}

/** What may change with the cells, and what the publishers that fell silent leave to others. */
export function targetsFrom(
  speakers: Speakers,
  cells: readonly CellKey[],
  silenced: readonly CellKey[],
): CellKey[] {
  const targets = new Map<string, CellKey>();
  for (const cell of cells)
    for (const target of targetsOf(speakers, cell)) targets.set(cellId(target), target);
  for (const cell of silenced)
    if (speakers.rules.some((rule) => rule.mayMake(cell))) targets.set(cellId(cell), cell);
  return [...targets.values()];
}

/** Days and finer are many; whatever is coarser is little. */
export function isFine(freq: Freq): boolean {
  return freq === 'D' || freq === 'H' || freq === 'N';
}

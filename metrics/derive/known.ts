import type { CellKey, ObsStatus } from '@/metrics/model/cell';

/** What is known of one cell as of some instant: the facts of an observation. */
export interface Known {
  vintageMs: number;
  /** Since when the value stands, where it was told again with other marks. */
  valueSinceMs?: number;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  sampleCount: number;
  status: ObsStatus;
  flags: readonly string[];
  /** Dataset, load or publisher; for a derived cell how it is derived ({@link DERIVED_SOURCES}). */
  source: string;
  definitionVersion: number;
  /** The run that appended it; a vintage that is being made has none yet. */
  runId?: string;
}

/** The fact of a cell at the instant that is looked at; undefined when nothing was known. */
export type Lookup = (cell: CellKey) => Known | undefined;

/** A cell as known in the publication batch of an instant. */
export type Batch = (cell: CellKey, publishedMs: number) => Known | undefined;

export function cellId(cell: CellKey): string {
  return `${cell.metric}|${cell.freq}|${cell.basis}|${cell.measure}|${cell.slice}|${cell.region}|${cell.periodMs}`;
}

/** All vintages that were read, by cell; answers as of any instant in memory. */
export class History {
  private readonly cells = new Map<string, Known[]>();

  /** Vintages may come in any order; of two of one instant the later added counts. */
  add(cell: CellKey, known: Known): void {
    const id = cellId(cell);
    const vintages = this.cells.get(id);
    if (!vintages) {
      this.cells.set(id, [known]);
      return;
    }
    let at = vintages.length;
    while (at > 0 && (vintages[at - 1]?.vintageMs ?? 0) > known.vintageMs) at -= 1;
    if (vintages[at - 1]?.vintageMs === known.vintageMs) vintages[at - 1] = known;
    else vintages.splice(at, 0, known);
  }

  /** Oldest first. */
  vintages(cell: CellKey): readonly Known[] {
    return this.cells.get(cellId(cell)) ?? [];
  }

  at(cell: CellKey, asOfMs: number): Known | undefined {
    const vintages = this.vintages(cell);
    const at = vintages.findLastIndex(({ vintageMs }) => vintageMs <= asOfMs);
    const known = vintages[at];
    if (!known) return undefined;
    const other = vintages.findLastIndex(({ value }, i) => i < at && value !== known.value);
    const first = vintages[other + 1] ?? known;
    return first === known ? known : { ...known, valueSinceMs: first.vintageMs };
  }

  lookup(asOfMs: number): Lookup {
    return (cell) => this.at(cell, asOfMs);
  }
}

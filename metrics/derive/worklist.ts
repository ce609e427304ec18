import type { CellKey } from '@/metrics/model/cell';
import { cellId, type History } from './known';
import { type Speakers, stageOf, targetsOf } from './speakers';
import { type DerivedVintage, replay, type TimelineOptions } from './timeline';

/** Cells of one metric by stage; each is taken once, lowest stage first. */
class Worklist {
  private readonly stages = new Map<number, Map<string, CellKey>>();
  private readonly taken = new Set<string>();

  constructor(private readonly speakers: Speakers) {}

  add(cells: readonly CellKey[]): void {
    for (const cell of cells) {
      const id = cellId(cell);
      if (this.taken.has(id)) continue;
      const stage = stageOf(this.speakers, cell);
      const waiting = this.stages.get(stage) ?? new Map<string, CellKey>();
      waiting.set(id, cell);
      this.stages.set(stage, waiting);
    }
  }

  take(): CellKey[] {
    if (this.stages.size === 0) return [];
    const stage = Math.min(...this.stages.keys());
    const cells = [...(this.stages.get(stage)?.values() ?? [])];
    this.stages.delete(stage);
    for (const cell of cells) this.taken.add(cellId(cell));
    return cells;
  }
}

/** The cells and every cell of the same metric that may change because one of them does. */
export function closureOf(speakers: Speakers, cells: readonly CellKey[]): CellKey[] {
  const list = new Worklist(speakers);
  const all: CellKey[] = [];
  list.add(cells);
  for (let next = list.take(); next.length > 0; next = list.take()) {
    all.push(...next);
    for (const cell of next) list.add(targetsOf(speakers, cell));
  }
  return all;
}

/** Replays cells of one metric, and those of it that follow from what changed; parts before the whole. */
export function replayAll(
  speakers: Speakers,
  cells: readonly CellKey[],
  history: History,
  options: TimelineOptions,
): DerivedVintage[] {
  const list = new Worklist(speakers);
  const appended: DerivedVintage[] = [];
  list.add(cells);
  for (let next = list.take(); next.length > 0; next = list.take()) {
    for (const cell of next) {
      const vintages = replay(speakers, cell, history, options);
      appended.push(...vintages);
      if (vintages.length > 0) list.add(targetsOf(speakers, cell));
    }
  }
  return appended;
}

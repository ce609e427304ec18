import { History } from '@/metrics/derive/known';
import type { Speakers } from '@/metrics/derive/speakers';
import type { DerivedVintage } from '@/metrics/derive/timeline';
import { closureOf, replayAll } from '@/metrics/derive/worklist';
import type { CellKey } from '@/metrics/model/cell';
import { civilOf } from '@/metrics/time/zone';
import type { Stores } from '@/server/context';
import { isFine } from './pass';
import { readsBatches, Wanted } from './wanted';

export interface TargetsRun {
  sinceMs: number;
  effectiveFromMs: number;
  /** Derived in this pass and not yet in the warehouse. */
  pending: readonly DerivedVintage[];
  /** What was read ahead for everything coarser than a day. */
  shared?: History;
  signal?: AbortSignal;
}

/**
 * Replays the targets of one metric against their operands' histories. Days and finer are read a year at a time, so
 * that memory follows from what is derived and not from what there is; coarser ones are few and read together.
 */
export async function deriveTargets(
  stores: Stores,
  speakers: Speakers,
  targets: readonly CellKey[],
  run: TargetsRun,
): Promise<DerivedVintage[]> {
  const appended: DerivedVintage[] = [];
  for (const group of bySize(targets)) {
    run.signal?.throwIfAborted();
    const fine = group.some(({ freq }) => isFine(freq));
    const shared = fine ? undefined : run.shared;
    const history = shared ?? new History();
    if (!shared) {
      const wanted = new Wanted();
      wanted.add(speakers, closureOf(speakers, group));
      await wanted.readInto(history, stores, readsBatches(speakers) ? 0 : run.sinceMs);
    }
    for (const { cell, known } of run.pending) history.add(cell, known);
    appended.push(...replayAll(speakers, group, history, run));
  }
  return appended;
}

function bySize(targets: readonly CellKey[]): CellKey[][] {
  const groups = new Map<string, CellKey[]>();
  for (const target of targets) {
    const key = isFine(target.freq) ? `${target.freq} ${civilOf(target.periodMs).year}` : '';
    const group = groups.get(key);
    if (group) group.push(target);
    else groups.set(key, [target]);
  }
  return [...groups.values()];
}

import { History } from '@/metrics/derive/known';
import type { Speakers } from '@/metrics/derive/speakers';
import type { DerivedVintage } from '@/metrics/derive/timeline';
import { closureOf, replayAll } from '@/metrics/derive/worklist';
import type { CellKey, Freq } from '@/metrics/model/cell';
import { nextPeriod } from '@/metrics/time/period';
import { civilOf } from '@/metrics/time/zone';
import type { Stores } from '@/server/context';
import { readHistory } from '@/server/observations/history';

export interface TargetsRun {
  sinceMs: number;
  effectiveFromMs: number;
  /** Derived in this pass and not yet in the warehouse. */
  pending: readonly DerivedVintage[];
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
    const history = await historyOf(stores, speakers, closureOf(speakers, group), run);
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

function isFine(freq: Freq): boolean {
  return freq === 'D' || freq === 'H' || freq === 'N';
}

async function historyOf(
  stores: Stores,
  { metric, rules, operands }: Speakers,
  targets: readonly CellKey[],
  { sinceMs, pending }: TargetsRun,
): Promise<History> {
  const regions = new Set<number>();
  const freqs = new Set<Freq>();
  const slices = new Set(['']);
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const target of targets) {
    const { freq, periodMs, slice } = target;
    slices.add(slice);
    // A year may be read from its last month; everything else looks back only.
    toMs = Math.max(toMs, freq === 'A' ? nextPeriod('A', periodMs) : periodMs + 1);
    for (const rule of rules) {
      for (const region of rule.regionsOf(target)) regions.add(region);
      for (const read of rule.freqsOf(freq)) freqs.add(read);
      fromMs = Math.min(fromMs, rule.earliest(target));
    }
  }
  const observations = await readHistory(stores, {
    metrics: [...new Set([...operands, metric])],
    freqs: [...freqs],
    regions: [...regions].sort((a, b) => a - b),
    slices: [...slices].sort(),
    fromMs,
    toMs,
    // A publication batch may be older than anything that changed (calculus.md §6); such cells are few.
    sinceMs: rules.some(({ kind }) => kind === 'deduced') ? 0 : sinceMs,
  });
  const history = new History();
  for (const one of observations) history.add(one, one);
  for (const { cell, known } of pending) history.add(cell, known);
  return history;
}

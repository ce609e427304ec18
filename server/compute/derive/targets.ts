import { History } from '@/metrics/derive/known';
import type { DerivationRule } from '@/metrics/derive/rules';
import { type DerivedVintage, replay } from '@/metrics/derive/timeline';
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
 * Replays the targets of one rule against their operands' histories. Days and finer are read a year at a time, so that
 * memory follows from what is derived and not from what there is; coarser ones are few and read together.
 */
export async function deriveTargets(
  stores: Stores,
  rule: DerivationRule,
  targets: readonly CellKey[],
  run: TargetsRun,
): Promise<DerivedVintage[]> {
  const appended: DerivedVintage[] = [];
  for (const [, group] of bySize(targets)) {
    run.signal?.throwIfAborted();
    const history = await historyOf(stores, rule, group, run);
    for (const target of group) appended.push(...replay(rule, target, history, run));
  }
  return appended;
}

function bySize(targets: readonly CellKey[]): [string, CellKey[]][] {
  const groups = new Map<string, CellKey[]>();
  for (const target of targets) {
    const fine = target.freq === 'D' || target.freq === 'H' || target.freq === 'N';
    const key = fine ? `${target.freq} ${civilOf(target.periodMs).year}` : target.freq;
    const group = groups.get(key);
    if (group) group.push(target);
    else groups.set(key, [target]);
  }
  return [...groups];
}

async function historyOf(
  stores: Stores,
  rule: DerivationRule,
  targets: readonly CellKey[],
  { sinceMs, pending }: TargetsRun,
): Promise<History> {
  const lastMs = targets.reduce((last, { periodMs }) => Math.max(last, periodMs), Number.NEGATIVE_INFINITY);
  const regions = new Set<number>();
  const slices = new Set(['']);
  for (const target of targets) {
    for (const region of rule.regionsOf(target)) regions.add(region);
    slices.add(target.slice);
  }
  const [first] = targets;
  const freq: Freq = first?.freq ?? 'A';
  const observations = await readHistory(stores, {
    metrics: [...new Set([...rule.operands, rule.metric])],
    freqs: [...rule.freqsOf(freq)],
    regions: [...regions].sort((a, b) => a - b),
    slices: [...slices].sort(),
    fromMs: targets.reduce((least, target) => Math.min(least, rule.earliest(target)), first?.periodMs ?? 0),
    // A year may be read from its last month; everything else looks back only.
    toMs: freq === 'A' ? nextPeriod('A', lastMs) : lastMs + 1,
    // A publication batch may be older than anything that changed (calculus.md §6); such cells are few.
    sinceMs: rule.kind === 'deduced' ? 0 : sinceMs,
  });
  const history = new History();
  for (const one of observations) history.add(one, one);
  for (const { cell, known } of pending) history.add(cell, known);
  return history;
}

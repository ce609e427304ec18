import { History } from '@/metrics/derive/known';
import type { Speakers } from '@/metrics/derive/speakers';
import { closureOf } from '@/metrics/derive/worklist';
import type { CellKey } from '@/metrics/model/cell';
import type { Stores } from '@/server/context';
import { Changed, isFine, targetsFrom } from './pass';
import { readsBatches, Wanted } from './wanted';

/** Targets whose histories are read in one go; more are read metric by metric, which bounds memory. */
const FEW_TARGETS = 3_000;

/**
 * The histories of everything coarser than a day that may follow from a few changed cells, metric over metric, in two
 * reads: a single published figure reaches a dozen metrics, and each read of its own would cost more than what it
 * returns. Null when too much may follow.
 */
export async function readAhead(
  stores: Stores,
  derivations: readonly Speakers[],
  changed: Changed,
  silenced: Changed,
  sinceMs: number,
): Promise<History | null> {
  const reached = new Changed(changed);
  const [batches, recent] = [new Wanted(), new Wanted()];
  let count = 0;
  for (const speakers of derivations) {
    const targets = closureOf(
      speakers,
      targetsFrom(speakers, reached.of(speakers.operands), silenced.of([speakers.metric])),
    );
    for (const target of targets) reached.add(target);
    const coarse = targets.filter(({ freq }: CellKey) => !isFine(freq));
    count += coarse.length;
    if (count > FEW_TARGETS) return null;
    (readsBatches(speakers) ? batches : recent).add(speakers, coarse);
  }
  const history = new History();
  await Promise.all([batches.readInto(history, stores, 0), recent.readInto(history, stores, sinceMs)]);
  return history;
}

import { setTimeout as delay } from 'node:timers/promises';
import { runCompute, runEarly } from '@/server/compute/run';
import type { Stores } from '@/server/context';

/** Loads that come close together are computed together. */
const DEBOUNCE_MS = 40;
/** Walls read what is new on the same processors: what follows from it lets them read first. */
const WALLS_FIRST_MS = 800;

/**
 * Computes a dataset as soon as a load of it was accepted: first what the walls wait for, so that a pushed row is on
 * them within two seconds whatever else is being computed; then what follows from it, once for all loads that came
 * meanwhile. @returns what stops it.
 */
export function computeOnLoad(stores: Stores, signal: AbortSignal): () => void {
  const arrived = new Set<string>();
  /** Of each dataset the rows of the queue that walls have seen. */
  const shown = new Map<string, Set<number>>();
  let timer: NodeJS.Timeout | undefined;

  // The queue still holds what failed: the next scheduled run computes it.
  const failed = (error: unknown) => {
    if (!signal.aborted) stores.log.error({ err: error }, 'computing after a load failed');
  };
  const showArrived = onceAtATime(async () => {
    for (const dataset of takeAll(arrived)) {
      if (signal.aborted) return;
      const seen = shown.get(dataset) ?? new Set<number>();
      shown.set(dataset, seen);
      const ids = await runEarly(stores, { dataset, signal }).catch(failed);
      for (const id of ids ?? []) seen.add(id);
    }
    void follow();
  });
  const follow = onceAtATime(async () => {
    await delay(WALLS_FIRST_MS, undefined, { signal });
    for (const [dataset, seen] of shown) {
      if (signal.aborted) return;
      shown.delete(dataset);
      await runCompute(stores, { dataset, shown: seen, reason: 'push', signal }).catch(failed);
    }
  });
  function onceAtATime(work: () => Promise<void>): () => Promise<void> {
    let running = false;
    let again = false;
    return async () => {
      again = true;
      if (running) return;
      running = true;
      for (; again && !signal.aborted; ) {
        again = false;
        await work().catch(failed);
      }
      running = false;
    };
  }

  const off = stores.bus.on('load', ({ dataset }) => {
    arrived.add(dataset);
    // Not put off by the next load: under a steady stream it would never begin.
    timer ??= setTimeout(() => {
      timer = undefined;
      void showArrived();
    }, DEBOUNCE_MS);
  });
  return () => {
    off();
    clearTimeout(timer);
  };
}

function takeAll<T>(set: Set<T>): T[] {
  const all = [...set];
  set.clear();
  return all;
}

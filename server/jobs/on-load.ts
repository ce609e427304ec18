import { runCompute } from '@/server/compute/run';
import type { Stores } from '@/server/context';

/** Loads that come close together are computed together. */
const DEBOUNCE_MS = 120;

/**
 * Computes a dataset as soon as a load of it was accepted, so that a pushed row is on the walls within two seconds. Loads
 * that arrive meanwhile wait for one more run. @returns what stops it.
 */
export function computeOnLoad(stores: Stores, signal: AbortSignal): () => void {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const drain = async () => {
    running = true;
    try {
      while (pending.size > 0 && !signal.aborted) {
        const [dataset] = pending;
        if (dataset === undefined) break;
        pending.delete(dataset);
        await runCompute(stores, { dataset, reason: 'push', signal });
      }
    } catch (error) {
      // The queue still holds the stretch: the next scheduled run computes it.
      if (!signal.aborted) stores.log.error({ err: error }, 'computing after a load failed');
    } finally {
      running = false;
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (running) soon();
      else if (!signal.aborted) void drain();
    }, DEBOUNCE_MS);
  };
  const off = stores.bus.on('load', ({ dataset }) => {
    pending.add(dataset);
    soon();
  });
  return () => {
    off();
    clearTimeout(timer);
  };
}

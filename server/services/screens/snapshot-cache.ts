import type { Context, Stores } from '@/server/context';
import type { ScreenSnapshot } from '@/server/services/screens/types';

export interface SnapshotKey {
  screen: string;
  root: number;
  region: number;
  asOfMs: number | null;
  version: number;
}

/** Snapshots of this many (screen, region, scope, instant) are kept; an unchanged wall is then answered from memory. */
const KEPT = 64;
/** "Now" moves on although no data came: freshness and 至今 are judged again after this long. */
const NOW_BUCKET_MS = 30_000;

const caches = new WeakMap<Stores['bus'], Map<string, Promise<ScreenSnapshot>>>();

/**
 * One reading for any number of viewers of the same scope at the same data version. The key holds the scope, so that
 * nobody is answered from a wider one's reading; a failed reading is forgotten.
 */
export function sharedSnapshot(
  ctx: Context,
  key: SnapshotKey,
  read: () => Promise<ScreenSnapshot>,
): Promise<ScreenSnapshot> {
  const cache = cacheOf(ctx.bus);
  const bucket = key.asOfMs === null ? Math.floor(ctx.clock.nowMs() / NOW_BUCKET_MS) : 0;
  const text = JSON.stringify([key, ctx.actor.scope, bucket]);
  const kept = cache.get(text);
  if (kept) return kept;
  const reading = read();
  cache.set(text, reading);
  reading.catch(() => cache.delete(text));
  for (const oldest of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(oldest);
  }
  return reading;
}

function cacheOf(bus: Stores['bus']): Map<string, Promise<ScreenSnapshot>> {
  const known = caches.get(bus);
  if (known) return known;
  const cache = new Map<string, Promise<ScreenSnapshot>>();
  caches.set(bus, cache);
  // A load is an event on the screen before any observation comes of it.
  bus.on('load', () => cache.clear());
  return cache;
}

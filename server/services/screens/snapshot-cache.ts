import type { Context, Stores } from '@/server/context';
import type { ScreenMaterial } from '@/server/services/screens/reading';
import type { ScreenSnapshot } from '@/server/services/screens/types';

export interface SnapshotKey {
  screen: string;
  root: number;
  region: number;
  asOfMs: number | null;
  version: number;
}

/** Snapshots of this many (screen, region, scope, instant) are kept; an unchanged wall is then answered from memory. */
const KEPT_SNAPSHOTS = 64;
/** What they are made of is larger, and wanted again only when a load comes before anything is computed from it. */
const KEPT_MATERIALS = 8;
/** "Now" moves on although no data came: freshness and 至今 are judged again after this long. */
const NOW_BUCKET_MS = 30_000;

interface Caches {
  materials: Map<string, Promise<ScreenMaterial>>;
  snapshots: Map<string, Promise<ScreenSnapshot>>;
  /** Loads so far: one more is an event on the screen before any observation comes of it. */
  loads: number;
}

const caches = new WeakMap<Stores['bus'], Caches>();

/**
 * One reading for any number of viewers of the same scope at the same data version. The key holds the scope, so that
 * nobody is answered from a wider one's reading; a failed reading is forgotten. A load alone changes no observation:
 * the snapshot is composed anew, of the same material.
 */
export function sharedSnapshot(
  ctx: Context,
  key: SnapshotKey,
  read: () => Promise<ScreenMaterial>,
  compose: (material: ScreenMaterial) => Promise<ScreenSnapshot>,
): Promise<ScreenSnapshot> {
  const { materials, snapshots, loads } = cachesOf(ctx.bus);
  const bucket = key.asOfMs === null ? Math.floor(ctx.clock.nowMs() / NOW_BUCKET_MS) : 0;
  const text = JSON.stringify([key, ctx.actor.scope, bucket]);
  return kept(snapshots, `${text} ${loads}`, KEPT_SNAPSHOTS, async () =>
    compose(await kept(materials, text, KEPT_MATERIALS, read)),
  );
}

function kept<T>(
  cache: Map<string, Promise<T>>,
  key: string,
  limit: number,
  make: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const made = make();
  cache.set(key, made);
  made.catch(() => cache.delete(key));
  for (const oldest of cache.keys()) {
    if (cache.size <= limit) break;
    cache.delete(oldest);
  }
  return made;
}

function cachesOf(bus: Stores['bus']): Caches {
  const known = caches.get(bus);
  if (known) return known;
  const made: Caches = { materials: new Map(), snapshots: new Map(), loads: 0 };
  caches.set(bus, made);
  bus.on('load', () => {
    made.loads += 1;
  });
  return made;
}

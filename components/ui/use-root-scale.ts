'use client';

import { useSyncExternalStore } from 'react';

function subscribe(notify: () => void): () => void {
  window.addEventListener('resize', notify);
  return () => window.removeEventListener('resize', notify);
}

function scaleNow(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** Factor k of the wall (1 at 1920×1080): canvases multiply their sizes by it, everything else is in rem. */
export function useRootScale(): number {
  return useSyncExternalStore(subscribe, scaleNow, () => 1);
}

'use client';

import { useCallback, useEffect, useState } from 'react';
import type { RegionCode } from '@/metrics/model/cell';

/** What a wall keeps in its address: the drilled region, and the instant when it is not now. */
export interface ScreenAddress {
  region: RegionCode | undefined;
  asOf: string | undefined;
}

/** The back button goes back up and back to now, a link opens the same view. */
export function useAddress(first: ScreenAddress) {
  const [address, setAddress] = useState(first);
  useEffect(() => {
    const read = () => setAddress(parseAddress(window.location.search));
    window.addEventListener('popstate', read);
    return () => window.removeEventListener('popstate', read);
  }, []);
  const go = useCallback((patch: Partial<ScreenAddress>) => {
    const url = new URL(window.location.href);
    const next = { ...parseAddress(url.search), ...patch };
    for (const name of ['region', 'asOf'] as const) {
      const value = next[name];
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, String(value));
    }
    window.history.pushState(null, '', url);
    setAddress(next);
  }, []);
  return { ...address, go };
}

function parseAddress(search: string): ScreenAddress {
  const query = new URLSearchParams(search);
  const region = query.get('region') ?? '';
  return {
    region: /^\d{6}$/.test(region) ? Number(region) : undefined,
    asOf: query.get('asOf') ?? undefined,
  };
}

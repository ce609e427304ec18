'use client';

import { useCallback, useEffect, useState } from 'react';
import type { RegionCode } from '@/metrics/model/cell';

const PARAMETER = 'region';

/** The drilled region, kept in the address: the back button goes back up, a link opens the same view. */
export function useRegionInAddress(
  first: RegionCode | undefined,
): [RegionCode | undefined, (code: RegionCode | undefined) => void] {
  const [region, setRegion] = useState(first);
  useEffect(() => {
    const read = () => {
      const code = Number(new URLSearchParams(window.location.search).get(PARAMETER));
      setRegion(Number.isInteger(code) && code > 0 ? code : undefined);
    };
    window.addEventListener('popstate', read);
    return () => window.removeEventListener('popstate', read);
  }, []);
  const goTo = useCallback((code: RegionCode | undefined) => {
    const address = new URL(window.location.href);
    if (code === undefined) address.searchParams.delete(PARAMETER);
    else address.searchParams.set(PARAMETER, String(code));
    window.history.pushState(null, '', address);
    setRegion(code);
  }, []);
  return [region, goTo];
}

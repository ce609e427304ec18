'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export type Patch = Readonly<Record<string, string | number | null>>;

/** The page's state lives in its address: back, reload and a link sent to a colleague show the same. */
export function useAddress() {
  const pathname = usePathname();
  const params = useSearchParams();
  const href = useCallback(
    (patch: Patch) => {
      const next = new URLSearchParams(params);
      for (const [name, value] of Object.entries(patch)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, String(value));
      }
      const query = next.toString();
      return query === '' ? pathname : `${pathname}?${query}`;
    },
    [pathname, params],
  );
  // Shallow: the browser reads by itself, the server need not render the page again.
  const go = useCallback((patch: Patch) => window.history.pushState(null, '', href(patch)), [href]);
  const replace = useCallback((patch: Patch) => window.history.replaceState(null, '', href(patch)), [href]);
  return { params, href, go, replace };
}

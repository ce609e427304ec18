'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

const Chosen = createContext<{ choice: string | null; choose(key: string): void }>({
  choice: null,
  choose: () => undefined,
});

/** Map and ranking compare the regions by one metric: choosing it in one turns both. */
export function RegionalMetricProvider({ children }: { children: ReactNode }) {
  const [choice, choose] = useState<string | null>(null);
  const value = useMemo(() => ({ choice, choose }), [choice]);
  return <Chosen value={value}>{children}</Chosen>;
}

/**
 * The metric to show among `options`, and how to choose another. What was chosen stays in every region, also where it
 * has no data: a picture that turned to another metric by itself would be read as the first one.
 */
export function useRegionalMetric<Option extends { key: string }>(
  options: readonly Option[],
): [Option | undefined, (key: string) => void] {
  const { choice, choose } = useContext(Chosen);
  return [options.find(({ key }) => key === choice) ?? options[0], choose];
}

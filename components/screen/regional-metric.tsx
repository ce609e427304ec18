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

interface Option {
  key: string;
  /** Regions with a value. */
  covered: number;
}

/**
 * The metric to show among `options`, how to choose another, and the one that was wanted where it has no data here: the
 * first that has some then stands in for it, and the panel says so. Back where it has data it is shown again.
 */
export function useRegionalMetric<Metric extends Option>(
  options: readonly Metric[],
): [shown: Metric | undefined, choose: (key: string) => void, wanted: Metric | null] {
  const { choice, choose } = useContext(Chosen);
  const wanted = options.find(({ key }) => key === choice) ?? options[0];
  if (!wanted || wanted.covered > 0) return [wanted, choose, null];
  const instead = options.find(({ covered }) => covered > 0);
  return instead ? [instead, choose, wanted] : [wanted, choose, null];
}

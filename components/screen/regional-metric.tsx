'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { RegionCode } from '@/metrics/model/cell';

interface Choice {
  key: string;
  region: RegionCode;
}

const Chosen = createContext<{ choice: Choice | null; choose(choice: Choice): void }>({
  choice: null,
  choose: () => undefined,
});

/** Map and ranking compare the regions by one metric: choosing it in one turns both. */
export function RegionalMetricProvider({ children }: { children: ReactNode }) {
  const [choice, choose] = useState<Choice | null>(null);
  const value = useMemo(() => ({ choice, choose }), [choice]);
  return <Chosen value={value}>{children}</Chosen>;
}

/**
 * The metric to show among `options`. What was chosen in this region stays even if it has no data; carried over to
 * another region, a metric without any data there gives way to the first that has some.
 */
export function useRegionalMetric<Option extends { key: string; covered: number }>(
  region: RegionCode,
  options: readonly Option[],
): [Option | undefined, (key: string) => void] {
  const { choice, choose } = useContext(Chosen);
  const wanted = options.find(({ key }) => key === choice?.key) ?? options[0];
  const explicit = choice?.region === region && wanted?.key === choice.key;
  const shown =
    explicit || (wanted && wanted.covered > 0)
      ? wanted
      : (options.find(({ covered }) => covered > 0) ?? wanted);
  return [shown, (key) => choose({ key, region })];
}

import { FREQUENCIES, type Freq } from '@/metrics/model/cell';

/** What the address of a metric page says; server and browser read it alike, so that the prefetched page is found. */
export interface MetricInput {
  code: string;
  region?: number;
  freq?: Freq;
  basis?: string;
  slice?: string;
  period?: string;
  asOf?: string;
}

export const PAGE_PARAMETERS = ['region', 'freq', 'basis', 'slice', 'period', 'asOf'] as const;
export type PageParameter = (typeof PAGE_PARAMETERS)[number];

/** From a page that is pinned to an instant one comes to others as known then. */
export function withAsOf(path: string, asOf: string | undefined): string {
  return asOf === undefined ? path : `${path}?${new URLSearchParams({ asOf })}`;
}

/** A parameter that cannot be meant is left out; whether one exists is the server's to say. */
export function metricInput(code: string, parameter: (name: PageParameter) => string | null): MetricInput {
  const region = parameter('region');
  const freq = FREQUENCIES.find((known) => known === parameter('freq'));
  const input: MetricInput = { code };
  if (region && /^[1-9]\d{5}$/.test(region)) input.region = Number(region);
  if (freq) input.freq = freq;
  for (const name of ['basis', 'slice', 'period', 'asOf'] as const) {
    const value = parameter(name);
    if (value) input[name] = value;
  }
  return input;
}

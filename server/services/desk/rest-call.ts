import type { Freq, RegionCode } from '@/metrics/model/cell';
import type { RestPaths } from '@/server/services/desk/types';

export interface RestCallInput {
  metric: string;
  region: RegionCode;
  freq: Freq;
  basis: string;
  slice: string;
  /** SDMX periods, both included; null without any. */
  from: string | null;
  to: string | null;
  /** The chosen cell, which may be of another frequency: a year for the cumulative period that ends it. */
  cell: { freq: Freq; basis: string; period: string } | null;
  asOfMs?: number | undefined;
}

/** The REST calls that answer with the series shown and with the calculus of the chosen cell. */
export function restCall(input: RestCallInput): RestPaths {
  const series = {
    region: String(input.region),
    freq: input.freq,
    basis: input.basis,
    ...(input.slice !== '' && { slice: input.slice }),
  };
  const asOf: Record<string, string> =
    input.asOfMs === undefined ? {} : { asOf: new Date(input.asOfMs).toISOString() };
  const query = new URLSearchParams({
    metric: input.metric,
    ...series,
    ...(input.from !== null && { from: input.from }),
    ...(input.to !== null && { to: input.to }),
    ...asOf,
  });
  const path = `/api/v1/observations?${query}`;
  const cell = input.cell && new URLSearchParams({ ...series, ...input.cell, ...asOf });
  return {
    path,
    csvPath: `${path}&format=csv&labels=name&bom=yes`,
    calculusPath: cell && `/api/v1/metrics/${input.metric}/calculus?${cell}`,
  };
}

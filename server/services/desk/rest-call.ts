import type { Freq, RegionCode } from '@/metrics/model/cell';

export interface RestCallInput {
  metric: string;
  region: RegionCode;
  freq: Freq;
  basis: string;
  slice: string;
  /** SDMX periods, both included; null without any. */
  from: string | null;
  to: string | null;
  asOfMs?: number | undefined;
}

/** The REST call that answers with the series shown, as JSON and as a CSV that spreadsheets open. */
export function restCall(input: RestCallInput): { path: string; csvPath: string } {
  const query = new URLSearchParams({
    metric: input.metric,
    region: String(input.region),
    freq: input.freq,
    basis: input.basis,
    ...(input.slice !== '' && { slice: input.slice }),
    ...(input.from !== null && { from: input.from }),
    ...(input.to !== null && { to: input.to }),
    ...(input.asOfMs !== undefined && { asOf: new Date(input.asOfMs).toISOString() }),
  });
  const path = `/api/v1/observations?${query}`;
  return { path, csvPath: `${path}&format=csv&bom=yes` };
}

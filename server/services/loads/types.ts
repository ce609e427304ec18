import type { LoadOrigin, LoadStatus, Provenance } from '@/server/ingest/load';

/** What became of a load. Accepted (new), corrected, duplicate and rejected rows add up to the rows of the file. */
export interface LoadResult {
  loadId: string;
  dataset: string;
  accepted: number;
  /** Known key, other content: the new content counts now. Includes keys that the file itself repeats with other content. */
  corrected: number;
  /** Nothing new: content that is held already, or older than what is held. */
  duplicate: number;
  rejected: number;
  /** True when exactly this file had been loaded before; the numbers are of that load. */
  alreadyLoaded: boolean;
}

export interface LoadSummary {
  id: string;
  dataset: string;
  datasetTitle: string;
  fileName: string;
  origin: LoadOrigin;
  provenance: Provenance;
  status: LoadStatus;
  accepted: number;
  corrected: number;
  duplicate: number;
  rejected: number;
  sizeBytes: number;
  /** Business time of the rows that count, first and last; epoch milliseconds. */
  minTimeMs: number | null;
  maxTimeMs: number | null;
  mendsLoadId: string | null;
  error: string | null;
  actorName: string;
  receivedAtMs: number;
  finishedAtMs: number | null;
}

export interface RejectedRow {
  row: number;
  column: string;
  code: string;
  reason: string;
  /** The row as it was given, by header. */
  cells: { header: string; text: string }[];
}

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

/** A later load that sent mended rows of this one. */
export interface MendingLoad {
  id: string;
  fileName: string;
  receivedAtMs: number;
  /** Rows of the mended load that it took in. */
  rows: number;
  /** Rows that it sent and that were rejected again. */
  rejected: number;
}

export interface Mended {
  /** Rejected rows that count by now; never more than were rejected. */
  rows: number;
  /** Those of them that are known one by one, by the `_row` they were sent with: a download leaves them out. */
  known: number;
  /** Committed loads that sent them, oldest first; only those that the reader may see. */
  loads: MendingLoad[];
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
  /** What became of the rejected rows in later loads. */
  mended: Mended;
  error: string | null;
  actorName: string;
  receivedAtMs: number;
  finishedAtMs: number | null;
}

export interface RejectedRow {
  row: number;
  column: string;
  /** Title of the column in the contract; null for the row as a whole and for a foreign header. */
  columnTitle: string | null;
  code: string;
  reason: string;
  /** The later load that took the row in, mended; null while none did. */
  mendedBy: string | null;
  /** The row as it was given, by header. */
  cells: { header: string; title: string | null; text: string }[];
}

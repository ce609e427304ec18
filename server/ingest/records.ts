import type { RejectCode } from '@/server/datasets/reject-titles';

/** One input record before any check. */
export interface SourceRecord {
  /** Row in the file as a spreadsheet numbers it: the header is row 1. For JSON, the record's ordinal from 1. */
  row: number;
  fields: readonly string[];
  /** Set when the record has not the shape of a row; `headers` then name the fields if they differ from the file's. */
  broken?: { code: RejectCode; reason: string };
  headers?: readonly string[];
}

export interface RecordSource {
  headers: readonly string[];
  /** True when a record may leave names out (JSON). */
  headersAreOptional: boolean;
  /** Batches as they come off the file. */
  batches(): AsyncGenerator<SourceRecord[]>;
}

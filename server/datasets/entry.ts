import type { DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { RejectCode } from './reject-titles';

/** What is wrong with a row beyond its single cells; `column` is where a person should look. */
export interface RowProblem {
  column: string;
  code: RejectCode;
  /** In Chinese, shown beside the rejected row. */
  reason: string;
}

/** Reads a checked cell of the row by column name: canonical text, or null. `is_deleted` is '1' for a withdrawal. */
export type CellOf = (column: string) => string | null;

/** What a row is checked against beyond its own cells. */
export interface Known {
  /** Definition of a metric of the registry; undefined for an unknown one. */
  definitionOf(code: string): MetricDefinition | undefined;
}

/** A contract and what ingestion needs beyond it. The warehouse table has the contract's name. */
export interface DatasetEntry {
  contract: DatasetContract;
  /** Text taken when a source leaves out a column that may not be null. */
  defaults: Readonly<Record<string, string>>;
  /** A column that need not be given where the rest of the row says it: its text, or why it must be given. */
  implied?: { column: string; of: (cell: CellOf, known: Known) => string | RowProblem };
  /** Deadlines and validity dates: the only times that may lie after now. */
  mayBeFuture: readonly string[];
  /** Dates that the table keeps as Date32 and that may lie before 1970. */
  longDates?: readonly string[];
  /**
   * Columns of the table's order and partition key that are not in the natural key. When a correction changes one of
   * them the engine would see another row; ingestion then withdraws the old one (see server/ingest/commit.ts).
   */
  placement: readonly string[];
  /** `county`: a coarser region is refused, save a city's with the `park_code` of a zone in it (开发区, 示范区). */
  regionLevel: 'any' | 'county';
  /** The business time labels the end of an hour, so that 00:00 belongs to the day before. */
  labelsHourEnd?: boolean;
  /**
   * Calendar days within which what is accepted is due or closed as a rule: so long after the first row the metrics that
   * place rows by a deadline or a closing, or count what is open, lack what had been accepted before. Absent: none.
   */
  settleDays?: number;
  /** What the expression language cannot say (periods, slices, known metrics). */
  checkRow?: (cell: CellOf, known: Known) => RowProblem | null;
  /** Marks for a row that is kept: doubtful, but countable. */
  flagsOf?: (cell: CellOf) => string[];
}

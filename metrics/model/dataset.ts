/**
 * The contract of a dataset: what a detail row means, column by column. Pure data; `server/datasets` holds the
 * contracts, ingestion checks rows against them and the expression language type-checks conditions with them.
 */

export const COLUMN_TYPES = ['string', 'enum', 'integer', 'decimal', 'date', 'datetime', 'boolean'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** How personal a column is: `hashed` arrives as a keyed hash, `masked` with characters hidden; plain text never. */
export const PII_KINDS = ['none', 'hashed', 'masked'] as const;
export type PiiKind = (typeof PII_KINDS)[number];

/** Data classification of GB/T 43697-2024 that decides who may see detail rows: 一般(公开/内部), 敏感, 重要. */
export const CLASSIFICATIONS = ['public', 'internal', 'sensitive', 'important'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export interface DatasetColumn {
  /** snake_case; the only identifiers that may reach SQL. */
  name: string;
  type: ColumnType;
  /** Column title on screen. */
  title: string;
  /** What the column means, in Chinese, for operators. */
  description: string;
  nullable: boolean;
  /** Unit of the stored number (`μg/m³`, `万元`), absent when it has none. */
  unit?: string;
  /** Permitted values of an `enum`. */
  enumValues?: readonly string[];
  /** Inclusive limits of a number; a row outside goes to quarantine. */
  min?: number;
  max?: number;
  /** Digits after the decimal point of a `decimal`. */
  scale?: number;
  /** Placeholder values of the source that mean "not observed" (−99, 999): read as null and flagged, never a number. */
  sentinels?: readonly (number | string)[];
  pii?: PiiKind;
}

/** A condition over one row, in the expression language; `reject` quarantines, `flag` keeps the row with a mark. */
export interface DatasetRule {
  /** Stable code; also the mark written into `dq_flags` when `severity` is `flag`. */
  code: string;
  /** Must be true for a good row; unknown (null operands) passes. */
  condition: string;
  severity: 'reject' | 'flag';
  /** What is wrong, in Chinese, shown beside the rejected row. */
  message: string;
}

export interface DatasetContract {
  /** snake_case; the name in definitions, in the warehouse and in the ingest address. */
  name: string;
  title: string;
  version: number;
  /** What one row is, in Chinese: 一个监测点一个小时. */
  grain: string;
  columns: readonly DatasetColumn[];
  /** Natural key: the same key again is a correction of the row, never a second row. */
  key: readonly string[];
  /** Column that places a row in a period unless a definition names another one. */
  businessTime: string;
  /** Column with the county-level (or coarser) GB/T 2260 code. */
  regionColumn: string;
  /** Days after the business time within which a row is expected; later ones are accepted and marked `late`. */
  latenessDays: number;
  rules: readonly DatasetRule[];
  /** Responsible department. */
  owner: string;
  classification: Classification;
  /** Columns that may be used as slices. */
  dims: readonly string[];
}

export function findColumn(contract: DatasetContract, name: string): DatasetColumn | undefined {
  return contract.columns.find((column) => column.name === name);
}

import type { Command, Query } from '@/server/warehouse/query';

export type InsertFormat = 'JSONEachRow' | 'JSONCompactEachRow' | 'CSV' | 'TabSeparated';

/**
 * A lane is a small pool of connections of its own. Calls on one embedded connection are serialised, so screens, jobs
 * and loads each get their lane and none waits behind another.
 */
export interface Lane {
  rows<Row>(query: Query<Row>): Promise<Row[]>;
  /** The rows as text in `format`, for downloads; not validated. */
  text(query: Omit<Query<never>, 'row'>, format: string): Promise<string>;
  command(command: Command): Promise<void>;
  /** Appends rows given as objects. `settings` e.g. an insert_deduplication_token. */
  insert(
    table: string,
    rows: readonly object[],
    settings?: Readonly<Record<string, string | number>>,
  ): Promise<void>;
  /** Appends bytes that are already in an engine format: the way for large loads. */
  insertBytes(table: string, columns: readonly string[], format: InsertFormat, bytes: Buffer): Promise<void>;
}

export interface Warehouse {
  kind: 'embedded' | 'server';
  version: string;
  database: string;
  screens: Lane;
  jobs: Lane;
  loads: Lane;
  /** Backs the database up into `name` below the backup directory (embedded) or returns false where the server's operator does it. */
  close(): Promise<void>;
}

import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import { maskPersonal } from './cells/text';
import type { Rejection } from './row-checker';
import { stageColumns } from './row-checker';

/** Rows that go to the engine at a time: large parts merge cheaply, and memory stays bounded. */
const BATCH_ROWS = 50_000;
const BATCH_CHARS = 16 * 1024 * 1024;
const QUARANTINE_ROWS = 5_000;

/**
 * Sends checked lines to the stage. One batch is under way while the next one is being filled, never more.
 */
export class StageWriter {
  private lines: string[] = [];
  private chars = 0;
  private under: Promise<void> = Promise.resolve();
  private readonly columns: string[];
  rows = 0;

  constructor(
    private readonly stores: Pick<Stores, 'warehouse'>,
    private readonly entry: DatasetEntry,
  ) {
    this.columns = stageColumns(entry);
  }

  add(line: string): void {
    this.lines.push(line);
    this.chars += line.length;
    this.rows += 1;
  }

  /** Call between batches of input: waits while the engine is behind. */
  async drain(): Promise<void> {
    if (this.lines.length >= BATCH_ROWS || this.chars >= BATCH_CHARS) await this.send();
  }

  async finish(): Promise<void> {
    if (this.lines.length > 0) await this.send();
    await this.under;
  }

  private async send(): Promise<void> {
    await this.under;
    const bytes = Buffer.from(`${this.lines.join('\n')}\n`);
    this.lines = [];
    this.chars = 0;
    const table = `${this.entry.contract.name}_stage`;
    this.under = this.stores.warehouse.loads.insertBytes(table, this.columns, 'TabSeparated', bytes);
    // Awaited with the next batch; a failure meanwhile is not an unhandled one.
    this.under.catch(() => undefined);
  }
}

interface QuarantineRow {
  load_id: string;
  row_number: number;
  dataset: string;
  column: string;
  code: string;
  reason: string;
  headers: readonly string[];
  fields: readonly string[];
  recorded_at: string;
}

/** Keeps rejected rows as they were given, save that plain personal numbers are masked. */
export class QuarantineWriter {
  private pending: QuarantineRow[] = [];
  rows = 0;

  constructor(
    private readonly stores: Pick<Stores, 'warehouse'>,
    private readonly load: { id: string; dataset: string; receivedText: string },
  ) {}

  add(row: number, headers: readonly string[], fields: readonly string[], rejection: Rejection): void {
    this.rows += 1;
    this.pending.push({
      load_id: this.load.id,
      row_number: row,
      dataset: this.load.dataset,
      column: rejection.column,
      code: rejection.code,
      reason: maskPersonal(rejection.reason),
      headers,
      fields: fields.map(maskPersonal),
      recorded_at: this.load.receivedText,
    });
  }

  async drain(): Promise<void> {
    if (this.pending.length >= QUARANTINE_ROWS) await this.finish();
  }

  async finish(): Promise<void> {
    const rows = this.pending;
    this.pending = [];
    await this.stores.warehouse.loads.insert('quarantine_row', rows);
  }
}

/** Removes what an earlier try of this load staged and decided. */
export async function dropStage(
  stores: Pick<Stores, 'warehouse'>,
  dataset: string,
  loadId: string,
): Promise<void> {
  for (const table of [`${dataset}_stage`, 'load_decision']) {
    await stores.warehouse.loads.command({
      name: 'load_stage_drop',
      sql: `ALTER TABLE ${table} DROP PARTITION '${uuid(loadId)}'`,
    });
  }
}

/** A failed load wrote nothing, so it also left nothing to mend. */
export async function dropQuarantine(stores: Pick<Stores, 'warehouse'>, loadId: string): Promise<void> {
  await stores.warehouse.loads.command({
    name: 'load_quarantine_drop',
    sql: 'DELETE FROM quarantine_row WHERE load_id = {load:UUID}',
    params: { load: loadId },
  });
}

function uuid(text: string): string {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw new Error(`load id "${text}"`);
  return text;
}

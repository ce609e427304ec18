import type { Stores } from '@/server/context';

/** Column of a download of rejected rows that numbers them as the rejected file did. */
export const ROW_NOTE = '_row';

const BATCH_ROWS = 5_000;

interface MendedRow {
  load_id: string;
  row_number: number;
  by_load_id: string;
}

/**
 * Notes which rejected rows of an earlier load this one takes in, by the `_row` column that a mended file carries along.
 * A file without that column, or a load that mends nothing, notes nothing.
 */
export class MendedRowWriter {
  private pending: MendedRow[] = [];
  private readonly at: number;

  constructor(
    private readonly stores: Pick<Stores, 'warehouse'>,
    private readonly load: { id: string; mendsLoadId: string | null },
    headers: readonly string[],
  ) {
    this.at = load.mendsLoadId === null ? -1 : headers.findIndex((name) => name.trim() === ROW_NOTE);
  }

  /** A row of this load that was accepted. */
  add(fields: readonly string[]): void {
    const { id, mendsLoadId } = this.load;
    const text = this.at < 0 ? '' : (fields[this.at]?.trim() ?? '');
    if (mendsLoadId === null || !/^[1-9]\d{0,8}$/.test(text)) return;
    this.pending.push({ load_id: mendsLoadId, row_number: Number(text), by_load_id: id });
  }

  async drain(): Promise<void> {
    if (this.pending.length >= BATCH_ROWS) await this.finish();
  }

  async finish(): Promise<void> {
    const rows = this.pending;
    this.pending = [];
    if (rows.length > 0) await this.stores.warehouse.loads.insert('mended_row', rows);
  }
}

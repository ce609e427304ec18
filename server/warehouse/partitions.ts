import { z } from 'zod';
import type { Lane, Warehouse } from '@/server/warehouse/client';

/** So many rows are read in one statement, so that other reads of the lane get their turn. */
const ROWS_A_STATEMENT = 4_000_000;

const partitionRow = z.object({
  id: z.string(),
  row_count: z.coerce.number(),
  state: z.string(),
});

/**
 * What a question about a whole table was answered with, partition by partition: asked again, only partitions that
 * changed since are read. The answer is that of the rows that are there, never an older one.
 */
export interface PartitionMemory<T> {
  /** @param read answers for some partitions by `_partition_id`; one that it leaves out has no answer. */
  ask(table: string, read: (lane: Lane, ids: string[]) => Promise<Map<string, T>>): Promise<T[]>;
}

export function partitionMemory<T>(warehouse: Warehouse): PartitionMemory<T> {
  const known = new Map<string, Map<string, { state: string; answer: T | undefined }>>();
  const turns = new Map<string, Promise<unknown>>();

  const ask: PartitionMemory<T>['ask'] = async (table, read) => {
    const lane = warehouse.screens;
    const former = known.get(table);
    const now = new Map<string, { state: string; answer: T | undefined }>();
    let batch: { ids: string[]; rows: number } = { ids: [], rows: 0 };
    const states = new Map<string, string>();
    const readBatch = async () => {
      if (batch.ids.length === 0) return;
      const answers = await read(lane, batch.ids);
      for (const id of batch.ids) now.set(id, { state: states.get(id) ?? '', answer: answers.get(id) });
      batch = { ids: [], rows: 0 };
    };
    for (const { id, row_count, state } of await partitionsOf(lane, table)) {
      const same = former?.get(id);
      if (same?.state === state) {
        now.set(id, same);
        continue;
      }
      states.set(id, state);
      batch.ids.push(id);
      batch.rows += row_count;
      if (batch.rows >= ROWS_A_STATEMENT) await readBatch();
    }
    await readBatch();
    known.set(table, now);
    return [...now.values()].flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
  };
  return {
    // One after the other: whoever asks meanwhile finds what the first has read.
    ask: (table, read) => {
      const turn = (turns.get(table) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => ask(table, read));
      turns.set(table, turn);
      return turn;
    },
  };
}

/**
 * Partitions with what tells one state of their rows from another: an insert counts blocks up, a mutation the version of
 * the parts that it changes (of others it is their first block); a merge changes neither.
 */
function partitionsOf(lane: Lane, table: string): Promise<z.infer<typeof partitionRow>[]> {
  return lane.rows({
    name: 'table_partitions',
    sql: `SELECT partition_id AS id, sum(rows) AS row_count,
        concat(toString(min(min_block_number)), ' ', toString(max(max_block_number)), ' ',
          toString(maxIf(data_version, data_version > max_block_number))) AS state
      FROM system.parts WHERE database = currentDatabase() AND table = {table:String} AND active
      GROUP BY id ORDER BY id`,
    params: { table },
    row: partitionRow,
  });
}

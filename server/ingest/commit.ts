import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';
import type { Transaction } from '@/server/db/client';
import { computeQueue, datasetLoad } from '@/server/db/schema/ingest';
import { appendSql, decideSql, OUTCOME_SQL, spanSql, touchedDaysSql, withdrawSql } from './commit-sql';
import type { LoadRow } from './load';
import { dropStage } from './stage';
import { windowsOf } from './windows';

/** A load of many months touches more partitions than the engine allows by default. */
const SETTINGS = { max_partitions_per_insert_block: 0, max_execution_time: 1800 };

const outcomeRow = z.object({
  accepted: z.coerce.number(),
  corrected: z.coerce.number(),
  duplicate: z.coerce.number(),
  corrects: z.coerce.number(),
});

/**
 * Decides what the staged rows do, and records it: from here on the load can only be committed. The caller holds the
 * dataset's lock until the commit, or another load would change what was compared with.
 */
export async function decideLoad(
  stores: Stores,
  entry: DatasetEntry,
  load: LoadRow,
  rejectedRows: number,
): Promise<LoadRow> {
  const lane = stores.warehouse.loads;
  const params = { load: load.id };
  await lane.command({ name: 'load_decide', sql: decideSql(entry), params, settings: SETTINGS });
  const [outcome] = await lane.rows({ name: 'load_outcome', sql: OUTCOME_SQL, params, row: outcomeRow });
  if (!outcome) throw new Error(`load ${load.id}: no outcome`);
  const days = await lane.rows({
    name: 'load_touched_days',
    sql: touchedDaysSql(entry, outcome.corrects > 0),
    params,
    settings: { max_execution_time: 600 },
    row: z.object({ day: z.string() }),
  });
  const [span] = await lane.rows({
    name: 'load_span',
    sql: spanSql(entry),
    params,
    row: z.object({ n: z.coerce.number(), first: z.number().nullable(), last: z.number().nullable() }),
  });
  const timeOf = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined || span?.n === 0 ? null : new Date(seconds * 1000);
  const [staged] = await stores.db
    .update(datasetLoad)
    .set({
      status: 'staged',
      acceptedRows: outcome.accepted,
      correctedRows: outcome.corrected,
      duplicateRows: outcome.duplicate,
      rejectedRows,
      minTime: timeOf(span?.first),
      maxTime: timeOf(span?.last),
      windows: windowsOf(days.map((row) => row.day)),
    })
    .where(eq(datasetLoad.id, load.id))
    .returning();
  if (!staged) throw new Error(`load ${load.id} is not recorded`);
  return staged;
}

export interface CommitOptions {
  /** A former try may have appended some of the rows. */
  again: boolean;
  /** Written with the commit, or not at all: the audit. */
  inTransaction(tx: Transaction, load: LoadRow): Promise<void>;
}

/**
 * Moves a staged load into the dataset's table, by statements that change nothing when they are run again, and then
 * records, in one transaction, that it is there and what must be computed.
 */
export async function commitLoad(
  stores: Stores,
  entry: DatasetEntry,
  load: LoadRow,
  options: CommitOptions,
): Promise<LoadRow> {
  const lane = stores.warehouse.loads;
  const params = { load: load.id, received: load.receivedAt.getTime() };
  const withdraw = withdrawSql(entry);
  if (withdraw && load.correctedRows > 0)
    await lane.command({ name: 'load_withdraw', sql: withdraw, params, settings: SETTINGS });
  if (load.acceptedRows + load.correctedRows > 0)
    await lane.command({
      name: 'load_append',
      sql: appendSql(entry, options.again),
      params,
      settings: SETTINGS,
    });
  const committed = await recordCommit(stores, load, options);
  await dropStage(stores, load.dataset, load.id);
  stores.bus.emit('load', {
    loadId: load.id,
    dataset: load.dataset,
    accepted: committed.acceptedRows + committed.correctedRows,
  });
  return committed;
}

function recordCommit(stores: Stores, load: LoadRow, options: CommitOptions): Promise<LoadRow> {
  const now = new Date(stores.clock.nowMs());
  return stores.db.transaction(async (tx) => {
    const [row] = await tx
      .update(datasetLoad)
      .set({ status: 'committed', finishedAt: now, error: null })
      .where(and(eq(datasetLoad.id, load.id), eq(datasetLoad.status, 'staged')))
      .returning();
    if (!row) throw new Error(`load ${load.id} is not staged`);
    const windows = row.windows ?? [];
    for (let i = 0; i < windows.length; i += 500) {
      await tx.insert(computeQueue).values(
        windows.slice(i, i + 500).map(([fromMs, toMs]) => ({
          dataset: load.dataset,
          windowStart: new Date(fromMs),
          windowEnd: new Date(toMs),
          loadId: load.id,
          createdAt: now,
        })),
      );
    }
    await options.inTransaction(tx, row);
    return row;
  });
}

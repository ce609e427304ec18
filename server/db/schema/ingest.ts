import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true });

/**
 * One record a batch. `received` → `staged` (checked, counted, not yet visible) → `committed`, or `failed` with the reason. A load that died half way is
 * finished from its kept file at the next start. The same content for the same dataset is loaded once.
 */
export const datasetLoad = pgTable(
  'dataset_load',
  {
    id: text('id').primaryKey(),
    dataset: text('dataset').notNull(),
    contractVersion: integer('contract_version').notNull(),
    contentHash: text('content_hash').notNull(),
    fileName: text('file_name').notNull(),
    /** command | upload | push | seed */
    origin: text('origin').notNull(),
    /** real | demo: rows of a demo load make every number computed from them 演示数据. */
    provenance: text('provenance').notNull(),
    status: text('status').notNull(),
    acceptedRows: bigint('accepted_rows', { mode: 'number' }).notNull().default(0),
    /** Rows whose key was known with other content: the newer content now counts. */
    correctedRows: bigint('corrected_rows', { mode: 'number' }).notNull().default(0),
    duplicateRows: bigint('duplicate_rows', { mode: 'number' }).notNull().default(0),
    rejectedRows: bigint('rejected_rows', { mode: 'number' }).notNull().default(0),
    /** Business time of the accepted rows, first and last. */
    minTime: at('min_time'),
    maxTime: at('max_time'),
    /** Stretches of business time that the accepted rows touch, decided with status `staged`; [fromMs, toMs] each. */
    windows: jsonb('windows').$type<[number, number][]>(),
    mapping: jsonb('mapping').$type<unknown>(),
    /** The load whose rejected rows this one mends. */
    mendsLoadId: text('mends_load_id'),
    error: text('error'),
    /** Regions the sender may load; kept because a resumed load has no sender to ask. */
    scopeRegions: integer('scope_regions').array().notNull().default([]),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull().default(0),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    receivedAt: at('received_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    index('dataset_load_received').on(t.dataset, t.receivedAt),
    uniqueIndex('dataset_load_content').on(t.dataset, t.contentHash).where(sql`status <> 'failed'`),
  ],
);

/** Stretches of business time whose observations must be computed again; taken and removed by the compute job. */
export const computeQueue = pgTable(
  'compute_queue',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    dataset: text('dataset').notNull(),
    windowStart: at('window_start').notNull(),
    windowEnd: at('window_end').notNull(),
    loadId: text('load_id'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [index('compute_queue_dataset').on(t.dataset, t.windowStart)],
);

/**
 * Runs whose appended observations others may depend on: written before the run appends, removed once what is derived
 * from them was. A run killed in between stays here and is looked at again.
 */
export const deriveQueue = pgTable('derive_queue', {
  runId: text('run_id').primaryKey(),
  createdAt: at('created_at').notNull(),
});

export const jobRun = pgTable(
  'job_run',
  {
    id: text('id').primaryKey(),
    job: text('job').notNull(),
    /** running | success | failed | skipped | interrupted */
    outcome: text('outcome').notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    rowsRead: bigint('rows_read', { mode: 'number' }).notNull().default(0),
    rowsWritten: bigint('rows_written', { mode: 'number' }).notNull().default(0),
    error: text('error'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('job_run_started').on(t.job, t.startedAt)],
);

/** One row: counts the appends of observations. ETags and snapshots are of a data version. */
export const dataVersion = pgTable('data_version', {
  id: integer('id').primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull(),
  updatedAt: at('updated_at').notNull(),
});

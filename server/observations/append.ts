import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Stores } from '@/server/context';
import type { Transaction } from '@/server/db/client';
import { dataVersion } from '@/server/db/schema/ingest';
import { FACT_COLUMNS, KEY_LIST } from '@/server/observations/columns';
import {
  type CompleteWindow,
  type WindowCondition,
  windowConditions,
} from '@/server/observations/complete-window';
import { announceAppend } from '@/server/observations/derive-queue';

export interface AppendOptions {
  /** Partition of `observation_stage` that holds the freshly computed cells; dropped at the end. */
  stageId: string;
  runId: string;
  /** When the appended values became known; default now. */
  vintageMs?: number;
  /**
   * The stretches of time this run computed completely, per metric and frequency: a current cell in them that the
   * stage lacks is appended as `missing`, because its rows were withdrawn.
   */
  complete?: readonly CompleteWindow[];
}

export interface AppendResult {
  staged: number;
  appended: number;
  withdrawn: number;
  version: number;
}

const count = z.object({ n: z.coerce.number() });

/**
 * Compares the stage with the newest vintages and appends only the differences. Running it twice, or again after a
 * kill at any point, appends nothing twice: what was appended no longer differs.
 *
 * A run appends in hundreds of parts. What a part appends is gathered in a stage of its own first, so that counting it
 * costs what it holds, whatever the run or the table has appended before.
 */
export async function appendFromStage(stores: Stores, options: AppendOptions): Promise<AppendResult> {
  const { stageId, runId } = options;
  const vintageMs = options.vintageMs ?? stores.clock.nowMs();
  const staged = await summaryOf(stores, stageId);
  await announceAppend(stores, runId);
  const windows = windowConditions(options.complete ?? []);
  // A first computation has nothing to compare with and nothing to withdraw: all of the stage is new.
  const fresh = staged.rows > 0 && !(await hasCurrent(stores, staged, windows));
  // A name of its own each time: what a killed try has left would be appended too. Housekeeping removes that.
  const source = fresh ? stageId : `${stageId}-${randomUUID().slice(0, 8)}`;
  const compared = staged.rows > 0 && !fresh;
  const differences = compared
    ? await stageDifferences(stores, { stage: stageId, out: source }, staged)
    : staged;
  const withdraws = !fresh && windows.length > 0;
  if (withdraws) await stageWithdrawn(stores, { stage: stageId, out: source }, windows);
  const { rows, metrics, regions } = withdraws ? await summaryOf(stores, source) : differences;
  if (rows > 0)
    await stores.warehouse.jobs.command({
      name: 'observations_append',
      sql: `INSERT INTO observation (${KEY_LIST}, vintage, ${FACT_COLUMNS.join(', ')}, source, run_id)
        SELECT ${KEY_LIST}, fromUnixTimestamp64Milli({vintage_ms:Int64}, 'Asia/Shanghai'),
          ${FACT_COLUMNS.join(', ')}, source, {run:String}
        FROM observation_stage WHERE stage_id = {stage:String}`,
      params: { stage: source, run: runId, vintage_ms: vintageMs },
    });
  const version = rows > 0 ? await bumpDataVersion(stores) : await currentDataVersion(stores);
  if (rows > 0) stores.bus.emit('observations', { version, metrics, regions });
  await dropStages(stores, [...new Set([stageId, source])]);
  return {
    staged: staged.rows,
    appended: differences.rows,
    withdrawn: rows - differences.rows,
    version,
  };
}

/** Cells of the stage that are new or whose facts are others than those of their newest vintage. */
async function stageDifferences(
  stores: Stores,
  stages: { stage: string; out: string },
  { bounds }: StageSummary,
): Promise<StageSummary> {
  await stores.warehouse.jobs.command({
    name: 'observations_differences',
    sql: `INSERT INTO observation_stage (stage_id, ${KEY_LIST}, ${FACT_COLUMNS.join(', ')}, source)
      SELECT {out:String}, ${KEY_LIST}, ${FACT_COLUMNS.join(', ')}, source
      FROM observation_stage AS s LEFT JOIN (${currentFacts()}) AS c USING (${KEY_LIST})
      WHERE s.stage_id = {stage:String} AND (NOT c.known OR c.facts != ${factTuple('s.')})`,
    params: { ...stages, ...bounds },
  });
  return summaryOf(stores, stages.out);
}

/** Current cells of the windows that the stage lacks. Windows may overlap: a cell is withdrawn once. */
async function stageWithdrawn(
  stores: Stores,
  stages: { stage: string; out: string },
  windows: readonly WindowCondition[],
): Promise<void> {
  await stores.warehouse.jobs.command({
    name: 'observations_withdrawn',
    sql: `INSERT INTO observation_stage (stage_id, ${KEY_LIST}, value, sample_count, status, flags, definition_version, source)
        SELECT DISTINCT {out:String}, ${KEY_LIST}, NULL, 0, 'missing', [], version, newest_source
        FROM (${windows.map(absentCells).join(' UNION ALL ')})`,
    params: Object.assign({ ...stages }, ...windows.map(({ params }) => params)),
  });
}

/** Cells of the windows whose newest vintage has a value, or is known to be of nothing, and that the stage lacks. */
function absentCells({ series, stretch, source }: WindowCondition): string {
  return `SELECT ${KEY_LIST}, version, newest_source
        FROM (
          SELECT ${KEY_LIST}, argMax(status, (vintage, recorded_at)) AS newest_status, argMax(has(flags, 'div0'), (vintage, recorded_at)) AS of_nothing, argMax(source, (vintage, recorded_at)) AS newest_source,
            argMax(definition_version, (vintage, recorded_at)) AS version
          FROM observation
          WHERE ${series} AND ${stretch}
            AND (${KEY_LIST}) NOT IN (SELECT ${KEY_LIST} FROM observation_stage WHERE stage_id = {stage:String} AND ${series})
          GROUP BY ${KEY_LIST}
        )
        WHERE (newest_status != 'missing' OR of_nothing)${source === null ? '' : ` AND newest_source = ${source}`}`;
}

/** Cells of the stage's series and stretch: what bounds a comparison with it. */
const IN_STAGE = `metric IN {staged_metrics:Array(String)} AND freq IN {staged_freqs:Array(String)} AND basis IN {staged_bases:Array(String)}
      AND period >= toDateTime64({staged_from:Int64}, 0, 'Asia/Shanghai') AND period <= toDateTime64({staged_to:Int64}, 0, 'Asia/Shanghai')`;

/** Whether there is anything that the stage replaces or, in a complete window, leaves out. */
async function hasCurrent(
  stores: Stores,
  { bounds }: StageSummary,
  windows: readonly WindowCondition[],
): Promise<boolean> {
  const left = windows.map(({ series, stretch, source }) =>
    [series, stretch, ...(source === null ? [] : [`source = ${source}`])].join(' AND '),
  );
  const rows = await stores.warehouse.jobs.rows({
    name: 'observations_current_any',
    sql: `SELECT 1 AS n FROM observation WHERE (${[IN_STAGE, ...left].join(') OR (')}) LIMIT 1`,
    params: Object.assign({ ...bounds }, ...windows.map(({ params }) => params)),
    row: count,
  });
  return rows.length > 0;
}

/** Newest facts of the cells that the stage may hold. */
function currentFacts(): string {
  return `SELECT ${KEY_LIST}, true AS known, argMax(${factTuple('')}, (vintage, recorded_at)) AS facts
    FROM observation
    WHERE ${IN_STAGE}
    GROUP BY ${KEY_LIST}`;
}

/** NULL is a member of its own, so that "no value" equals "no value". */
function factTuple(prefix: string): string {
  const parts = FACT_COLUMNS.flatMap((column) => {
    const name = `${prefix}${column}`;
    if (column === 'flags') return [`arraySort(${name})`];
    if (column === 'value' || column === 'numerator' || column === 'denominator')
      return [`isNull(${name})`, `ifNull(${name}, toDecimal128(0, 10))`];
    return [name];
  });
  return `tuple(${parts.join(', ')})`;
}

interface StageSummary {
  rows: number;
  metrics: string[];
  regions: number[];
  /** Parameters of `IN_STAGE`. */
  bounds: Readonly<Record<string, string[] | number>>;
}

const summary = z.object({
  rows: z.coerce.number(),
  metrics: z.array(z.string()),
  regions: z.array(z.coerce.number()),
  freqs: z.array(z.string()),
  bases: z.array(z.string()),
  from_s: z.coerce.number(),
  to_s: z.coerce.number(),
});

async function summaryOf(stores: Stores, stageId: string): Promise<StageSummary> {
  const [row] = await stores.warehouse.jobs.rows({
    name: 'observation_stage_summary',
    sql: `SELECT count() AS rows, arraySort(groupUniqArray(metric)) AS metrics, arraySort(groupUniqArray(region)) AS regions,
        groupUniqArray(freq) AS freqs, groupUniqArray(basis) AS bases, toUnixTimestamp64Second(min(period)) AS from_s,
        toUnixTimestamp64Second(max(period)) AS to_s
      FROM observation_stage WHERE stage_id = {stage:String}`,
    params: { stage: stageId },
    row: summary,
  });
  if (!row) throw new Error('an aggregate without a row');
  const { rows, metrics, regions } = row;
  const bounds = {
    staged_metrics: metrics,
    staged_freqs: row.freqs,
    staged_bases: row.bases,
    staged_from: row.from_s,
    staged_to: row.to_s,
  };
  return { rows, metrics, regions, bounds };
}

export async function dropStages(stores: Stores, stageIds: readonly string[]): Promise<void> {
  const wrong = stageIds.find((id) => !/^[A-Za-z0-9_-]+$/.test(id));
  if (wrong !== undefined) throw new Error(`stage id "${wrong}"`);
  if (stageIds.length === 0) return;
  await stores.warehouse.jobs.command({
    name: 'observation_stage_drop',
    sql: `ALTER TABLE observation_stage ${stageIds.map((id) => `DROP PARTITION '${id}'`).join(', ')}`,
  });
}

/** Pass a transaction where what changed is of PostgreSQL, so that neither is seen without the other. */
export async function bumpDataVersion(
  stores: Pick<Stores, 'clock'> & { db: Stores['db'] | Transaction },
): Promise<number> {
  const [row] = await stores.db
    .update(dataVersion)
    .set({ version: sql`${dataVersion.version} + 1`, updatedAt: new Date(stores.clock.nowMs()) })
    .returning({ version: dataVersion.version });
  return row?.version ?? 0;
}

/** Counts whatever changes an answer, appends of observations first of all: two equal versions mean equal answers. */
export async function currentDataVersion(stores: Pick<Stores, 'db'>): Promise<number> {
  const [row] = await stores.db.select({ version: dataVersion.version }).from(dataVersion);
  return row?.version ?? 0;
}

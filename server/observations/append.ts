import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Stores } from '@/server/context';
import type { Transaction } from '@/server/db/client';
import { dataVersion } from '@/server/db/schema/ingest';
import { FACT_COLUMNS, KEY_LIST } from '@/server/observations/columns';
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

export interface CompleteWindow {
  metric: string;
  freq: string;
  /** Only this basis; absent: every basis. */
  basis?: string;
  /** Only cells of the whole; absent: slices too. */
  unsliced?: boolean;
  /** Only cells whose newest vintage has this source, so that published ones are left alone; absent: every source. */
  source?: string;
  fromMs: number;
  toMs: number;
}

export interface AppendResult {
  staged: number;
  appended: number;
  withdrawn: number;
  version: number;
}

const count = z.object({ n: z.coerce.number() });
const words = z.array(z.string());
const touchedRow = z.object({ metrics: words, regions: z.array(z.coerce.number()) });
const summary = touchedRow.extend({
  n: z.coerce.number(),
  freqs: words,
  bases: words,
  from_s: z.coerce.number(),
  to_s: z.coerce.number(),
});

/**
 * Compares the stage with the newest vintages and appends only the differences. Running it twice, or again after a
 * kill at any point, appends nothing twice: what was appended no longer differs.
 */
export async function appendFromStage(stores: Stores, options: AppendOptions): Promise<AppendResult> {
  const { warehouse, clock } = stores;
  const lane = warehouse.jobs;
  const vintageMs = options.vintageMs ?? clock.nowMs();
  const staged = await stageSummary(stores, options.stageId);
  const params = { stage: options.stageId, run: options.runId, vintage_ms: vintageMs, ...staged.bounds };
  // A first computation has nothing to compare with and nothing to withdraw: what is staged is what is appended.
  const fresh = staged.rows > 0 && !(await hasCurrent(stores, staged));
  const before = fresh ? 0 : await countOfRun(stores, options.runId);
  await announceAppend(stores, options.runId);
  if (staged.rows > 0) {
    await lane.command({
      name: 'observations_append_differences',
      sql: `INSERT INTO observation (${KEY_LIST}, vintage, ${FACT_COLUMNS.join(', ')}, source, run_id)
        SELECT ${KEY_LIST}, fromUnixTimestamp64Milli({vintage_ms:Int64}, 'Asia/Shanghai'),
          ${FACT_COLUMNS.join(', ')}, source, {run:String}
        FROM observation_stage AS s
        ${fresh ? '' : `LEFT JOIN (${currentFacts()}) AS c USING (${KEY_LIST})`}
        WHERE s.stage_id = {stage:String}${fresh ? '' : ` AND (NOT c.known OR c.facts != ${factTuple('s.')})`}`,
      params,
    });
  }
  const afterValues = fresh ? staged.rows : await countOfRun(stores, options.runId);
  for (const group of fresh ? [] : byStretch(options.complete ?? []))
    await appendWithdrawn(stores, params, group);
  const after = fresh ? staged.rows : await countOfRun(stores, options.runId);
  const touched = fresh ? staged.touched : await touchedBy(stores, options.runId);
  await dropStage(stores, options.stageId);
  const version = after > before ? await bumpDataVersion(stores) : await currentDataVersion(stores);
  if (after > before) stores.bus.emit('observations', { version, ...touched });
  return { staged: staged.rows, appended: afterValues - before, withdrawn: after - afterValues, version };
}

/** Windows of one stretch and source share a query. */
function byStretch(windows: readonly CompleteWindow[]): CompleteWindow[][] {
  const groups = new Map<string, CompleteWindow[]>();
  for (const window of windows) {
    const key = `${window.fromMs} ${window.toMs} ${window.source ?? ''} ${window.basis === undefined} ${window.unsliced === true}`;
    groups.set(key, [...(groups.get(key) ?? []), window]);
  }
  return [...groups.values()];
}

async function appendWithdrawn(
  stores: Stores,
  params: Readonly<Record<string, string | number>>,
  windows: readonly CompleteWindow[],
): Promise<void> {
  const [first] = windows;
  if (!first) return;
  const series =
    first.basis === undefined ? "concat(metric, ' ', freq)" : "concat(metric, ' ', freq, ' ', basis)";
  const bases = windows.flatMap(({ basis }) => (basis === undefined ? [] : [basis]));
  const inSeries = `metric IN {metrics:Array(String)} AND freq IN {freqs:Array(String)}${bases.length > 0 ? ' AND basis IN {bases:Array(String)}' : ''} AND ${series} IN {series:Array(String)}${first.unsliced ? " AND slice = ''" : ''}`;
  await stores.warehouse.jobs.command({
    name: 'observations_append_withdrawn',
    sql: `INSERT INTO observation (${KEY_LIST}, vintage, value, sample_count, status, flags, definition_version, source, run_id)
        SELECT ${KEY_LIST}, fromUnixTimestamp64Milli({vintage_ms:Int64}, 'Asia/Shanghai'), NULL, 0, 'missing', [], version, newest_source, {run:String}
        FROM (
          SELECT ${KEY_LIST}, argMax(status, (vintage, recorded_at)) AS newest_status, argMax(source, (vintage, recorded_at)) AS newest_source,
            argMax(definition_version, (vintage, recorded_at)) AS version
          FROM observation
          WHERE ${inSeries}
            AND period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai') AND period < toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai')
            AND (${KEY_LIST}) NOT IN (SELECT ${KEY_LIST} FROM observation_stage WHERE stage_id = {stage:String} AND ${inSeries})
          GROUP BY ${KEY_LIST}
        ) AS o
        WHERE newest_status != 'missing'${first.source === undefined ? '' : ' AND newest_source = {source:String}'}`,
    params: {
      ...params,
      metrics: [...new Set(windows.map(({ metric }) => metric))],
      freqs: [...new Set(windows.map(({ freq }) => freq))],
      ...(bases.length > 0 ? { bases: [...new Set(bases)] } : {}),
      series: windows.map(({ metric, freq, basis }) =>
        [metric, freq, ...(basis === undefined ? [] : [basis])].join(' '),
      ),
      from_s: Math.floor(first.fromMs / 1000),
      to_s: Math.ceil(first.toMs / 1000),
      ...(first.source === undefined ? {} : { source: first.source }),
    },
  });
}

/** Cells of the stage's series and stretch: what bounds a comparison with it. */
const IN_STAGE = `metric IN {staged_metrics:Array(String)} AND freq IN {staged_freqs:Array(String)} AND basis IN {staged_bases:Array(String)}
      AND period >= toDateTime64({staged_from:Int64}, 0, 'Asia/Shanghai') AND period <= toDateTime64({staged_to:Int64}, 0, 'Asia/Shanghai')`;

async function hasCurrent(stores: Stores, { bounds }: StageSummary): Promise<boolean> {
  const rows = await stores.warehouse.jobs.rows({
    name: 'observations_current_any',
    sql: `SELECT 1 AS n FROM observation WHERE ${IN_STAGE} LIMIT 1`,
    params: bounds,
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
  touched: { metrics: string[]; regions: number[] };
  bounds: Readonly<Record<string, string[] | number>>;
}

async function stageSummary(stores: Stores, stageId: string): Promise<StageSummary> {
  const [row] = await stores.warehouse.jobs.rows({
    name: 'observation_stage_summary',
    sql: `SELECT count() AS n, arraySort(groupUniqArray(metric)) AS metrics, arraySort(groupUniqArray(region)) AS regions,
        groupUniqArray(freq) AS freqs, groupUniqArray(basis) AS bases, toUnixTimestamp64Second(min(period)) AS from_s,
        toUnixTimestamp64Second(max(period)) AS to_s
      FROM observation_stage WHERE stage_id = {stage:String}`,
    params: { stage: stageId },
    row: summary,
  });
  if (!row) throw new Error('an aggregate without a row');
  return {
    rows: row.n,
    touched: { metrics: row.metrics, regions: row.regions },
    bounds: {
      staged_metrics: row.metrics,
      staged_freqs: row.freqs,
      staged_bases: row.bases,
      staged_from: row.from_s,
      staged_to: row.to_s,
    },
  };
}

async function countOfRun(stores: Stores, runId: string): Promise<number> {
  const [row] = await stores.warehouse.jobs.rows({
    name: 'observations_of_run',
    sql: 'SELECT count() AS n FROM observation WHERE run_id = {run:String}',
    params: { run: runId },
    row: count,
  });
  return row?.n ?? 0;
}

async function touchedBy(stores: Stores, runId: string): Promise<{ metrics: string[]; regions: number[] }> {
  const [row] = await stores.warehouse.jobs.rows({
    name: 'observations_touched',
    sql: `SELECT arraySort(groupUniqArray(metric)) AS metrics, arraySort(groupUniqArray(region)) AS regions
      FROM observation WHERE run_id = {run:String}`,
    params: { run: runId },
    row: touchedRow,
  });
  return row ?? { metrics: [], regions: [] };
}

export async function dropStage(stores: Stores, stageId: string): Promise<void> {
  if (!/^[A-Za-z0-9_-]+$/.test(stageId)) throw new Error(`stage id "${stageId}"`);
  await stores.warehouse.jobs.command({
    name: 'observation_stage_drop',
    sql: `ALTER TABLE observation_stage DROP PARTITION '${stageId}'`,
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
